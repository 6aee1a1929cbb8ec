"""How unlike the reps of a set is an attempt? What a person does in a set, she does alike.

Each trait of an attempt is compared with the same trait of the reps beside it, by the spread that
these reps have themselves; as a few reps tell little of that, what is known of people's sets counts
as some more of them. Traits add up as likelihoods do, and one that is far off alone is no proof:
people hesitate (Student's t).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from imu_reps.counting.excursion import Plane
from imu_reps.counting.reading import HOLD_SPREAD, PAUSE_SPREAD, SIZE_SPREAD, STROKE_SPREAD
from imu_reps.counting.seen import Seen, typical_deg
from imu_reps.motion.vectors import median, unit_vector

KNOWN_REPS = 4
"""What is known of people's sets beforehand weighs as much as so many reps."""

FREEDOM = 3
"""Degrees of freedom of Student's t: the fewer, the less a single odd trait says."""

LEAST_S, LEAST_DEG, LEAST_MS2 = 0.1, 0.3, 0.1
"""Shorter strokes, less sway and less shaking are as like as these."""

STAY_S = 1.0
"""Holds and pauses differ in parts of themselves and of this."""

WANDER_SPREAD, SHAKE_SPREAD = 0.4, 0.35
"""Of the logarithms, from rep to rep. Who gets up goes less straight, and shakes the limb more."""

ASIDE_SPREAD, ASIDE_DEG = 0.04, 25.0
"""How far aside of each other far ends lie, in parts of the way and of this angle."""


def unlikeliness(seen: Seen, reps: Sequence[Seen], pause_s: float) -> float:
    """How unlike these reps, one at least, it is, `pause_s` from the nearest of them: natural
    logarithm, 0 for one that is in the middle of them in each way.

    A partial attempt is known to be smaller. It takes nearly the same time (isochrony). How long a
    way out took in which the data began, nobody knows.
    """

    def off(trait: Callable[[Seen], float], spread: float, *, only_more: bool = False) -> float:
        return _off(trait(seen), [trait(rep) for rep in reps], spread, only_more=only_more)

    aside, *others = _aside(seen, reps)
    pauses = [_pause(after.begin_s - before.end_s) for before, after in pairwise(reps)]
    return (
        (0.0 if seen.is_partial(typical_deg(reps)) else off(_size, SIZE_SPREAD))
        + (0.0 if seen.begun else off(_out, STROKE_SPREAD))
        + off(_back, STROKE_SPREAD)
        + off(_hold, HOLD_SPREAD)
        + off(_wander, WANDER_SPREAD, only_more=True)
        + off(_shake, SHAKE_SPREAD, only_more=True)
        + _off(aside, others, ASIDE_SPREAD)
        + _off(_pause(pause_s), pauses or [0.0], PAUSE_SPREAD, only_more=True)
    )


def _size(seen: Seen) -> float:
    return math.log(seen.peak_deg)


def _out(seen: Seen) -> float:
    return math.log(max(seen.strokes.out.lasts_s, LEAST_S))


def _back(seen: Seen) -> float:
    return math.log(max(seen.strokes.back.lasts_s, LEAST_S))


def _hold(seen: Seen) -> float:
    return math.log(STAY_S + seen.strokes.hold_s)


def _pause(lasts_s: float) -> float:
    return math.log(STAY_S + max(lasts_s, 0.0))


def _wander(seen: Seen) -> float:
    return math.log(max(seen.wander_deg, LEAST_DEG))


def _shake(seen: Seen) -> float:
    return math.log(max(seen.shake_ms2, LEAST_MS2))


def _off(value: float, usual: Sequence[float], spread: float, *, only_more: bool = False) -> float:
    """How unlikely a value is beside these."""
    middle = median(usual)
    if only_more and value < middle:
        return 0.0
    squares = KNOWN_REPS * spread**2 + sum((one - middle) ** 2 for one in usual)
    variance = squares / (KNOWN_REPS + len(usual)) * (1.0 + 1.0 / len(usual))
    return (FREEDOM + 1) / 2 * math.log1p((value - middle) ** 2 / (FREEDOM * variance))


def _aside(seen: Seen, reps: Sequence[Seen]) -> list[float]:
    """How far aside of the plane of these reps its far end lies, and theirs, in parts."""
    rest_up = unit_vector(np.sum([rep.plane.rest_up for rep in reps], axis=0))
    far_up = unit_vector(np.sum([rep.far_up for rep in reps], axis=0))
    plane = Plane(rest_up).towards(far_up)
    away_deg = plane.across_deg(np.array([one.far_up for one in (seen, *reps)]))
    parts: list[float] = (away_deg / (typical_deg(reps) + ASIDE_DEG)).tolist()
    return parts
