"""How a segment lies tells which end of a way is rest, once somebody has walked."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount
from imu_reps.counting.posture import MOST_LEAD, Posture
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
from imu_reps.movements import movement_named
from tests.legs import strides

TIME_S = np.arange(0.0, 10.0, 0.02)


def _leaning(*lean_deg: float) -> Floats:
    """Where up is (n, 3) for a sensor on a segment that leans so far from upright."""
    lean = np.radians(lean_deg)
    return np.stack([np.sin(lean), np.zeros_like(lean), np.cos(lean)], axis=1)


def _after_a_walk(movement: str, mount: Mount, forwards_part: float = 0.5) -> Posture:
    up = _leaning(*(20.0 * strides(TIME_S, forwards_part)))
    posture = Posture(movement_named(movement).view(mount), mount)
    n = len(TIME_S)
    posture.update(Poses(TIME_S, up, Steady(up, np.zeros(n), np.full(n, 2.0), *[np.zeros(n)] * 2)))
    return posture


@pytest.mark.parametrize(
    ("movement", "mount", "rest_deg", "far_deg"),
    [
        ("ball-curl", Mount.ANKLE, 95.0, 40.0),
        ("bridge", Mount.THIGH, 125.0, 95.0),
        ("back-extension", Mount.CHEST, -60.0, -130.0),
        ("deadlift", Mount.CHEST, 0.0, -45.0),
    ],
)
def test_rest_is_where_the_segment_lies_as_at_rest(
    movement: str, mount: Mount, rest_deg: float, far_deg: float
) -> None:
    posture, ends = _after_a_walk(movement, mount), _leaning(rest_deg, far_deg)
    assert posture.lead(ends, 20.0) > 1.0
    assert posture.lead(ends[::-1], 20.0) == pytest.approx(-posture.lead(ends, 20.0))


@pytest.mark.parametrize(("forwards_part", "sign"), [(0.4, 1.0), (0.5, 0.0), (0.6, -1.0)])
def test_which_way_it_turns_tells_rest_of_one_who_lifts_the_knee(
    forwards_part: float, sign: float
) -> None:
    ends = _leaning(60.0, -10.0)
    even = _after_a_walk("deadlift", Mount.FREE_THIGH).lead(ends, 20.0)
    told = _after_a_walk("deadlift", Mount.FREE_THIGH, forwards_part).lead(ends, 20.0)
    assert told - even == pytest.approx(sign * MOST_LEAD, abs=0.1)


def test_a_way_over_the_head_is_one_way() -> None:
    ends = _leaning(170.0, -165.0)
    leads = [_after_a_walk("bridge", Mount.THIGH, part).lead(ends, 20.0) for part in (0.4, 0.5)]
    # It leans back, and on: a bridge's thigh comes forwards.
    assert leads[0] - leads[1] == pytest.approx(-MOST_LEAD, abs=0.1)


def test_a_strap_turned_by_a_quarter_tells_no_way() -> None:
    x, _, z = _leaning(60.0, -10.0).T
    about = np.radians(80.0)
    ends = np.stack([x * np.cos(about), x * np.sin(about), z], axis=1)
    leads = [
        _after_a_walk("deadlift", Mount.FREE_THIGH, part).lead(ends, 20.0) for part in (0.4, 0.6)
    ]
    assert leads[0] == pytest.approx(leads[1], abs=0.1)


def test_a_chest_does_not_swing() -> None:
    ends = _leaning(0.0, -45.0)
    leads = [_after_a_walk("deadlift", Mount.CHEST, part).lead(ends, 20.0) for part in (0.4, 0.6)]
    assert leads[0] == pytest.approx(leads[1], abs=0.1)


def test_nothing_tells_before_the_walk_in_generic_and_of_a_leg_that_is_carried() -> None:
    ends = _leaning(110.0, 145.0)
    assert _after_a_walk("bridge", Mount.THIGH).lead(ends, 2.0) == 0.0
    assert _after_a_walk("generic", Mount.THIGH).lead(ends, 20.0) == 0.0
    assert _after_a_walk("bridge", Mount.FREE_THIGH).lead(ends, 20.0) == 0.0


@pytest.mark.parametrize(
    ("movement", "mount"),
    [("deadlift", Mount.FREE_THIGH), ("back-extension", Mount.FREE_THIGH)],
)
def test_a_thigh_sits_that_should_lean_forwards_and_leans_back(movement: str, mount: Mount) -> None:
    posture = _after_a_walk(movement, mount, 0.4)
    for ends in (_leaning(0.0, 85.0), _leaning(85.0, 0.0)):
        assert posture.may_sit(ends, 20.0)
        assert not posture.may_sit(ends, 2.0)
        assert not posture.may_sit(ends, 120.0)


@pytest.mark.parametrize(
    ("movement", "mount", "forwards_part", "far_deg"),
    [
        ("deadlift", Mount.FREE_THIGH, 0.4, -85.0),
        ("deadlift", Mount.FREE_THIGH, 0.4, 25.0),
        ("deadlift", Mount.FREE_THIGH, 0.5, 85.0),
        ("deadlift", Mount.FREE_ANKLE, 0.4, 85.0),
        ("deadlift", Mount.CHEST, 0.4, 85.0),
        ("bridge", Mount.THIGH, 0.4, 85.0),
        ("generic", Mount.THIGH, 0.4, 85.0),
    ],
    ids=["bends", "hangs", "even steps", "a shank", "a trunk", "lies", "anything"],
)
def test_nothing_else_sits(
    movement: str, mount: Mount, forwards_part: float, far_deg: float
) -> None:
    posture = _after_a_walk(movement, mount, forwards_part)
    for ends in (_leaning(0.0, far_deg), _leaning(far_deg, 0.0)):
        assert not posture.may_sit(ends, 20.0)


@pytest.mark.parametrize("knee_deg", [40.0, 60.0])
def test_who_lifts_the_knee_and_bends_does_not_sit(knee_deg: float) -> None:
    posture = _after_a_walk("deadlift", Mount.FREE_THIGH, 0.4)
    assert not posture.may_sit(_leaning(knee_deg, -30.0), 20.0)
