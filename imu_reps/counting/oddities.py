"""What is unlike the reps of a set in an attempt?

One thing is odd in many a rep; who does two things unlike the others does something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from imu_reps.counting.limits import FULL_PART, SAME_TIME_PART
from imu_reps.counting.seen import Seen, typical_deg
from imu_reps.motion.poses import SHAKEN_MS2
from imu_reps.motion.vectors import median

STRAY_TIMES, STRAY_DEG = 3.0, 3.0
"""Of what the set's reps go aside, and at least: who gets up goes less straight than in a rep."""

LATE_TIMES, LATE_S = 2.0, 1.0
"""So many times the usual pause, and so much longer: who comes so late may do something else."""

HELD_TIMES, HELD_S = 2.0, 1.0
"""Of the longest hold so far, and so much longer: who stays so long has rather gone elsewhere."""

ABRUPT_PART = 0.35
"""Of the quickest way back so far: nobody gets so much quicker, and a step is."""

SHAKEN_TIMES = 2.0
"""Of the shaking at the end of the set's reps: who gets up and walks shakes the limb more."""


def oddities(seen: Seen, reps: Sequence[Seen], pause_s: float) -> list[bool]:
    """What is unlike these reps of a set, two at least: it comes late, `pause_s` from the reps
    beside it, wanders, takes its time, shakes the limb.
    """
    is_late = pause_s > LATE_S + LATE_TIMES * max(median(_pauses_s(reps)), 0.0)
    is_partial = seen.is_partial(typical_deg(reps))
    is_brief = seen.lasts_s < SAME_TIME_PART * min(rep.lasts_s for rep in reps)
    astray_deg = max(STRAY_TIMES * median([rep.wander_deg for rep in reps]), STRAY_DEG)
    falls_s = [rep.fall_s for rep in reps if rep.fall_s < np.inf]
    held_s = HELD_S + HELD_TIMES * max(rep.strokes.hold_s for rep in reps)
    return [
        is_late,
        is_partial and (is_late or is_brief),
        seen.wander_deg > astray_deg,
        seen.wander_deg > 2.0 * astray_deg,
        *_paces(seen, reps),
        seen.cut and seen.strokes.hold_s > held_s,
        seen.fall_s < ABRUPT_PART * min(falls_s, default=0.0),
        seen.shake_ms2 > max(SHAKEN_MS2, SHAKEN_TIMES * median([rep.shake_ms2 for rep in reps])),
        seen.peak_deg * FULL_PART > typical_deg(reps),
        not seen.calm,
    ]


def _pauses_s(reps: Sequence[Seen]) -> list[float]:
    return [after.begin_s - before.end_s for before, after in pairwise(reps)]


def _paces(seen: Seen, reps: Sequence[Seen]) -> tuple[bool, bool]:
    """Whether it is much quicker or slower than all of these; and whether both ways are.

    Where only one way is, the fit may have given to it what was the other's, or the hold's.
    """
    typical = typical_deg(reps)
    # Who goes only part of the way needs as little time as that.
    reach = min(seen.peak_deg / typical, 1.0) if seen.is_partial(typical) else 1.0
    out = _pace(seen.strokes.out.lasts_s, [r.strokes.out.lasts_s for r in reps], reach)
    back = _pace(seen.strokes.back.lasts_s, [r.strokes.back.lasts_s for r in reps], reach)
    whole = _pace(seen.lasts_s, [rep.lasts_s for rep in reps], reach)
    return any((whole, out, back)), abs(out + back) > 1


def _pace(lasts_s: float, usual_s: Sequence[float], reach: float) -> int:
    """-1 for much quicker than all of these, 1 for much slower, 0 for as usual."""
    quicker = lasts_s < SAME_TIME_PART * reach * min(usual_s)
    return int(lasts_s * SAME_TIME_PART > max(usual_s)) - int(quicker)
