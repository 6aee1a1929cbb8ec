"""When is going to and fro a set? The one place that decides, and that knows its rest pose.

What is gone to and fro is read from its beginning (`reading.py`); it is a set when enough reps of
it are regular, calm, clear of the sway, and of a size that the mount may see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from imu_reps.core.events import Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount, Sight
from imu_reps.counting.earlier import Courses, Since
from imu_reps.counting.excursion import Plane
from imu_reps.counting.ground import Ground, Pattern, Span
from imu_reps.counting.limits import (
    ASIDE_DEG,
    ASIDE_PART,
    BREAK_S,
    BRISK_S,
    CLEAR_DEG,
    FULL_PART,
    LOOK_BACK_S,
    REST_S,
    TURN_PART,
)
from imu_reps.counting.mount_check import (
    SEEN_DEG,
    SWAY_TIMES,
    too_brisk,
    too_large,
    too_quick,
    unclear,
)
from imu_reps.counting.posture import Posture
from imu_reps.counting.reading import HOLD_SPREAD, USUAL_WEIGHT, Reading, read
from imu_reps.counting.search import Way
from imu_reps.counting.stays import Stay, rests, stays
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.vectors import between_deg, median

FEW, MANY, PLENTY = 2, 3, 5
"""So many reps make a set: the fewer the less doubt there is."""

QUICKEST_S = 1.75
"""From rep to rep: 0.6 of what the quickest real legs take that were told to go fast, without a
hold (UCI: 2.9 s). Slow strides are as even as reps, and as calm, but quicker.
"""

QUICK_PART = 0.425
"""Of the time that a rep of the movement takes as a rule, from rep to rep, and that its strokes do
without a hold: seven tenths of 0.6, which is the quickest tempo that is usual. Bridges to failure
go by a metronome of two seconds. Who bends forwards to sit down and to stand up is back sooner.
"""

FEW_STAYS = 2 * FEW + 1
"""So many stays have the fewest reps between them. Where a set goes on there are not even these."""

SURE_WEIGHT = 8.5
"""Two reps that are as alike as reps get; people who sit down twice are not."""

LIKELY_WEIGHT = 7.5
"""Natural logarithm: a set is a thousand times likelier than as much coming and going by chance."""

UNUSUAL_WEIGHT = 15.0
"""A million times likelier: the table of mounts is wrong of her then."""

LEAD_WEIGHT = 2.3
"""Ten times likelier than from the other end: until then a set is in doubt, but for `PLENTY` reps.
Who settles and begins seems to have begun from there until a hold or a pause is longer or shorter.
"""

WAIT_S = 8.0
"""So long more reps are waited for where a set may as well have begun from its far end."""

BEGUN_WEIGHT, READY_S = 3.0, 5.0
"""Twenty times likelier the data begin at rest than at the far end, where they begin so shortly
before the first stroke: who starts to record there is in position. Who waits for longer, may have
been anywhere.
"""

LIMIT_TIMES, SPREAD_TIMES = 1.5, 1.4
"""Of what the mount is known to see: beyond the first it is another movement, who sits or lies
down. Within the second (the range of people's ranges) `FEW` or `MANY` reps make a set, below it
`PLENTY`, or `MANY` that are clear: the table of mounts may be wrong of somebody, but sway and
shuffling are more usual.
"""

LEAST_TIMES = 3.0
"""A third of what the mount is known to see: people's ranges and fatigue, 40 % each, leave more."""


class Opening:
    """What the movement and the mount let pass for a set."""

    def __init__(self, movement: Movement, mount: Mount) -> None:
        view = movement.view(mount)
        known = view.sight is not Sight.UNKNOWN
        self._movement, self._mount = movement, mount
        self._posture = Posture(view, mount)
        self._tempo = movement.tempo if known else None
        self._quick_s = QUICKEST_S
        self._quick_strokes_s = 0.0
        self._limit_deg = LIMIT_TIMES * view.high_deg
        self._most_deg = max(self._limit_deg, view.most_deg)
        self._least_deg = view.least_deg / LEAST_TIMES
        self._usual_deg = (0.0, np.inf)
        if known:
            self._quick_s = max(QUICKEST_S, QUICK_PART * movement.tempo.total_s)
            self._quick_strokes_s = QUICK_PART * (movement.tempo.out_s + movement.tempo.back_s)
            self._usual_deg = (view.least_deg / SPREAD_TIMES, SPREAD_TIMES * view.high_deg)

    def see(self, poses: Poses) -> None:
        """Remember how the segment lies when its wearer walks."""
        self._posture.update(poses)

    def look(self, track: Track, way: Way, since: Since, courses: Courses) -> Pattern | Warn | None:
        """The set that has begun on this way, or why such a one is not counted.

        What goes against one of the known `courses` has its ends swapped.
        """
        size_deg = between_deg(way.ends[0], way.ends[1])
        plane = Plane(way.ends[0]).towards(way.ends[1])
        start = _start(track, way, plane, size_deg, since.row)
        time_s = track.time_s(start, way.known + 1)
        gone = plane.excursion_deg(track.up(start, way.known + 1)) / size_deg
        chain = stays(time_s, gone, FEW_STAYS)
        if not chain:
            return None
        known, usual = courses.rests(plane)
        ground = Ground(track, way.ends, start, known)
        moving = start == 0 and _begins_moving(time_s, gone, chain)
        lead = self._posture.lead(way.ends, track.at_s(way.first))
        if usual is not None:
            lead += USUAL_WEIGHT if usual == 0 else -USUAL_WEIGHT
        if start == 0 and not moving and _begins_ready(chain):
            lead += BEGUN_WEIGHT if chain[0].place == 0 else -BEGUN_WEIGHT
        settled = start > 0 or chain[0].lasts_s >= READY_S
        reading = read(chain, self._tempo, ground, moving=moving, settled=settled, lead=lead)
        # Long stays go against a set here alone: few reps after short ones stay as sure as ever.
        if reading is None or reading.weight + reading.brevity < LIKELY_WEIGHT:
            return None
        # Who tires goes less and less far: the way is that of the latest strokes.
        size_deg *= reading.size
        # The data may begin at the far end of a rep.
        first = -1 if moving and reading.first == 1 else reading.first
        if not self._is_quick(reading):
            first = _after_steps(chain, first, self._quick_s)
        reps = _reps(chain, first, start, since.hiding(reading.strokes_s))
        trained_deg = courses.range_deg(plane, chain[reading.first % 2].place)
        part = None if trained_deg is None else size_deg / trained_deg
        if len(reps) < self._enough(reps, size_deg, reading, part) or (
            # Walks may mislead: who goes to and fro often enough trains, even so.
            len(reps) < PLENTY
            and trained_deg is None
            and self._posture.may_sit(way.ends, track.at_s(way.first))
        ):
            return None
        refused = self._refused(size_deg, ground.sway_deg(rests(chain, first)), reading)
        if refused is not None:
            return refused
        found = ground.pattern(chain, first, reps)
        doubt_s = 0.0 if len(reps) >= PLENTY else _doubt_s(reading.lead, part)
        return replace(found, strokes_s=reading.strokes_s, doubt_s=doubt_s)

    def _is_quick(self, reading: Reading) -> bool:
        """Whether it goes more quickly than anybody trains, as steps do."""
        return reading.period_s < self._quick_s or reading.strokes_s < self._quick_strokes_s

    def _refused(self, size_deg: float, swaying_deg: float, reading: Reading) -> Warn | None:
        """Why reps of such a size, in such a sway and as quick as these are not counted."""
        if size_deg > self._most_deg:
            return too_large(self._movement, self._mount, size_deg)
        if size_deg < max(SEEN_DEG, SWAY_TIMES * swaying_deg, self._least_deg):
            return unclear(self._movement, self._mount, size_deg)
        if reading.period_s < self._quick_s:
            return too_quick(self._movement, reading.period_s, self._quick_s)
        if reading.strokes_s < self._quick_strokes_s:
            return too_brisk(self._movement, reading.strokes_s, self._quick_strokes_s)
        return None

    def _enough(
        self, reps: list[Span], size_deg: float, reading: Reading, part: float | None
    ) -> int:
        """How many of these reps make a set, where they go such a part of how far the last ones
        that were done this way did: what those showed needs no more proof.
        """
        brisk = any(rep.lasts_s < BRISK_S for rep in reps)
        small = size_deg < CLEAR_DEG
        alike = part is not None and FULL_PART <= part <= 1.0 / FULL_PART
        if (brisk and small) or self._is_quick(reading):
            return PLENTY
        if size_deg > self._limit_deg and not alike:
            return PLENTY
        if size_deg < self._usual_deg[0] and not alike:
            return MANY if reading.weight > UNUSUAL_WEIGHT and not small else PLENTY
        usual = size_deg < self._usual_deg[1] and reading.weight > SURE_WEIGHT
        is_named = self._usual_deg[1] < np.inf
        return FEW if is_named and (alike or usual) and not brisk and not small else MANY


def _doubt_s(lead: float, part: float | None) -> float:
    """How long more reps are waited for: where a set may as well have begun from its far end, and
    where they go such a part of how far the last ones did that they may be partial attempts.
    """
    if part is not None and part < FULL_PART:
        return BREAK_S
    return 0.0 if lead >= LEAD_WEIGHT else WAIT_S


def _start(track: Track, way: Way, plane: Plane, size_deg: float, since: int) -> int:
    """The row after the last one before the way's first turn at which one was elsewhere."""
    start = max(since, track.row_at(track.at_s(way.known) - LOOK_BACK_S))
    if start > way.first:
        return start
    slack_deg = max(ASIDE_PART * size_deg, ASIDE_DEG)
    outside = ~plane.holds(track.up(start, way.first + 1), size_deg, slack_deg)
    return start + (int(np.flatnonzero(outside)[-1]) + 1 if outside.any() else 0)


def _after_steps(chain: Sequence[Stay], first: int, quick_s: float) -> int:
    """The stay from which a set that seems to begin from stay `first` goes as slowly as a set does:
    what was gone too quickly before, twice in a row, were steps.
    """
    at_rest = rests(chain, first)
    left_s = [rest.end_s for rest in at_rest[:-1]]
    quick = [i for i in range(2, len(left_s)) if left_s[i] - left_s[i - 2] < 2 * quick_s]
    if not quick:
        return first
    begins = quick[-1]
    # After the last step one stands for longer.
    if at_rest[begins + 1].begin_s - left_s[begins] < quick_s:
        begins += 1
    return (first if first >= 0 else 1) + 2 * begins


def _reps(chain: Sequence[Stay], first: int, start: int, breaks: Sequence[int]) -> list[Span]:
    """The whole reps of a chain from stay `first` on, without those that lack data."""
    found = [
        Span(start + rest.end - 1, start + again.begin, again.begin_s - rest.end_s)
        for rest, again in pairwise(rests(chain, first))
    ]
    return [rep for rep in found if not any(rep.left < row <= rep.row for row in breaks)]


def _begins_ready(chain: Sequence[Stay]) -> bool:
    """Whether the data begin with a short stay that is not only the end of one.

    Who begins to record in a hold, or in a pause, stays there for less than for the others.
    """
    lasts_s, others_s = chain[0].lasts_s, [stay.lasts_s for stay in chain[2:-1:2]]
    return chain[0].begin == 0 and median(others_s) < lasts_s < READY_S


def _begins_moving(time_s: Floats, gone: Floats, chain: Sequence[Stay]) -> bool:
    """Whether the data begin in a movement, by the parts of the way that poses (n,) have gone.

    Who comes to a stay from elsewhere, not in a rep, gets into position there, and stays longer.
    """
    soon = min(int(time_s.searchsorted(time_s[0] + REST_S)), len(gone) - 1)
    usual_s = median([stay.lasts_s for stay in chain[2:-1:2]])
    is_usual = chain[0].lasts_s < math.exp(HOLD_SPREAD) * usual_s
    return is_usual and abs(float(gone[soon] - gone[0])) > TURN_PART
