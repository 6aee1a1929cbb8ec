"""Which gyros are believed: by what gravity does where their turns are followed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.gyro_check import GyroCheck, Verdict, gravity_goes_deg
from tests.legs import Leg

STANDING = Rotation.from_euler("xz", [30.0, 70.0], degrees=True)


def _with(samples: Samples, gyr_rads: Floats) -> Samples:
    return Samples(samples.time_s, samples.acc_ms2, gyr_rads)


def _gyr_rads(samples: Samples) -> Floats:
    assert samples.gyr_rads is not None
    return samples.gyr_rads


def _checked(samples: Samples, chunk: int = 50) -> GyroCheck:
    check = GyroCheck(100.0)
    for row in range(0, len(samples), chunk):
        check.update(samples[row : row + chunk])
    return check


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.15])
@pytest.mark.parametrize("bias_dps", [0.0, 5.0])
def test_a_sound_gyro_is_known_after_a_window_or_two_in_which_it_turns(
    scale: float, bias_dps: float
) -> None:
    true = Leg().rest(1).reps(3, 40).samples(strap=STANDING)
    check = _checked(_with(true, _gyr_rads(true) * scale + np.radians(bias_dps)))
    assert check.verdict is Verdict.SOUND
    assert check.rows <= 960


@pytest.mark.parametrize("scale", [-1.0, 0.0, 0.3, 0.5, 1.6, 3.0])
@pytest.mark.parametrize("pause_s", [0.0, 1.0])
def test_a_wrong_scale_shows_with_and_without_pauses(scale: float, pause_s: float) -> None:
    true = Leg().rest(1).reps(8, 40, pause_s, hold=pause_s).samples(strap=STANDING)
    assert _checked(_with(true, _gyr_rads(true) * scale)).verdict is Verdict.LIES


@pytest.mark.parametrize("order", [[1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0]])
def test_swapped_axes_show(order: list[int]) -> None:
    true = Leg().rest(1).reps(8, 40).samples(strap=STANDING)
    assert _checked(_with(true, _gyr_rads(true)[:, order])).verdict is Verdict.LIES


def test_a_gyro_that_turns_where_gravity_does_not_lies_at_once() -> None:
    still, turns = Leg().rest(20).samples(), Leg().rest(6).reps(3, 40).samples()
    check = _checked(_with(still[: len(turns)], _gyr_rads(turns)[: len(still)]))
    assert check.verdict is Verdict.LIES
    assert check.rows == 960


@pytest.mark.parametrize("to_and_fro_hz", [0.0, 0.4])
def test_nothing_is_known_of_who_rests_or_turns_about_the_vertical(to_and_fro_hz: float) -> None:
    rests = Leg().rest(20).samples()
    spin_rads = np.radians(60.0) * np.cos(2 * np.pi * to_and_fro_hz * rests.time_s)
    check = _checked(_with(rests, _gyr_rads(rests) + spin_rads[:, None] * [0.0, 0.0, 1.0]))
    assert check.verdict is Verdict.OPEN
    assert len(rests) - 480 - 80 <= check.believed <= len(rests) - 80


def test_who_is_pushed_hardly_tells_of_the_gyro() -> None:
    true = Leg().rest(1).reps(12, 10).samples()
    # A leg that walks is pushed to and fro at each step.
    steps_ms2 = 4.0 * np.sin(2 * np.pi * 0.95 * true.time_s)
    pushed = replace(true, acc_ms2=true.acc_ms2 + steps_ms2[:, None] * [1.0, 0.3, 0.6])
    assert _checked(pushed).verdict is not Verdict.LIES


@pytest.mark.parametrize("rest_s", [0.0, 12.0])
def test_a_gyro_is_believed_up_to_the_first_turn_that_speaks_against_it(rest_s: float) -> None:
    true = Leg().rest(11).rep(30).rest(rest_s).reps(6, 30).samples()
    check = _checked(_with(true, _gyr_rads(true) * 0.5))
    assert check.verdict is Verdict.LIES
    assert check.believed == 960 - 80


@pytest.mark.parametrize("chunk", [1, 7, 479, 480, 5000])
def test_chunk_borders_change_nothing(chunk: int) -> None:
    true = Leg().rest(11).reps(6, 30).samples(sway_deg=1.0)
    lying = _with(true, _gyr_rads(true) * 0.5)
    one, other = _checked(lying, chunk), _checked(lying)
    assert (one.verdict, one.rows, one.believed) == (other.verdict, other.rows, other.believed)


@pytest.mark.parametrize("every", [1, 5, 10, 16, 40])
def test_gravity_stands_still_for_who_follows_quick_turns(every: int) -> None:
    time_s = np.arange(12_000) / 1000.0
    # By 50 degrees to and fro in 1.3 s, up to 240 a second, about an axis that goes round itself.
    goes_deg = 50.0 * np.sin(2 * np.pi * time_s / 1.3)
    pose = Rotation.from_euler("x", 20.0 * time_s[:, None], degrees=True)
    pose *= Rotation.from_euler("y", goes_deg[:, None], degrees=True)
    gyr = np.zeros((len(time_s), 3))
    gyr[1:] = (pose[:-1].inv() * pose[1:]).as_rotvec() * 1000.0
    samples = Samples(time_s, 9.81 * pose.apply([0.0, 0.0, 1.0], inverse=True), gyr)[::every]
    assert gravity_goes_deg(1000.0 / every, samples, np.zeros(3)) < 0.5
    assert gravity_goes_deg(1000.0 / every, samples[:5], np.zeros(3)) == 0.0
