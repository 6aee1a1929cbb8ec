"""Where from its axis a sensor sits, from turns whose axis is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples
from imu_reps.motion.poses import Poses
from imu_reps.motion.reach import from_axis_m
from imu_reps.motion.steadiness import Steady
from tests.legs import FINE_HZ, Leg

STRAP = Rotation.from_euler("xyz", [40, -70, 110], degrees=True)


def turned(place_m: Floats, jolts_ms2: float = 0.0) -> tuple[Samples, Poses]:
    """Three reps of 130 degrees about a fixed axis, of a sensor at `place_m` (3,) from it."""
    leg = Leg(at=30.0).rest(2).reps(3, deg=130.0).rest(1)
    pitch = np.concatenate(leg._pieces)
    body = Rotation.from_euler("y", pitch[:, None], degrees=True)
    place = body.apply(place_m)
    acc = np.gradient(np.gradient(place, axis=0), axis=0) * FINE_HZ**2
    acc += np.random.default_rng(1).normal(0.0, jolts_ms2, acc.shape).cumsum(axis=0)
    pose = body * STRAP
    gyr = np.zeros_like(acc)
    gyr[1:] = (pose[:-1].inv() * pose[1:]).as_rotvec() * FINE_HZ
    up = pose.apply([0.0, 0.0, 1.0], inverse=True)
    time_s = np.arange(len(pitch)) / FINE_HZ
    felt = pose.apply(acc + GRAVITY_MS2 * np.eye(3)[2], inverse=True)
    still = np.zeros_like(time_s)
    return Samples(time_s, felt, gyr), Poses(time_s, up, Steady(up, still, still, still, still))


@pytest.mark.parametrize("metres", [0.15, 0.7])
@pytest.mark.parametrize("way", [[0, 0, 1], [0, 0, -1], [1, 0, 0]])
def test_the_way_from_the_axis_is_told(metres: float, way: list[int]) -> None:
    samples, poses = turned(metres * np.array(way))
    told_m = from_axis_m(samples, poses, 1.0, 15.0)
    assert told_m is not None
    assert STRAP.apply(told_m) == pytest.approx(metres * np.array(way), abs=0.05 * metres)


def test_what_no_axis_explains_is_told_to_be_unknown() -> None:
    samples, poses = turned(np.array([0.0, 0.0, 0.1]), jolts_ms2=0.05)
    assert from_axis_m(samples, poses, 1.0, 15.0) is None


def test_a_gyro_that_always_says_the_same_tells_nothing() -> None:
    samples, poses = turned(np.array([0.0, 0.0, 0.3]))
    dead = np.full_like(samples.acc_ms2, 0.01)
    assert from_axis_m(replace(samples, gyr_rads=dead), poses, 1.0, 15.0) is None


def test_without_a_gyro_nothing_is_known() -> None:
    samples, poses = turned(np.array([0.0, 0.0, 0.3]))
    assert from_axis_m(Samples(samples.time_s, samples.acc_ms2), poses, 1.0, 15.0) is None
