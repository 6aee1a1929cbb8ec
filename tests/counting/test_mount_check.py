"""What is said of a mount names a mend that is one."""

from __future__ import annotations

import pytest

from imu_reps.core.events import Event
from imu_reps.core.words import Mount
from imu_reps.counting.mount_check import unclear
from imu_reps.movements import all_movements, movement_named
from tests.counting.counts import codes_of, events_of, reps_of
from tests.legs import Leg


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


def test_what_goes_farther_than_the_mount_turns_is_told_and_not_counted() -> None:
    events = events_of(Leg().rest(3).reps(6, 70.0).rest(2).samples(), "deadlift", Mount.THIGH)
    assert codes_of(events) == ["no_such_excursion"]
    assert not reps_of(events)


def test_what_goes_less_far_than_the_mount_turns_is_told_and_not_counted() -> None:
    events = events_of(Leg().rest(3).reps(6, 9.0).rest(2).samples(), "deadlift", Mount.CHEST)
    assert codes_of(events) == ["no_clear_excursion"]
    assert not reps_of(events)


def _to_and_fro(movement: str, period_s: float, count: int = 8) -> list[Event]:
    """Touch-and-go: as long out as back, without any hold."""
    leg = Leg().rest(3).reps(count, 60.0, 0.0, out=period_s / 2, hold=0.0, back=period_s / 2)
    return events_of(leg.rest(2).samples(), movement, Mount.CHEST)


@pytest.mark.parametrize(
    ("movement", "period_s"), [("generic", 1.7), ("back-extension", 2.1), ("deadlift", 2.7)]
)
def test_what_is_quicker_than_anybody_trains_is_told_and_not_counted(
    movement: str, period_s: float
) -> None:
    events = _to_and_fro(movement, period_s)
    assert codes_of(events) == ["too_quick"]
    assert not reps_of(events)
    assert not _to_and_fro(movement, period_s, count=3)


def test_strokes_that_are_quicker_than_anybody_trains_are_told_and_not_counted() -> None:
    def bows(count: int) -> list[Event]:
        leg = Leg().rest(3).reps(count, 40.0, 4.0, out=0.8, hold=0.2, back=0.8)
        return events_of(leg.rest(2).samples(), "deadlift", Mount.CHEST)

    assert codes_of(bows(7)) == ["too_quick"]
    assert not reps_of(bows(7))
    assert not bows(4)


@pytest.mark.parametrize(
    ("movement", "period_s"), [("generic", 1.8), ("back-extension", 2.4), ("deadlift", 3.1)]
)
def test_touch_and_go_may_be_quicker_than_the_movement_asks_for(
    movement: str, period_s: float
) -> None:
    events = _to_and_fro(movement, period_s)
    assert len(reps_of(events)) == 8
    assert not codes_of(events)


@pytest.mark.parametrize("times", [0.6, 1.0, 2.0])
def test_any_tempo_that_people_train_in_is_counted(times: float) -> None:
    leg = Leg().rest(3).reps(8, 30.0, 0.1, out=1.0 * times, hold=1.5 * times, back=2.0 * times)
    events = events_of(leg.rest(2).samples(), "bridge", Mount.THIGH)
    assert len(reps_of(events)) == 8
    assert not codes_of(events)


def test_a_second_up_and_a_second_down_is_a_bridge() -> None:
    leg = Leg().rest(3).reps(10, 33.0, 0.1, out=1.0, hold=0.0, back=1.0)
    assert len(reps_of(events_of(leg.rest(2).samples(), "bridge", Mount.THIGH))) == 10


def test_sitting_down_three_times_is_not_told_of() -> None:
    leg = Leg().rest(5)
    for stays_s in (5, 9, 3):
        leg.move(85, 2).rest(stays_s).move(0, 1.5).rest(4)
    assert not events_of(leg.samples(), "bridge", Mount.ANKLE)
