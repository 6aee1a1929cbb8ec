"""The way through a plan, and a person who takes another one."""

from __future__ import annotations

from imu_reps.core.words import Leg
from imu_reps.session.coaching.course import Course
from imu_reps.session.planning.plan import Exercise, Plan, Target
from tests.session.coaching.coached import bridge, planned

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


def _way(course: Course) -> list[tuple[Leg, int]]:
    """The set that it is the turn of, and all after it."""
    way = [(course.step.leg, course.step.number)]
    while course.advance():
        way.append((course.step.leg, course.step.number))
    return way


def test_the_sets_come_as_planned() -> None:
    course = Course(planned())
    assert course.upcoming is not None
    assert _way(course) == [(LEFT, 1), (LEFT, 2), (RIGHT, 1), (RIGHT, 2)]
    assert course.upcoming is None


def test_the_other_leg_comes_first_and_what_was_put_off_comes_later() -> None:
    course = Course(planned())
    course.put_off()
    course.change_leg(RIGHT, 1)
    assert _way(course) == [(RIGHT, 1), (LEFT, 1), (LEFT, 2), (RIGHT, 2)]


def test_a_set_that_was_begun_does_not_come_again() -> None:
    course = Course(planned())
    course.change_leg(RIGHT, 1)
    assert _way(course) == [(RIGHT, 1), (LEFT, 2), (RIGHT, 2)]


def test_one_more_set_than_planned_has_the_number_that_it_is_given() -> None:
    course = Course(planned(sets=1))
    course.change_leg(RIGHT, 1)
    course.change_leg(LEFT, 2)
    assert _way(course) == [(LEFT, 2)]


def test_without_a_number_of_sets_there_is_always_one_more() -> None:
    course = Course(Plan((Exercise(bridge(), (LEFT,), None, Target(), None),)))
    course.put_off()
    assert course.advance()
    assert (course.step.leg, course.step.number) == (LEFT, 2)
