"""What is said of a mount names a mend that is one."""

from __future__ import annotations

import pytest

from imu_reps.core.words import Mount
from imu_reps.counting.mount_check import unclear
from imu_reps.movements import all_movements, movement_named


def test_who_wears_it_well_is_told_to_go_further() -> None:
    text = unclear(movement_named("bridge"), Mount.THIGH, 5.0).text
    assert text.endswith("go further or wear it on the ankle")


def test_who_does_not_is_told_where_to_wear_it() -> None:
    text = unclear(movement_named("deadlift"), Mount.THIGH, 5.0).text
    assert text.endswith("wear it on the free-ankle or free-thigh or chest")


@pytest.mark.parametrize("movement", all_movements())
@pytest.mark.parametrize("mount", Mount)
def test_nobody_is_sent_to_where_the_strap_is(movement: str, mount: Mount) -> None:
    mend = unclear(movement_named(movement), mount, 5.0).text.split("too little to count: ")[1]
    assert mount.value not in mend.replace(",", "").split()
