"""Steadiness is worked out when it is asked for: the same whenever that is, and not too late."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.samples import GRAVITY_MS2, Samples
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.steadiness import MOST_ROWS, Steady, Unasked, Windows
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import GyroTilt

RATE_HZ = 100.0
N = 900


def _samples() -> Samples:
    rng = np.random.default_rng(3)
    time_s = np.arange(N) / RATE_HZ
    acc = rng.normal([0.0, 0.0, 9.8], 0.8, (N, 3))
    return Samples(time_s, acc, rng.normal(0.0, 0.5, (N, 3)))


def _poses(cuts: list[int], asked: set[int]) -> Poses:
    stretch, runs = Stretch(RATE_HZ, GyroTilt(RATE_HZ)), []
    samples, bounds = _samples(), [0, *sorted(cuts), N]
    for number, (first, end) in enumerate(itertools.pairwise(bounds)):
        found = stretch.update(samples[first:end]) if end > first else []
        for poses in found:
            assert number not in asked or np.isfinite(poses.shake_ms2).all()
        runs += found
    return joined(runs)


@settings(deadline=None)
@given(
    cuts=st.lists(st.integers(1, N - 1), max_size=12),
    asked=st.sets(st.integers(0, 12)),
)
def test_whenever_somebody_asks_the_numbers_are_the_same(cuts: list[int], asked: set[int]) -> None:
    whole, cut = _poses([], set()), _poses(cuts, asked)
    for name in ("mean_up", "spread_deg", "shake_ms2", "lift_ms2"):
        assert np.array_equal(getattr(whole, name), getattr(cut, name))


def test_a_part_of_the_poses_has_its_own_rows() -> None:
    poses = _poses([333], set())
    assert np.array_equal(poses[7:][:20].spread_deg, poses.spread_deg[7:27])


def test_what_nobody_asks_for_does_not_wait_for_ever() -> None:
    waiting = Unasked(Windows(RATE_HZ, 2))
    for _ in range(MOST_ROWS // 10 + 1):
        waiting.add(np.tile([0.0, 0.0, 1.0], (5, 1)), np.tile([0.0, 0.0, 9.8], (10, 1)))
    assert not waiting.is_asked
    assert waiting.next() is not waiting
    assert waiting.is_asked


@pytest.mark.parametrize(
    "cuts", [[slice(0, 3), slice(3, 4), slice(4, 9)], [slice(0, 3), slice(5, 9)]]
)
def test_runs_that_share_their_steadiness_are_joined_row_by_row(cuts: list[slice]) -> None:
    rows = np.arange(9.0)
    up = np.stack([rows] * 3, axis=1)
    poses = Poses(rows, up, Steady(up, rows, rows, rows, 2.0 * rows))
    known = joined([poses[cut] for cut in cuts])
    for values in (known.spread_deg, known.shake_ms2, known.mean_up[:, 0]):
        assert values.tolist() == known.time_s.tolist()
    assert known.lift_ms2.tolist() == (2.0 * known.time_s).tolist()


def test_the_lift_is_what_is_felt_along_up_beside_gravity() -> None:
    up = np.tile([0.6, 0.0, 0.8], (40, 1))
    aside = np.array([0.0, 3.0, 0.0])
    known = Windows(100.0, 2).update(up[::2], (GRAVITY_MS2 + 1.5) * up + aside)
    assert known.lift_ms2 == pytest.approx(np.full(20, 1.5))
