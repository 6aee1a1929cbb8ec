"""What the sets before tell of the next one, and what they do not."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.events import SetEnd
from imu_reps.core.words import Mount
from imu_reps.counting.earlier import Course, Courses
from imu_reps.counting.excursion import Plane
from tests.counting.attempts import REST_UP
from tests.counting.counts import codes_of, events_of, partials_of, reps_of
from tests.legs import Leg

WAY = np.array([1.0, 0.0, 0.0])


def _sets(leg: Leg, movement: str = "bridge", mount: Mount = Mount.THIGH) -> list[int]:
    """The reps of each set."""
    events = events_of(leg.samples(sway_deg=0.3), movement, mount)
    return [event.reps for event in events if isinstance(event, SetEnd)]


@pytest.mark.parametrize(("turned_deg", "rest"), [(0, 0), (40, 0), (90, None), (180, 1)])
def test_rest_is_where_a_known_way_begins(turned_deg: float, rest: int | None) -> None:
    turned = np.radians(turned_deg)
    way = np.array([np.cos(turned), np.sin(turned), 0.0])
    assert Course(Plane(REST_UP, WAY), 30.0).rest(Plane(REST_UP, way)) == rest


def test_the_set_that_goes_on_tells_more_than_the_one_before() -> None:
    now, before = Course(Plane(REST_UP, WAY), 40.0), Course(Plane(REST_UP, WAY), 20.0)
    plane = Plane(REST_UP, WAY)
    assert Courses(now, before).range_deg(plane, 0) == 40.0
    assert Courses(None, before).range_deg(plane, 0) == 20.0
    assert Courses(now, before).range_deg(plane, 1) is None


@pytest.mark.parametrize(("times", "partials"), [(3, 3), (5, 0)])
def test_a_few_small_reps_before_larger_ones_are_partial_attempts(
    times: int, partials: int
) -> None:
    leg = Leg().rest(6).reps(5, 36).rest(30).reps(times, 18).reps(4, 36).rest(3)
    events = events_of(leg.samples(), "bridge")
    assert len(partials_of(events)) == partials
    assert len(reps_of(events)) == 5 + times - partials + 4


@pytest.mark.parametrize("times", [3, 4, 6])
@pytest.mark.parametrize("after_s", [3, 25])
def test_small_reps_after_which_no_larger_ones_come_are_a_set(times: int, after_s: float) -> None:
    assert _sets(Leg().rest(6).reps(5, 36).rest(30).reps(times, 18).rest(after_s)) == [5, times]


def test_a_warm_up_takes_nothing_from_the_sets_after_it() -> None:
    leg = Leg().rest(6).reps(5, 16, 1.5)
    for _ in range(3):
        leg.rest(30).reps(4, 36, 1.5)
    assert _sets(leg.rest(25)) == [5, 4, 4, 4]


@pytest.mark.parametrize("times", [2, 3])
def test_a_set_that_goes_on_elsewhere_is_measured_by_itself(times: int) -> None:
    # The first set is half as large as the second, in which the rest pose moves by 30 degrees.
    leg = Leg().rest(6).reps(5, 18, 1.5).rest(30).reps(6, 40, 1.5).rest(2).move(30, 1.5)
    leg.rest(4).reps(times, 40, 1.5).rest(10)
    assert _sets(leg, "bridge", Mount.ANKLE) == [5, 6 + times]


def test_two_reps_that_are_less_alike_are_a_set_after_another_one() -> None:
    def then_two(leg: Leg) -> Leg:
        return leg.rep(30).rest(1).rep(28, 1.2, 0.8, 1.75).rest(25)

    assert _sets(then_two(Leg().rest(6))) == []
    assert _sets(then_two(Leg().rest(6).reps(5).rest(30))) == [5, 2]


@pytest.mark.parametrize("movement", ["bridge", "generic"])
def test_two_the_other_way_are_none(movement: str) -> None:
    leg = Leg().rest(6).reps(5).rest(30).rep(-30).rest(1).rep(-28, 1.2, 0.8, 1.75).rest(25)
    assert _sets(leg, movement) == [5]


def test_what_has_been_a_set_is_not_unusual_for_the_next_one() -> None:
    # Beyond what the table has for the chest. Four of these slow reps are all that is looked at.
    slow = {"out": 5.0, "hold": 5.0, "back": 4.0}
    leg = Leg().rest(6).reps(6, 66, **slow).rest(40).reps(4, 74, 5.0, **slow).rest(30)
    assert _sets(leg, "deadlift", Mount.CHEST) == [6, 4]


def test_no_set_makes_a_mount_turn_farther_than_it_can() -> None:
    leg = Leg().rest(6).reps(5, 40, 1.5).rest(30).reps(6, 66, 1.5).rest(25)
    events = events_of(leg.samples(), "bridge")
    assert [event.reps for event in events if isinstance(event, SetEnd)] == [5]
    assert not codes_of(events)


@pytest.mark.parametrize("rest_s", [78.0, 85.0, 108.0])
def test_a_set_in_doubt_that_began_long_ago_is_still_known(rest_s: float) -> None:
    # The first small rep is a minute and more before it is known whether they are partial attempts.
    leg = Leg().rest(3).reps(6, 60).rest(rest_s).reps(3, 28, 15.0).rest(40)
    samples = leg.samples()
    whole = events_of(samples, "bridge")
    assert len(reps_of(whole)) == 9
    for rows in (10, 137, 1000):
        chunks = [samples[at : at + rows] for at in range(0, len(samples), rows)]
        assert events_of(chunks, "bridge") == whole
