"""How likely a segment lies as it seems to, for movements whose leans are known."""

from __future__ import annotations

import pytest

from imu_reps.core.words import Mount
from imu_reps.motion.lean import Leans, lean_likelihood
from imu_reps.movements import movement_named


def beside(movement: str, other: str, mount: Mount, turn_deg: float, **seen: Leans) -> float:
    """How many times likelier one movement lies like this than another."""
    one, two = (
        lean_likelihood(
            movement_named(name).view(mount), mount, turn_deg, seen.get("walk"), seen.get("axis")
        )
        for name in (movement, other)
    )
    return one / two


@pytest.mark.parametrize("witness", ["walk", "axis"])
def test_each_witness_tells_a_trunk_that_hangs_from_one_that_bows(witness: str) -> None:
    bowing = beside("deadlift", "back-extension", Mount.CHEST, 50.0, **{witness: (4.0, 54.0)})
    hanging = beside("deadlift", "back-extension", Mount.CHEST, 60.0, **{witness: (62.0, 122.0)})
    assert bowing > 3.0
    assert hanging < 1 / 3.0


def test_where_nothing_tells_it_all_are_alike() -> None:
    assert beside("bridge", "ball-curl", Mount.THIGH, 30.0) == pytest.approx(1.0)


def test_two_witnesses_who_agree_are_believed_more() -> None:
    leans = (128.0, 98.0)
    one = beside("bridge", "ball-curl", Mount.THIGH, 30.0, walk=leans)
    assert beside("bridge", "ball-curl", Mount.THIGH, 30.0, walk=leans, axis=leans) > 1.5 * one


def test_a_witness_who_is_wrong_does_not_outvote_the_other() -> None:
    # The strap was pulled round after the walk.
    told = beside("bridge", "ball-curl", Mount.THIGH, 30.0, walk=(10.0, 40.0), axis=(128.0, 98.0))
    assert told > 1.0


def test_a_free_leg_may_hang_from_its_axis_a_planted_shank_stands_on_it() -> None:
    def fit(movement: str, mount: Mount, axis: Leans) -> float:
        return lean_likelihood(movement_named(movement).view(mount), mount, 60.0, None, axis)

    up, down = (25.0, 85.0), (155.0, 95.0)
    free, planted = ("deadlift", Mount.FREE_ANKLE), ("bridge", Mount.ANKLE)
    assert fit(*free, down) == pytest.approx(fit(*free, up))
    assert fit(*planted, down) < 0.5 * fit(*planted, up)


def test_a_free_leg_may_turn_either_way() -> None:
    bridge = movement_named("bridge").view(Mount.FREE_THIGH)
    with_the_pelvis, beside_the_other = (
        lean_likelihood(bridge, Mount.FREE_THIGH, 35.0, leans, leans)
        for leans in ((110.0, 145.0), (110.0, 75.0))
    )
    assert with_the_pelvis > beside_the_other > 0.1 * with_the_pelvis
