"""What happens around the reps: standing, walking up, lying down, getting up, between two sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount
from imu_reps.simulate.athlete import Body, Segment
from imu_reps.simulate.daily import Doing, doing
from imu_reps.simulate.motion import INNER_RATE_HZ, Motion, joined, moving, still
from imu_reps.simulate.strokes import Attempt, spans_of, trajectory


@dataclass(frozen=True, slots=True)
class Plan:
    """What an athlete does in one recording.

    `range_part` scales the movement's turn, `sway_part` its sway. `walk_s` is walked before and
    after, `settle_s` is rested in position before the first rep and after the last one. `before`,
    `between` and `after` the sets the athlete does these things, some seconds each.
    """

    sets: tuple[tuple[Attempt, ...], ...]
    range_part: float = 1.0
    sway_part: float = 1.0
    rest_drift_deg: float = 0.5
    walk_s: float = 0.0
    settle_s: float = 3.0
    between_s: float = 45.0
    shuffles: int = 0
    step_hz: float = 1.8
    before: tuple[Doing, ...] = ()
    between: tuple[Doing, ...] = ()
    after: tuple[Doing, ...] = ()


def played(plan: Plan, body: Body, mount: Mount, rng: Generator) -> Motion:
    """The whole recording's motion of the segment that wears the strap."""
    segment = body.segments[mount]
    pieces = _doings(plan.before, mount, rng)
    if plan.walk_s:
        pieces.append(_walk(plan, rng))
    if pieces:
        pieces += _into(plan, body, segment, rng)
    for number, attempts in enumerate(plan.sets):
        if number:
            pieces += _pause(plan, body, mount, rng)
        pieces.append(_rest(plan.settle_s, segment))
        pieces.append(_reps(plan, attempts, segment, rng))
    pieces.append(_rest(plan.settle_s, segment))
    if plan.walk_s or plan.after:
        pieces.append(_up(segment, rng))
    if plan.walk_s:
        pieces.append(_walk(plan, rng))
    pieces += _doings(plan.after, mount, rng)
    motion = joined(pieces)
    sway_deg = body.sway_deg * plan.sway_part
    n = len(motion.pitch_deg)
    return Motion(
        motion.pitch_deg + sway(n, sway_deg, rng),
        motion.roll_deg + sway(n, sway_deg, rng),
        motion.bump_ms2,
        motion.amount,
    )


def sway(rows: int, rms_deg: float, rng: Generator) -> Floats:
    """Sway (rows,): eight slow sines between 0.3 and 2 Hz, the slower ones larger."""
    time_s = np.arange(rows) / INNER_RATE_HZ
    hz = rng.uniform(0.3, 2.0, 8)
    phase = rng.uniform(0, 2 * np.pi, 8)
    waves = np.sin(2 * np.pi * hz[:, None] * time_s + phase[:, None]) / hz[:, None]
    total = waves.sum(axis=0)
    swaying: Floats = rms_deg * total / np.sqrt((0.5 / hz**2).sum())
    return swaying


def _reps(plan: Plan, attempts: tuple[Attempt, ...], segment: Segment, rng: Generator) -> Motion:
    amount = trajectory(spans_of(attempts), INNER_RATE_HZ)
    drift = _slow(len(amount), plan.rest_drift_deg, rng)
    pitch = segment.rest_deg + segment.turn_deg * plan.range_part * amount + drift
    return Motion(pitch, np.zeros(len(amount)), np.zeros((len(amount), 3)), amount)


def _slow(rows: int, size_deg: float, rng: Generator) -> Floats:
    """A rest pose that wanders over a minute or so, from and to nothing."""
    if not rows:
        return np.empty(0)
    knots = np.concatenate([[0.0], rng.normal(0.0, size_deg, 4), [0.0]])
    drift: Floats = np.interp(np.linspace(0, 5, rows), np.arange(6), knots)
    return drift


def _rest(lasts_s: float, segment: Segment) -> Motion:
    return still(lasts_s, segment.rest_deg)


def _up(segment: Segment, rng: Generator) -> Motion:
    return moving(segment.rest_deg, 0.0, 4.0, 30.0, rng)


def _doings(what: tuple[Doing, ...], mount: Mount, rng: Generator) -> list[Motion]:
    return [doing(one, mount, float(rng.uniform(4.0, 15.0)), rng) for one in what]


def _pause(plan: Plan, body: Body, mount: Mount, rng: Generator) -> list[Motion]:
    """Between two sets: in position all the time, or up and about."""
    segment = body.segments[mount]
    if not plan.between:
        return [_rest(plan.between_s, segment)]
    rest_s = plan.between_s / 2
    about = [_up(segment, rng), *_doings(plan.between, mount, rng)]
    return [_rest(rest_s, segment), *about, *_into(plan, body, segment, rng)]


def _into(plan: Plan, body: Body, segment: Segment, rng: Generator) -> list[Motion]:
    """From standing into position, with a turn to the side if one lies, and some shuffling."""
    pieces = [still(1.5, 0.0), moving(0.0, segment.rest_deg, 4.0 if body.lies else 2.0, 30.0, rng)]
    for _ in range(plan.shuffles):
        aside = segment.rest_deg + float(rng.uniform(-15, 15))
        pieces.append(still(float(rng.uniform(0.3, 1.5)), segment.rest_deg))
        pieces.append(moving(segment.rest_deg, aside, float(rng.uniform(0.4, 1.0)), 30.0, rng))
        pieces.append(moving(aside, segment.rest_deg, float(rng.uniform(0.4, 1.0)), 30.0, rng))
    return pieces


def _walk(plan: Plan, rng: Generator) -> Motion:
    """Walking: the segment swings once in two steps, the body bounces and the heel strikes."""
    n = round(plan.walk_s * INNER_RATE_HZ)
    time_s = np.arange(n) / INNER_RATE_HZ
    steps = plan.step_hz * time_s
    fade = np.clip(np.minimum(time_s, plan.walk_s - time_s) / 0.7, 0.0, 1.0)
    swing = np.sin(np.pi * steps) + 0.3 * np.sin(2 * np.pi * steps + 0.7)
    strike = np.exp(-(steps % 1.0) / plan.step_hz / 0.04)
    up = 2.5 * np.sin(2 * np.pi * steps + 1.0) + 9.0 * strike * np.where(steps % 2 < 1, 1.0, 0.4)
    bump = np.stack([0.4 * up, rng.normal(0.0, 0.8, n), up], axis=1) * fade[:, None]
    return Motion(25.0 * swing * fade, 4.0 * np.cos(np.pi * steps) * fade, bump, np.full(n, np.nan))
