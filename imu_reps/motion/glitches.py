"""Single samples that no limb could have made: a number damaged on its way, a lost point.

A gyro's turns are added up, so one wrong sample is an angle that stays for seconds. What gives it
away is gravity: it is felt before and after, and where the limb has turned it shows. And no sensor
goes to its range's end and back within two samples because somebody trains.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.samples import KICK_DPS, Floats, Samples
from imu_reps.motion.vectors import length, lengths, rotation

TURN_RAD = math.radians(3.0)
"""From one sample to the next, and back: less is soon mended by gravity, and no rep is so small."""

KNOCK_MS2 = 160.0
"""The same of an acceleration: the usual range (16 g). A heel that hits the floor stays below."""

SURE_RADS, SURE_MS2 = math.radians(KICK_DPS), 2.0 * KNOCK_MS2
"""From one sample to the next, and back: no kick, and so far it is from one end of the usual range
to the other. What is less may be a heel on the floor, which a sensor sees as one sample; it is
bridged, and not told.
"""

AGREE_PART = 0.5
"""Of that: so near each other are the samples before and after it."""

CLOSE_PART = 0.99
"""Of a limit: from here on it is looked at closely, so that no rounding decides."""

LONGEST_S = 0.3
"""Between two samples: in a longer time a limb may begin to turn anyhow."""


class Glitches(NamedTuple):
    """The rows of the glitches among some samples; of those that cannot be anything else, how many
    samples before them are none; and whether the last sample may turn out to be one, too.
    """

    rows: list[int]
    sure_after: list[int]
    is_open: bool


def columns(samples: Samples, before: Floats | None = None) -> Floats:
    """Time, acceleration and turning rate, if any: columns (7, n) or (4, n), each in one piece,
    after those (k, m) of the samples `before` them. Raises `BadInput` if only some have a gyro.
    """
    gyr_rads = samples.gyr_rads
    first = 0 if before is None else before.shape[1]
    known = np.empty((4 if gyr_rads is None else 7, first + len(samples)))
    if before is not None:
        if len(before) != len(known):
            raise BadInput("samples with and without a gyro cannot be of one stream")
        known[:, :first] = before
    known[0, first:], known[1:4, first:] = samples.time_s, samples.acc_ms2.T
    if gyr_rads is not None:
        known[4:, first:] = gyr_rads.T
    return known


def without_glitches(samples: Samples) -> Samples:
    """The samples that a limb may have made."""
    rows = glitches(columns(samples)).rows if len(samples) else []
    if not rows:
        return samples
    kept = np.delete(np.arange(len(samples)), rows)
    gyr_rads = None if samples.gyr_rads is None else samples.gyr_rads[kept]
    return Samples(samples.time_s[kept], samples.acc_ms2[kept], gyr_rads)


def glitches(known: Floats) -> Glitches:
    """Those among samples, columns (k, n), the first of which is none.

    A column has time, acceleration and, where there is a gyro, turning rate.
    """
    steps = known[1:, 1:] - known[1:, :-1]
    most = np.abs(steps).max(axis=1, initial=0.0).tolist()
    lasts_s = float(known[0, -1] - known[0, 0])
    knock_ms2, turn_rad = CLOSE_PART * KNOCK_MS2, CLOSE_PART * TURN_RAD
    if math.hypot(*most[:3]) < knock_ms2 and math.hypot(*most[3:]) * lasts_s < turn_rad:
        return Glitches([], [], is_open=False)
    jumps = lengths(steps[:3].T) > knock_ms2
    if len(steps) > 3:
        jumps |= lengths(steps[3:].T) * (known[0, 1:] - known[0, :-1]) > turn_rad
    found, sure_after, before = list[int](), list[int](), 0
    for row in (np.flatnonzero(jumps) + 1).tolist():
        # After a glitch it is asked of the last sample that is none.
        before = before if row - 1 in found[-1:] else row - 1
        if row + 1 == known.shape[1]:
            is_open = _jumps(known[:, before], known[:, row])
            return Glitches(found, sure_after, is_open)
        some = known[:, before], known[:, row], known[:, row + 1]
        if _is_glitch(*some):
            sure_after += [row - len(found)] if _is_sure(*some) else []
            found.append(row)
    return Glitches(found, sure_after, is_open=False)


def _jumps(one: Floats, other: Floats) -> bool:
    """Whether two samples (k,) are farther from each other than a limb makes them."""
    lasts_s = float(other[0] - one[0])
    if lasts_s > LONGEST_S:
        return False
    turn_rad = math.dist(one[4:], other[4:]) * lasts_s
    return turn_rad > TURN_RAD or math.dist(one[1:4], other[1:4]) > KNOCK_MS2


def _is_glitch(before: Floats, this: Floats, after: Floats) -> bool:
    """Whether a sample (k,) stands out from those beside it, and gravity knows nothing of it."""
    if not (_jumps(before, this) and _jumps(this, after)):
        return False
    if _stands_out(before[1:4], this[1:4], after[1:4]) > KNOCK_MS2:
        return True
    if _stands_out(before[4:], this[4:], after[4:]) == 0.0:
        return False
    span_s, evenly = float(after[0] - before[0]), (before[4:] + after[4:]) / 2.0
    turned, more = evenly * span_s, (this[4:] - evenly) * (span_s / 2.0)
    off, told_off = (
        length(after[1:4] - before[1:4] @ rotation(turn)) for turn in (turned, turned + more)
    )
    return off < told_off


def _is_sure(before: Floats, this: Floats, after: Floats) -> bool:
    """Whether a sample (k,) stands out by more than any limb could make it."""
    knock_ms2 = _stands_out(before[1:4], this[1:4], after[1:4])
    return knock_ms2 > SURE_MS2 or _stands_out(before[4:], this[4:], after[4:]) > SURE_RADS


def _stands_out(before: Floats, this: Floats, after: Floats) -> float:
    """How far one of three vectors (3,) stands out, 0 where the others do not agree."""
    off = min(math.dist(this, before), math.dist(this, after))
    return off if math.dist(before, after) < AGREE_PART * off else 0.0
