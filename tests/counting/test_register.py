"""The numbers of what is told."""

from __future__ import annotations

from dataclasses import replace

from imu_reps.core.events import Partial, Rep, SetEnd, SetStart
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.measure import Measures
from imu_reps.counting.register import Register
from imu_reps.movements import movement_named

MEASURES = Measures(1.0, 1.0, 1.0, 1.0, 4.0, 40.0, 0.5, 60.0, 45.0)


def _register() -> Register:
    return Register(movement_named("bridge"), Leg.LEFT, Mount.THIGH)


def test_a_set_starts_with_its_first_attempt_and_counts_from_one() -> None:
    register = _register()
    events = register.add(MEASURES, partial=False)
    events += register.add(replace(MEASURES, start_s=5.0, end_s=8.0), partial=True)
    events += register.end()
    events += register.add(replace(MEASURES, start_s=60.0, end_s=63.0), partial=False)
    start, rep, partial, end, start_again, rep_again = events
    assert isinstance(start, SetStart)
    assert isinstance(rep, Rep)
    assert isinstance(partial, Partial)
    assert isinstance(end, SetEnd)
    assert isinstance(start_again, SetStart)
    assert isinstance(rep_again, Rep)
    assert (start.time_s, rep.number, end.reps, end.partials, end.time_s) == (1.0, 1, 1, 1, 8.0)
    assert (start_again.set, start_again.time_s, rep_again.number) == (2, 60.0, 1)


def test_nothing_ends_that_has_not_begun() -> None:
    assert _register().end() == []


def test_nobody_is_in_two_reps_at_once() -> None:
    register = _register()
    register.add(MEASURES, partial=False)
    (rep,) = register.add(replace(MEASURES, start_s=3.0, end_s=7.0), partial=False)
    assert isinstance(rep, Rep)
    assert rep.start_s == 4.0


def test_what_is_left_of_an_attempt_is_none_where_it_is_over_too_soon() -> None:
    wobble = replace(MEASURES, start_s=3.0, end_s=5.1)
    register = _register()
    register.add(MEASURES, partial=False)
    assert register.add(wobble, partial=True) == []
    (rep,) = register.add(wobble, partial=False)
    assert isinstance(rep, Rep)
    assert (rep.number, rep.start_s) == (2, 4.0)
    rest = replace(MEASURES, start_s=5.0, out_s=0.1, hold_s=0.1, back_s=0.4, end_s=5.6)
    assert register.add(rest, partial=False) == []
    (end,) = register.end()
    assert isinstance(end, SetEnd)
    assert (end.reps, end.partials, end.time_s) == (2, 0, 5.1)


def test_no_set_starts_with_a_wobble() -> None:
    register = _register()
    assert register.add(replace(MEASURES, end_s=2.0), partial=True) == []
    assert register.end() == []
