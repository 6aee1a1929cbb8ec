"""Counts and what a person corrects in them by a key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Rep
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.movements import movement_named
from imu_reps.session.coaching.limb import Limb
from imu_reps.session.coaching.tally import Tally
from tests.legs import Leg
from tests.session.coaching.coached import planned
from tests.sets import a_partial, a_rep


def _tally(*attempts: object) -> Tally:
    tally = Tally(planned().steps()[0])
    for attempt in attempts:
        tally.count(attempt)  # type: ignore[arg-type]
    return tally


def _limb(leg: Leg) -> Limb:
    limb = Limb(movement_named("bridge").view(Mount.THIGH))
    limb.update(leg.samples())
    return limb


def test_undo_takes_back_one_after_the_other() -> None:
    tally = _tally(a_rep(Side.LEFT, 1), a_rep(Side.LEFT, 2))
    for reps in (1, 0):
        label = tally.undo()
        assert label is not None
        tally.label(label.note(0))
        assert tally.reps == reps
    assert tally.undo() is None


def test_the_last_attempt_is_that_of_the_leg_at_work() -> None:
    tally = _tally(a_rep(Side.LEFT, 1), a_rep(Side.LEFT, 2))
    steps = planned().steps()
    right = next(step for step in steps if step.leg is Side.RIGHT)
    tally.begin(right)
    assert tally.last is None
    tally.count(a_rep(Side.RIGHT, 3))
    assert tally.last == a_rep(Side.RIGHT, 3)
    tally.begin(steps[0])
    assert tally.last == a_rep(Side.LEFT, 2)


def test_add_after_an_undo_gives_back_what_was_taken() -> None:
    tally = _tally(a_rep(Side.LEFT, 1))
    label = tally.undo()
    assert label is not None
    tally.label(label.note(0))
    tally.label(tally.add(_limb(Leg().rest(3)).trace(), 15.0).note(0))
    assert tally.reps == 1


def test_what_was_taken_back_twice_is_given_back_twice() -> None:
    tally = _tally(a_rep(Side.LEFT, 1), a_rep(Side.LEFT, 2))
    for _ in range(2):
        label = tally.undo()
        assert label is not None
        tally.label(label.note(0))
    trace = _limb(Leg().rest(3)).trace()
    for reps in (1, 2):
        tally.label(tally.add(trace, 25.0).note(0))
        assert tally.reps == reps


def test_add_makes_a_rep_of_a_partial_just_seen() -> None:
    partial = a_partial(Side.LEFT, 10.0)
    tally = _tally(partial)
    tally.label(tally.add(_limb(Leg().rest(3)).trace(), partial.end_s + 1).note(0))
    assert (tally.reps, tally.partials) == (1, 0)


def test_add_measures_what_was_missed() -> None:
    limb = _limb(Leg().rest(3).rep(deg=30, out=1.0, hold=1.0, back=1.5).rest(1))
    tally = _tally()
    tally.label(tally.add(limb.trace(), 7.5).note(0))
    added = tally.last
    assert isinstance(added, Rep)
    assert added.rom_deg == pytest.approx(30.0, abs=1.0)
    assert added.end_s - added.start_s == pytest.approx(3.0, abs=0.3)


def test_what_was_added_before_it_was_counted_counts_once() -> None:
    limb = _limb(Leg().rest(3).rep(deg=30, out=1.0, hold=1.0, back=1.5).rest(1))
    tally = _tally()
    tally.label(tally.add(limb.trace(), 7.5).note(0))
    tally.count(a_rep(Side.LEFT, 1, start_s=3.2, end_s=6.3))
    assert tally.reps == 1


def test_what_was_added_stays_with_the_leg_that_did_it() -> None:
    limb = _limb(Leg().rest(3).rep(deg=30, out=1.0, hold=1.0, back=1.5).rest(1))
    tally = _tally()
    tally.label(tally.add(limb.trace(), 7.5).note(0))
    right = next(step for step in planned().steps() if step.leg is Side.RIGHT)
    tally.begin(right)
    assert tally.last is None
    assert [len(tally.reps_of(step)) for step in (planned().steps()[0], right)] == [1, 0]


def test_nothing_is_added_where_nothing_has_moved() -> None:
    with pytest.raises(BadUsage, match="hardly turns"):
        _tally().add(_limb(Leg().rest(10)).trace(), 10.0)


def test_each_step_has_its_own() -> None:
    first = a_rep(Side.LEFT, 1)
    tally = _tally(first)
    tally.begin(planned().steps()[1])
    assert tally.reps == 0
    tally.count(replace(first, start_s=50.0, end_s=54.0))
    assert tally.reps == 1
    assert len(tally.reps_of(planned().steps()[1])) == 2
