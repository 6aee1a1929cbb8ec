"""Attempts in the order in which a set sees them: which of them are told, and when."""

from __future__ import annotations

import pytest

from imu_reps.core.words import Leg, Mount
from imu_reps.counting.ground import Pattern
from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import SetGate
from imu_reps.movements import movement_named
from tests.counting.attempts import REST_UP, seen
from tests.counting.counts import reps_of

ODD = {"deg": 27.0, "aside_deg": 20.0, "out_s": 0.4, "hold_s": 5.0, "back_s": 0.4}
"""Gone less far and to the side, out and back much quicker than in a rep, after a long stay."""


def _told(attempts: list[Seen]) -> tuple[list[int], int]:
    """How many reps are told after each attempt, and how many more when the data end."""
    gate = SetGate(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    gate.open(Pattern(0, 0.0, REST_UP, seen().far_up, 4.0))
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
