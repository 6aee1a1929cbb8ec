"""A segment's own turning explains what lifts its sensor; a step does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import Floats
from imu_reps.motion.lever import MOST_LEVER_M, unexplained_part

STEP_S = 0.02
TIME_S = np.arange(75) * STEP_S
"""One and a half seconds, in which a leg goes out by forty degrees and comes back."""

SWING = np.radians(20.0) * (1.0 - np.cos(2 * np.pi * TIME_S / 1.5))
SPEED = np.radians(20.0) * (2 * np.pi / 1.5) * np.sin(2 * np.pi * TIME_S / 1.5)
BENT = np.radians(20.0) * (2 * np.pi / 1.5) ** 2 * np.cos(2 * np.pi * TIME_S / 1.5)


def _up(strap: Rotation) -> Floats:
    """Up in the frame of a sensor on a shank that swings so, by how the strap sits."""
    up: Floats = strap.apply(np.stack([np.sin(SWING), 0 * SWING, np.cos(SWING)], axis=1))
    return up


def _lift_ms2(lever_m: float) -> Floats:
    """Of a sensor so far out from the axis, level with it: it rises by the sine of the swing."""
    lift: Floats = lever_m * (BENT * np.cos(SWING) - SPEED**2 * np.sin(SWING))
    return lift


@given(st.floats(0.05, MOST_LEVER_M * 0.98), st.integers(0, 1000))
def test_a_turn_about_a_fixed_axis_explains_itself(lever_m: float, seed: int) -> None:
    strap = Rotation.random(random_state=seed)
    assert unexplained_part(_up(strap), _lift_ms2(lever_m), STEP_S) < 0.03


def test_a_sensor_whose_gravity_is_off_is_lifted_no_more() -> None:
    off = _lift_ms2(0.4) + 0.5
    assert unexplained_part(_up(Rotation.identity()), off, STEP_S) < 0.03


def test_noise_hides_little_of_a_turn() -> None:
    rng = np.random.default_rng(0)
    up = _up(Rotation.identity()) + rng.normal(0.0, 2e-4, (len(TIME_S), 3))
    lift = _lift_ms2(0.4) + rng.normal(0.0, 0.3, len(TIME_S))
    assert unexplained_part(up, lift, STEP_S) < 0.2


@pytest.mark.parametrize("hz", [1.8, 3.0])
def test_a_hip_that_goes_up_and_down_beside_the_swing_is_not_explained(hz: float) -> None:
    # Two centimetres of a hip at 1.8 Hz are 2.5 m/s2.
    hip = 0.02 * (2 * np.pi * hz) ** 2 * np.sin(2 * np.pi * hz * TIME_S)
    assert unexplained_part(_up(Rotation.identity()), _lift_ms2(0.4) + hip, STEP_S) > 0.4


def test_no_strap_is_three_metres_from_its_joint() -> None:
    part = unexplained_part(_up(Rotation.identity()), _lift_ms2(3.0), STEP_S)
    assert part == pytest.approx(2 / 3, abs=0.02)


def test_a_moment_explains_nothing() -> None:
    up = _up(Rotation.identity())
    assert unexplained_part(up[:15], _lift_ms2(0.4)[:15], STEP_S) == 1.0


def test_where_nothing_lifts_nothing_is_explained() -> None:
    assert unexplained_part(_up(Rotation.identity()), np.zeros(len(TIME_S)), STEP_S) == 1.0
