"""Sets that people do: an easy one, a hard one, and as many random ones as a benchmark wants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from imu_reps.core.errors import BadUsage
from imu_reps.core.movement import Movement, Tempo
from imu_reps.core.words import Leg
from imu_reps.simulate.daily import DOINGS, Doing
from imu_reps.simulate.scenario import Plan
from imu_reps.simulate.sensor import Imu
from imu_reps.simulate.strokes import SHAPES, Attempt, Shape

HARD_REPS = 6

STOPS_PART = 0.1
"""So many of the random reps have a sticking point on the way out."""


def easy(movement: Movement, reps: int, rng: Generator) -> tuple[Plan, Imu]:
    """A quiet set of clean reps at the usual tempo, lying or standing ready before and after."""
    attempts = tuple(_rep(movement.tempo, 1.0, rng) for _ in range(reps))
    return Plan((attempts,), sway_part=0.5), Imu()


def hard(movement: Movement, reps: int, rng: Generator) -> tuple[Plan, Imu]:
    """Walking before and after, shuffling into position, and everything that makes a set untidy.

    Partials, touch-and-go, a hesitation, slow and fast reps, and a range that fades by 25 %.
    """
    if reps < HARD_REPS:
        raise BadUsage(f"a hard set has at least {HARD_REPS} reps, each with its own trouble")
    attempts = [
        _rep(movement.tempo, 1.0 - 0.25 * place, rng)
        for place in np.linspace(0.0, 1.0, reps).tolist()
    ]
    attempts[1] = _rep(_at(movement.tempo, 1.8), 1.0, rng)
    attempts[2] = _rep(_at(movement.tempo, 0.65), 1.0, rng)
    attempts[3] = replace(attempts[3], hesitation_s=0.7)
    attempts[4] = replace(attempts[4], lift=0.25, pause_s=0.0)
    attempts[5] = replace(attempts[5], out_shape="sticking", lift=0.05, pause_s=0.0)
    for place in (6, reps):
        attempts.insert(place, _rep(movement.tempo, float(rng.uniform(0.3, 0.45)), rng))
    plan = Plan((tuple(attempts),), walk_s=8.0, shuffles=2, rest_drift_deg=1.0)
    return plan, Imu(loss_part=0.01, gyr_bias_dps=3.0)


def showing(movement: Movement, leg: Leg, rng: Generator) -> tuple[Plan, Imu]:
    """The set of a made-up person whose right leg holds shorter and goes less far than the left."""
    weaker = leg is Leg.RIGHT
    tempo = replace(movement.tempo, hold_s=movement.tempo.hold_s * (0.55 if weaker else 1.0))
    attempts = [_rep(tempo, 1.0, rng) for _ in range(8)]
    attempts.insert(6, _rep(tempo, 0.4, rng))
    plan = Plan((tuple(attempts),), range_part=0.8 if weaker else 1.0, walk_s=6.0, shuffles=1)
    return plan, Imu(loss_part=0.002)


def random_plan(movement: Movement, rng: Generator) -> tuple[Plan, Imu]:
    """Any athlete and any sensor, over the ranges that the benchmark asks for."""
    tempo_part, fatigue = float(rng.uniform(0.6, 2.0)), float(rng.uniform(0.0, 0.4))
    partial_part, flowing = float(rng.uniform(0.0, 0.2)), bool(rng.random() < 0.3)
    tempo = _at(movement.tempo, tempo_part)
    count = int(rng.integers(1, 3))
    sets = [_random_set(tempo, fatigue, partial_part, rng) for _ in range(count)]
    if flowing:
        lift = float(rng.uniform(0.05, 0.15))
        sets = [[_flowing(attempt, lift) for attempt in attempts] for attempts in sets]
    plan = Plan(
        tuple(map(tuple, sets)),
        range_part=float(rng.uniform(0.6, 1.4)),
        sway_part=float(rng.uniform(0.3, 2.5)),
        rest_drift_deg=float(rng.uniform(0.0, 1.5)),
        settle_s=float(rng.uniform(1.5, 6.0)),
        shuffles=int(rng.integers(0, 4)),
        before=_doings(rng),
        between=_doings(rng),
        after=_doings(rng),
    )
    imu = Imu(
        rate_hz=float(rng.choice([25.0, 50.0, 100.0, 200.0])),
        gyr_bias_dps=float(rng.uniform(0.0, 5.0)),
        loss_part=float(rng.choice([0.0, 0.01, 0.05])),
        slip_deg=float(rng.choice([0.0, 0.0, 0.0, 10.0, 20.0])),
    )
    return plan, imu


def _doings(rng: Generator) -> tuple[Doing, ...]:
    """Nothing in a third of all cases, else up to three things one after the other."""
    count = int(rng.integers(0, 4)) if rng.random() < 0.75 else 0
    return tuple(DOINGS[int(i)] for i in rng.integers(0, len(DOINGS), count))


def _flowing(attempt: Attempt, lift: float) -> Attempt:
    """Touch-and-go: it begins and ends above rest, and a partial one still rises from there."""
    reach = max(attempt.reach, lift + 0.2)
    return replace(attempt, reach=reach, lift=lift, pause_s=0.0)


def _random_set(tempo: Tempo, fatigue: float, partial_part: float, rng: Generator) -> list[Attempt]:
    count = int(rng.integers(5, 13))
    attempts: list[Attempt] = []
    for place in np.linspace(0.0, 1.0, count).tolist():
        reach = 1.0 - fatigue * place
        if rng.random() < partial_part:
            attempts.append(_rep(tempo, reach * float(rng.uniform(0.28, 0.48)), rng))
        attempt = _rep(tempo, reach, rng)
        stops = rng.random() < STOPS_PART
        attempts.append(replace(attempt, out_shape="sticking") if stops else attempt)
    return attempts


def _rep(tempo: Tempo, reach: float, rng: Generator) -> Attempt:
    """A rep with the small differences that nobody's reps are without."""
    vary = rng.normal(1.0, 0.08, 4).clip(0.75, 1.25)
    shapes: list[Shape] = [SHAPES[int(i)] for i in rng.integers(0, len(SHAPES) - 1, 2)]
    return Attempt(
        reach=reach * float(rng.normal(1.0, 0.04)),
        out_s=tempo.out_s * float(vary[0]),
        hold_s=tempo.hold_s * float(vary[1]) + 0.05,
        back_s=tempo.back_s * float(vary[2]),
        pause_s=float(rng.uniform(0.4, 1.2)),
        out_shape=shapes[0],
        back_shape=shapes[1],
        creep=0.01 * float(rng.uniform(0.0, 1.0)) * tempo.hold_s,
    )


def _at(tempo: Tempo, part: float) -> Tempo:
    return Tempo(tempo.out_s * part, tempo.hold_s * part, tempo.back_s * part)
