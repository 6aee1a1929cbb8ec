"""What people do around their sets: walk, climb stairs, sit, lie down, get up, adjust the strap.

Each piece begins and ends upright, at pitch 0. Swings and cadences are round figures of ordinary
gait and of getting up from a chair; no person was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount
from imu_reps.simulate.motion import INNER_RATE_HZ, Motion, joined, moving, still

Doing = Literal["walk", "stairs", "stand", "sit", "lie", "adjust"]
DOINGS: tuple[Doing, ...] = ("walk", "stairs", "stand", "sit", "lie", "adjust")


@dataclass(frozen=True, slots=True)
class Habit:
    """How far a segment swings in a step and on a stair, and its pitch when one sits and lies."""

    walk_deg: float
    stairs_deg: float
    sit_deg: float
    lie_deg: float


_THIGH, _SHANK = Habit(22, 40, 85, 80), Habit(30, 30, 8, 85)
HABITS = {
    Mount.THIGH: _THIGH,
    Mount.FREE_THIGH: _THIGH,
    Mount.ANKLE: _SHANK,
    Mount.FREE_ANKLE: _SHANK,
    Mount.CHEST: Habit(3, 6, -20, 85),
}


def doing(what: Doing, mount: Mount, lasts_s: float, rng: Generator) -> Motion:
    """A piece of daily life of about so many seconds."""
    habit = HABITS[mount]
    if what == "walk":
        return stepping(lasts_s, float(rng.uniform(1.5, 2.1)), habit.walk_deg, 0.0, rng)
    if what == "stairs":
        lean = 0.5 * habit.stairs_deg
        return stepping(lasts_s, float(rng.uniform(1.1, 1.7)), habit.stairs_deg, lean, rng)
    if what == "stand":
        return _shifting(lasts_s, rng)
    if what == "sit":
        return _down_and_up(habit.sit_deg, (1.2, 2.5), lasts_s, rng)
    if what == "lie":
        return _down_and_up(habit.lie_deg, (2.5, 5.0), lasts_s, rng)
    return _adjusting(lasts_s, rng)


def stepping(
    lasts_s: float, step_hz: float, swing_deg: float, lean_deg: float, rng: Generator
) -> Motion:
    """The segment swings once in two steps, the body bounces and the heel strikes."""
    n = round(lasts_s * INNER_RATE_HZ)
    time_s = np.arange(n) / INNER_RATE_HZ
    pace = 1.0 + 0.04 * np.sin(2 * np.pi * 0.13 * time_s + float(rng.uniform(0, 6)))
    steps = np.cumsum(step_hz * pace) / INNER_RATE_HZ
    fade = np.clip(np.minimum(time_s, lasts_s - time_s) / 0.7, 0.0, 1.0)
    swing = np.sin(np.pi * steps) + 0.3 * np.sin(2 * np.pi * steps + 0.7)
    strike = np.exp(-(steps % 1.0) / step_hz / 0.04)
    up = 2.0 * np.sin(2 * np.pi * steps + 1.0) + 8.0 * strike * np.where(steps % 2 < 1, 1.0, 0.4)
    bump = np.stack([0.4 * up, rng.normal(0.0, 0.8, n), up], axis=1) * fade[:, None]
    pitch = (lean_deg + swing_deg * swing) * fade
    roll = 4.0 * np.cos(np.pi * steps) * fade
    return Motion(pitch, roll, bump, np.full(n, np.nan))


def _shifting(lasts_s: float, rng: Generator) -> Motion:
    """Standing, and now and then shifting the weight from one leg to the other."""
    pieces: list[Motion] = []
    at, left_s = 0.0, lasts_s
    while left_s > 3.0:
        rest_s = float(rng.uniform(1.0, 6.0))
        to = float(rng.uniform(-10.0, 10.0))
        move_s = float(rng.uniform(0.5, 1.5))
        pieces += [still(rest_s, at), moving(at, to, move_s, 10.0, rng)]
        at, left_s = to, left_s - rest_s - move_s
    return joined([*pieces, moving(at, 0.0, 1.0, 10.0, rng)])


def _down_and_up(
    pose_deg: float, takes_s: tuple[float, float], lasts_s: float, rng: Generator
) -> Motion:
    pose = pose_deg + float(rng.normal(0.0, 5.0))
    down_s, up_s = rng.uniform(*takes_s, 2).tolist()
    there_s = max(1.0, lasts_s - down_s - up_s)
    down, up = moving(0.0, pose, down_s, 20.0, rng), moving(pose, 0.0, up_s, 20.0, rng)
    return joined([down, still(there_s, pose), up])


def _adjusting(lasts_s: float, rng: Generator) -> Motion:
    """Pulling at the strap: quick turns in any direction, with knocks."""
    n = round(lasts_s * INNER_RATE_HZ)
    knots = max(4, round(lasts_s / 0.4))
    return Motion(
        _wandering(n, knots, 12.0, rng),
        _wandering(n, knots, 12.0, rng),
        rng.normal(0.0, 2.0, (n, 3)),
        np.full(n, np.nan),
    )


def _wandering(rows: int, knots: int, size_deg: float, rng: Generator) -> Floats:
    """From and to nothing by way of random angles."""
    places = np.concatenate([[0.0], rng.normal(0.0, size_deg, knots), [0.0]])
    part = np.linspace(0, knots + 1, rows, endpoint=False)
    whole = part.astype(int)
    ease = 0.5 - 0.5 * np.cos(np.pi * (part - whole))
    path: Floats = places[whole] + (places[whole + 1] - places[whole]) * ease
    return path
