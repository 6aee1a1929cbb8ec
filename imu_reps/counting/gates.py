"""What a leg does that is no rep: steps, shuffling, a strap being put on."""

from __future__ import annotations

import numpy as np

from imu_reps.counting.excursion import Bools
from imu_reps.counting.limits import SETTLED_S
from imu_reps.counting.track import Track
from imu_reps.motion.lever import unexplained_part
from imu_reps.motion.upright import STEPS_MS2

SHAKEN_MS2 = 1.9
"""Of `shake_ms2`, at rest and on average over a rep that takes longer than a stride: less than a
walking shank's (2.5), more than that of a free ankle in a sway of 1.3 degrees up to 2 Hz (1.7). A
walking thigh's (1.5-1.9) is as much; its steps are too quick for reps.
"""

STRIDES_S = 1.7
"""What is above 30 % of its way for less may be a stride: half of a walk's shaking is too much.
A stroller's takes 1.1 s so; a leg that swings by 80 degrees in a rep of 3 s takes 1.8 s, and is
shaken as much by its own turning.
"""

TURNING_PART = 0.08
"""Of the excursion, RMS over `STILL_S`: who turns round in a rep of 1.8 s without a hold (minimum
jerk) stays below it for a moment, who walks at a step a second does not (0.14)."""

SWING_PART = 1 / 3
"""Of the excursion, the same on average over an attempt, or over the pause before it: a swing that
is out of the poses, where they are means, and as large as what is left in them. A sine that goes as
far to and fro is at 0.35, and a walk above: without its swing it looks like one long stay. The
strokes of a rep stay below it.
"""

STILL_PART = 0.02
"""Of the excursion: this is a pause, and who pauses may set the leg down hard beside it."""

PAUSE_PART, UNEXPLAINED_PART = 0.04, 0.3
"""Half of what somebody turns who only turns round, and the part of the lift (RMS) that no fixed
axis explains: who pauses so trains if it is less, as a large quick rep shakes its own strap. Of
quick reps of real legs at the ankle it is 0.15 to 0.45 (UCI, and played in three quarters of the
time), of one walking shank's windows in fifty below 0.4 (NC State).
"""

SWAYING_DEG = 1.5
"""RMS over `STILL_S` of somebody who stands on one leg (domain: 1-5 degrees, 0.3-2 Hz), and more
than that of the means where poses are means.
"""

BEFORE_S = 1.0
"""The pause before an attempt counts as its own."""


def sway_deg(track: Track, left: int) -> float:
    """The sway (RMS) in the poses just before row `left`, in its quietest moment."""
    before = track.row_at(track.at_s(left) - BEFORE_S)
    return float(track.spread_deg(before, left + 1).min())


def quiet_deg(size_deg: float) -> float:
    """How far (RMS over `STILL_S`) a leg that trains by `size_deg` moves while it is still."""
    return max(TURNING_PART * size_deg, SWAYING_DEG)


def is_calm(track: Track, left: int, row: int, size_deg: float) -> bool:
    """Whether rows `left` to `row` look like a leg that trains by `size_deg` and does not walk."""
    before = track.row_at(track.at_s(left) - BEFORE_S)
    lasts_s = track.at_s(row) - track.at_s(left)
    most_ms2 = STEPS_MS2 if lasts_s < STRIDES_S else SHAKEN_MS2
    if float(track.shake_ms2(left, row + 1).mean()) > most_ms2:
        pause_part = float(track.felt_deg(before, row + 1).min()) / size_deg
        return pause_part < STILL_PART or (
            pause_part < PAUSE_PART and _unexplained_part(track, left, row) < UNEXPLAINED_PART
        )
    still_deg = float(track.spread_deg(before, row + 1).min())
    return still_deg < quiet_deg(size_deg) and not any(
        float(track.felt_deg(*rows).mean()) > SWING_PART * size_deg
        for rows in ((before, left + 1), (left, row + 1))
    )


def _unexplained_part(track: Track, left: int, row: int) -> float:
    """Which part of the lift in rows `left` to `row` is not the segment's own turning: too much of
    it where poses are means, as the lift is none.
    """
    if row == left:
        return 1.0
    step_s = (track.at_s(row) - track.at_s(left)) / (row - left)
    return unexplained_part(track.up(left, row + 1), track.lift_ms2(left, row + 1), step_s)


def has_settled(
    track: Track, row: int, end: int, moved: int, still_deg: float
) -> tuple[int, Bools]:
    """The last row before `end` in which a segment moves that last moved in row `moved`, and at
    which rows (n,), from `row` on, it has been still for longer than anybody hesitates.
    """
    rows = np.arange(row, end)
    moves = track.spread_deg(row, end) >= still_deg
    last = np.maximum.accumulate(np.where(moves, rows, moved))
    since_s = track.time_s(int(last[0]), end)[last - int(last[0])]
    settled: Bools = track.time_s(row, end) - since_s > SETTLED_S
    return int(last[-1]), settled


def still(track: Track, begin: int, end: int, size_deg: float) -> Bools:
    """At which rows (n,), from `begin` to before `end`, a limb is still, sway aside."""
    felt_deg = track.felt_deg(begin, end)
    unshaken = track.shake_ms2(begin, end) < SHAKEN_MS2
    rests: Bools = (felt_deg < quiet_deg(size_deg)) & unshaken | (felt_deg < STILL_PART * size_deg)
    return rests


def is_still(track: Track, begin: int, end: int, size_deg: float) -> bool:
    """Whether there was a moment of stillness from row `begin` to before `end`, sway aside."""
    return bool(still(track, begin, end, size_deg).any())
