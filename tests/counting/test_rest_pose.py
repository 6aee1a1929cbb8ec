"""Which rest an attempt is measured from: sway is averaged, a slip is followed, a stop is not."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.samples import Floats
from imu_reps.counting.rest_pose import Rest, RestPose

RANGE_DEG = 50.0


def _up(deg: float, aside_deg: float = 0.0) -> Floats:
    """The pose so far along the way, and so far aside of it."""
    along, aside = np.radians([deg, aside_deg])
    up: Floats = np.array([np.sin(along) * np.cos(aside), np.sin(aside), np.cos(along)])
    up[2] *= np.cos(aside)
    return up


def _after(
    rest_up: Floats,
    far_up: Floats,
    rested_s: float = 0.0,
    usual_deg: float = RANGE_DEG,
    lift_deg: float = 0.0,
) -> tuple[float, float]:
    """How far the rest is told to have jumped, and how far the attempt then goes."""
    pose = RestPose(_up(0))
    for _ in range(3):
        pose.measure(_up(lift_deg), _up(usual_deg))
    jumped_deg = pose.take(Rest(rest_up, 0.7, 0), far_up, RANGE_DEG, lambda: rested_s)
    return jumped_deg, pose.measure(rest_up, far_up)[1]


def test_small_differences_are_averaged_by_how_long_they_were_seen() -> None:
    assert _after(_up(4), _up(RANGE_DEG)) == pytest.approx((0.0, RANGE_DEG - 2), abs=0.01)


def test_a_slip_that_takes_both_ends_along_is_followed() -> None:
    assert _after(_up(12), _up(62)) == pytest.approx((12, RANGE_DEG), abs=0.01)


def test_who_stops_early_has_not_slipped() -> None:
    assert _after(_up(12), _up(RANGE_DEG)) == pytest.approx((0.0, RANGE_DEG), abs=0.01)


def test_a_rest_beyond_the_last_one_is_no_early_stop() -> None:
    assert _after(_up(-12), _up(46)) == pytest.approx((12, 58), abs=0.01)


def test_who_really_rests_is_at_rest() -> None:
    assert _after(_up(12), _up(RANGE_DEG), rested_s=1.5) == pytest.approx((12, 38), abs=0.01)


def test_a_rest_aside_of_the_way_is_a_slip() -> None:
    jumped_deg, _ = _after(_up(9, 9), _up(RANGE_DEG))
    assert jumped_deg == pytest.approx(12.7, abs=0.1)


def test_a_rest_that_is_far_away_is_believed_at_once() -> None:
    assert _after(_up(25), _up(RANGE_DEG)) == pytest.approx((25, 25), abs=0.01)


def test_who_turned_round_above_rest_does_so_after_a_slip() -> None:
    turned_round = _after(_up(32), _up(RANGE_DEG + 25), rested_s=-0.5, lift_deg=7)
    assert turned_round == pytest.approx((25, RANGE_DEG), abs=0.01)
    rested = _after(_up(32), _up(RANGE_DEG + 25), rested_s=1.0, lift_deg=7)
    assert rested == pytest.approx((32, RANGE_DEG - 7), abs=0.01)


def test_partial_attempts_do_not_tell_what_is_usual() -> None:
    pose = RestPose(_up(0))
    for deg in (50, 20, 50, 22):
        pose.measure(_up(0), _up(deg))
    assert pose.take(Rest(_up(12), 0.7, 0), _up(62), RANGE_DEG, lambda: 0.0) == pytest.approx(12)


def test_the_last_attempt_tells_whether_the_strap_may_have_slipped() -> None:
    pose = RestPose(_up(0))
    assert not pose.is_likelier(_up(12))
    for _ in range(3):
        pose.measure(_up(0), _up(RANGE_DEG))
    assert not pose.is_likelier(_up(12))
    pose.measure(_up(0), _up(62))
    assert pose.is_likelier(_up(12))
    assert not pose.is_likelier(_up(5))
