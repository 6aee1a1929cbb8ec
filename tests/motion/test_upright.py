"""Steps tell which way of the sensor is up; nothing else does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from imu_reps.core.samples import Floats
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
from imu_reps.motion.upright import Upright, is_walk
from imu_reps.motion.vectors import between_deg, unit
from tests.legs import strides

TIME_S = np.arange(0.0, 10.0, 0.02)
STRIDE = np.sin(2 * np.pi * 0.9 * TIME_S)
NEVER = np.zeros_like(TIME_S)


def poses(swing_deg: Floats, aside_deg: Floats, shake_ms2: float = 2.0) -> Poses:
    up = np.stack([np.radians(swing_deg), np.radians(aside_deg), np.ones_like(swing_deg)], axis=1)
    n = len(swing_deg)
    still = np.zeros(n)
    return Poses(TIME_S[:n], unit(up), Steady(unit(up), still, np.full(n, shake_ms2), still, still))


WALK = poses(20.0 * STRIDE, 4.0 * STRIDE**2)


def test_steps_are_seen() -> None:
    assert is_walk(WALK)


@pytest.mark.parametrize(
    "other",
    [
        poses(20.0 * STRIDE, NEVER, shake_ms2=0.4),
        poses(20.0 * STRIDE, 20.0 * np.cos(2 * np.pi * 0.9 * TIME_S)),
        poses(1.5 * STRIDE, NEVER),
        poses(20.0 * np.sin(2 * np.pi * 0.25 * TIME_S), NEVER),
        poses(20.0 * np.sin(1.6 * TIME_S + 0.35 * TIME_S**2), NEVER),
    ],
    ids=["brisk reps", "round and round", "sway", "slow", "uneven"],
)
def test_nothing_else_is(other: Poses) -> None:
    assert not is_walk(other)


@pytest.mark.parametrize("rows", [1, 37, 500])
def test_up_is_known_after_a_walk_however_it_is_cut(rows: int) -> None:
    upright = Upright()
    for begin in range(0, len(WALK), rows):
        upright.update(WALK[begin : begin + rows])
    assert upright.before(3.9) is None
    up = upright.before(4.1)
    assert up is not None
    assert between_deg(up, np.array([0.0, 0.0, 1.0])) < 5.0


@pytest.mark.parametrize("rows", [1, 37, 500])
@pytest.mark.parametrize("to", [1.0, -1.0])
def test_a_leg_swings_forwards_faster_than_back(to: float, rows: int) -> None:
    upright, walk = Upright(), poses(to * 20.0 * strides(TIME_S, 0.4), NEVER)
    for begin in range(0, len(walk), rows):
        upright.update(walk[begin : begin + rows])
    seated, bent = (np.array([to * np.sin(a), 0.0, np.cos(a)]) for a in np.radians([80, -110]))
    assert upright.lean_deg(seated, 9.0) == pytest.approx(80.0, abs=3.0)
    assert upright.lean_deg(bent, 9.0) == pytest.approx(-110.0, abs=3.0)
    assert math.isnan(upright.lean_deg(seated, 3.0))


def test_an_even_swing_does_not_tell_which_way_is_forwards() -> None:
    upright = Upright()
    upright.update(poses(20.0 * strides(TIME_S), NEVER))
    assert upright.before(9.0) is not None
    assert math.isnan(upright.lean_deg(np.array([0.0, 0.0, 1.0]), 9.0))


def test_most_walks_tell_which_way_is_forwards() -> None:
    upright, seated = Upright(), np.array([1.0, 0.0, 0.0])
    for number, part in enumerate((0.4, 0.4, 0.6)):
        walk = poses(20.0 * strides(TIME_S, part), NEVER)
        later = Poses(walk.time_s + 20.0 * number, walk.up, walk.steadiness)
        upright.update(later[: len(later) // 2])
    assert upright.lean_deg(seated, 60.0) == pytest.approx(90.0, abs=3.0)


def test_the_last_walk_is_never_forgotten() -> None:
    upright = Upright()
    upright.update(WALK)
    last = upright.before(20.0)
    upright.forget(1000.0)
    assert upright.before(2000.0) is last
    assert upright.before(5.0) is None
