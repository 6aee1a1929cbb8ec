"""Poses averaged over a moment: late by half of it, at the right times, however they are cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.samples import Floats
from imu_reps.motion.averaged import SWAY_S, Averaged
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.steadiness import Steady

STEP_S = 0.02


def _poses(angle_deg: Floats) -> Poses:
    angle: Floats = np.radians(angle_deg)
    n = len(angle)
    up: Floats = np.array([np.sin(angle), np.zeros(n), np.cos(angle)]).T
    told = np.arange(n) / n
    steady = Steady(up, told, told, told, 2.0 * told)
    time_s: Floats = 5.0 + STEP_S * np.arange(float(n))
    return Poses(time_s, up, steady)


def _averaged(*runs: Poses) -> Poses:
    averaged = Averaged()
    out = [poses for run in runs for poses in averaged.update(run)]
    return joined(out + averaged.finish())


def _angle_deg(poses: Poses) -> Floats:
    angle: Floats = np.degrees(np.arctan2(poses.up[:, 0], poses.up[:, 2]))
    return angle


def test_each_pose_is_the_mean_of_those_around_it() -> None:
    poses = _poses(np.linspace(0.0, 40.0, 200))
    averaged = _averaged(poses)
    assert np.array_equal(averaged.time_s, poses.time_s)
    assert np.array_equal(averaged.shake_ms2, poses.shake_ms2)
    inner = slice(30, -30)
    assert _angle_deg(averaged)[inner] == pytest.approx(_angle_deg(poses)[inner], abs=1e-3)


def test_sway_is_gone_and_a_slow_stroke_is_not() -> None:
    time_s = STEP_S * np.arange(600)
    sway = _poses(3.0 * np.sin(2 * np.pi * 0.8 * time_s))
    stroke = _poses(10.0 * np.sin(2 * np.pi * time_s / 8.0))
    assert np.abs(_angle_deg(_averaged(sway))[40:-40]).max() < 0.3
    assert np.abs(_angle_deg(_averaged(stroke))).max() > 9.6


def test_the_means_are_still_where_what_was_felt_is_not() -> None:
    time_s = STEP_S * np.arange(600)
    averaged = _averaged(_poses(3.0 * np.sin(2 * np.pi * 0.8 * time_s)))
    assert averaged.spread_deg[40:-40].max() < 0.3
    # As it was told.
    assert np.array_equal(averaged.felt_deg, np.arange(600) / 600)
    assert np.array_equal(averaged.lift_ms2, 2.0 * averaged.felt_deg)


def test_a_mean_is_known_half_of_its_moment_later() -> None:
    poses, averaged = _poses(np.zeros(100)), Averaged()
    last_s = [run.time_s[-1] for run in averaged.update(poses)]
    assert last_s == pytest.approx([poses.time_s[-1] - SWAY_S / 2], abs=STEP_S)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_a_stretch_of_hardly_any_poses_loses_none(rows: int) -> None:
    assert len(_averaged(_poses(np.arange(float(rows))))) == rows


@given(cuts=st.lists(st.integers(0, 120), max_size=8))
def test_it_does_not_hang_on_where_chunks_end(cuts: list[int]) -> None:
    poses = _poses(20.0 * np.sin(0.1 * np.arange(120)))
    edges = [0, *sorted(cuts), 120]
    pieces = [poses[a:b] for a, b in pairwise(edges) if b > a]
    assert np.array_equal(_averaged(*pieces).up, _averaged(poses).up)
