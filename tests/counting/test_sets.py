"""Attempts in the order in which a set sees them: which of them are told, and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imu_reps.core.events import SetEnd
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.ground import Pattern
from imu_reps.counting.limits import BREAK_S
from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import SetGate
from imu_reps.movements import movement_named
from tests.counting.attempts import REST_UP, seen
from tests.counting.counts import codes_of, partials_of, reps_of

ODD = {"deg": 27.0, "aside_deg": 20.0, "out_s": 0.4, "hold_s": 5.0, "back_s": 0.4}
"""Gone less far and to the side, out and back much quicker than in a rep, after a long stay."""


def _told(attempts: list[Seen]) -> tuple[list[int], int]:
    """How many reps are told after each attempt, and how many more when the data end."""
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    told = [len(reps_of(gate.attempt(one))) for one in attempts]
    return told, len(reps_of(gate.finish()))


@pytest.mark.parametrize(
    ("first", "told"), [({}, [0, 2, 1, 1]), (ODD, [0, 0, 2, 1])], ids=["a rep", "odd"]
)
def test_the_first_is_one_if_the_two_after_it_say_so(
    first: dict[str, float], told: list[int]
) -> None:
    attempts = [seen(0.0, **first), seen(6.0), seen(12.0), seen(18.0)]
    assert _told(attempts) == (told, 0)


def test_of_two_that_are_unlike_each_other_both_count() -> None:
    assert _told([seen(0.0, **ODD), seen(6.0)]) == ([0, 0], 2)


def test_an_odd_one_counts_with_the_next_and_not_at_the_end() -> None:
    reps = [seen(6.0 * number) for number in range(4)]
    assert _told([*reps, seen(24.0, **ODD), seen(30.0)]) == ([0, 2, 1, 1, 0, 2], 0)
    assert _told([*reps, seen(24.0, **ODD)]) == ([0, 2, 1, 1, 0], 0)


@pytest.mark.parametrize(("deg", "partials"), [(22.8, 1), (23.5, 0), (24.5, 0)])
def test_less_than_six_tenths_is_a_partial_attempt_beyond_the_doubt_of_sway(
    deg: float, partials: int
) -> None:
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    told = [gate.attempt(seen(6.0 * number)) for number in range(4)]
    told += [gate.attempt(seen(24.0, deg)), gate.attempt(seen(30.0))]
    events = [event for some in told for event in some]
    assert (len(partials_of(events)), len(reps_of(events))) == (partials, 6 - partials)


@pytest.mark.parametrize(("last_deg", "reps"), [(48.0, 2), (40.0, 3)])
def test_a_small_attempt_early_in_a_set_is_judged_by_the_next(last_deg: float, reps: int) -> None:
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    small = seen(6.0, 24.5, out_s=1.4, back_s=1.9)
    assert not gate.attempt(seen(0.0, 40.0))
    assert not gate.attempt(small)
    told = gate.attempt(seen(12.0, last_deg, out_s=1.6))
    assert len(reps_of(told)) == reps
    assert len(partials_of(told)) == 3 - reps


def test_a_small_attempt_counts_where_no_other_comes() -> None:
    reps = [seen(0.0), seen(6.0)]
    assert _told([*reps, seen(12.0, 26.0)]) == ([0, 2, 0], 1)


def test_one_small_attempt_waits_and_no_more() -> None:
    assert _told([seen(0.0), *(seen(6.0 * n, 26.0) for n in range(1, 5))])[0] == [0, 0, 3, 1, 1]


def _with_one_that_waits() -> SetGate:
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    for one in (seen(0.0), seen(6.0), seen(12.0, 26.0)):
        gate.attempt(one)
    return gate


def test_one_that_waits_is_told_where_its_set_goes_on_in_another_way() -> None:
    told = _with_one_that_waits().open(Pattern(0, 18.0, REST_UP, seen().far_up, 0, 0))
    assert len(reps_of(told)) == 1


def test_the_break_after_a_set_begins_when_one_that_waits_is_over() -> None:
    gate, over_s = _with_one_that_waits(), seen(12.0).end_s
    assert not gate.passed(over_s + BREAK_S - 0.1)
    assert isinstance(gate.passed(over_s + BREAK_S + 0.1)[-1], SetEnd)


def _told_after(tried: list[Seen]) -> list[object]:
    """What is told of a set before which so much has been tried."""
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    gate.tried(tried)
    events = [*gate.attempt(seen(20.0)), *gate.attempt(seen(26.0)), *gate.finish()]
    return [event.as_dict()["event"] for event in events]


REPS = ["set_start", "rep", "rep", "set_end"]
PARTIALS = ["set_start", "partial", "partial", "rep", "rep", "set_end"]


def test_a_set_begins_with_the_partial_attempts_before_its_first_rep() -> None:
    assert _told_after([seen(8.0, 14.0), seen(14.0, 12.0)]) == PARTIALS


@pytest.mark.parametrize(
    "tried",
    [
        seen(14.0, 6.0),
        seen(14.0, 14.0, aside_deg=15.0, out_s=0.4, back_s=0.6),
        seen(-20.0, 14.0),
        seen(14.0),
        seen(19.0, 14.0),
    ],
    ids=["small", "unlike", "long ago", "a rep", "still going on"],
)
def test_what_else_is_done_before_a_set_is_none_of_it(tried: Seen) -> None:
    assert _told_after([tried]) == REPS


def test_a_partial_attempt_is_told_once_where_its_set_goes_on_in_another_way() -> None:
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    events = []
    for attempts in ([seen(20.0), seen(26.0), seen(32.0, 14.0)], [seen(38.0), seen(44.0)]):
        gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
        gate.tried([seen(32.0, 14.0)])
        events += [event for one in attempts for event in gate.attempt(one)]
    assert len(partials_of(events)) == 1
    assert len(reps_of(events)) == 4


def test_what_is_typical_of_a_set_is_told_by_its_first_reps_too() -> None:
    # Fatigue: the latest reps alone would make a rep of what goes 0.55 of the way.
    degs = [44.0, 43.0, 42.0, 41.0, 40.0, 38.0, 36.0, 34.0, 32.0, 30.0]
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    for place, deg in enumerate(degs):
        gate.attempt(seen(6.0 * place, deg))
    assert len(partials_of(gate.attempt(seen(60.0, 21.5)))) == 1


@pytest.mark.parametrize(("number", "codes"), [(0, []), (2, ["strap_slipped"])])
def test_a_rest_pose_that_is_another_before_the_first_rep_is_no_slip(
    number: int, codes: list[str]
) -> None:
    attempts = [seen(6.0 * count) for count in range(5)]
    attempts[number] = replace(attempts[number], moved_deg=12.0)
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 0, 0))
    assert codes_of(event for one in attempts for event in gate.attempt(one)) == codes
