"""Attempts beside the reps of a set: how unlike are they?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import UNLIKELY
from imu_reps.counting.unlike import unlikeliness
from tests.counting.attempts import seen


def a_set(part: float = 0.0, count: int = 5) -> list[Seen]:
    """Reps that differ by so much, one more and one less, from each other."""
    reps = []
    for number in range(count):
        times = 1.0 + part * (-1) ** number
        begin_s = 6.0 * number
        reps.append(seen(begin_s, 40.0 * times, out_s=1.5 * times, back_s=2.0 / times))
    return reps


ODD = {
    "smaller": {"deg": 26.0},
    "longer on its way out": {"out_s": 4.0},
    "quicker back": {"back_s": 0.7},
    "held for long": {"hold_s": 6.0},
    "gone aside": {"aside_deg": 25.0},
}


def test_one_of_the_reps_is_not_unlike_them() -> None:
    reps = a_set()
    assert unlikeliness(seen(30.0), reps, 1.5) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("name", ODD)
def test_one_odd_trait_is_no_proof(name: str) -> None:
    reps = a_set(0.05)
    one = unlikeliness(seen(30.0, **ODD[name]), reps, 1.5)
    assert 2.0 < one < UNLIKELY
    for other, odd in ODD.items():
        two = unlikeliness(seen(30.0, **(ODD[name] | odd)), reps, 1.5)
        assert two > one + 2.0 or other == name


def test_three_odd_traits_are_enough() -> None:
    odd = seen(30.0, **(ODD["smaller"] | ODD["longer on its way out"] | ODD["held for long"]))
    assert unlikeliness(odd, a_set(0.05), 1.5) > UNLIKELY


def test_who_does_each_rep_in_her_own_way_is_given_room() -> None:
    odd = seen(30.0, 28.0, out_s=2.6, back_s=1.4)
    alike, uneven = (unlikeliness(odd, a_set(part), 1.5) for part in (0.02, 0.25))
    assert uneven < 0.6 * alike


def test_two_reps_tell_less_than_five() -> None:
    odd = seen(30.0, 26.0, out_s=3.5)
    few, many = (unlikeliness(odd, a_set(0.02, count), 1.5) for count in (1, 5))
    assert few < many


def test_who_comes_late_or_shakes_the_limb_is_less_likely_one() -> None:
    reps = a_set()
    usual = unlikeliness(seen(30.0), reps, 1.5)
    # Late is a sign of something, and no proof: people take a breath before the last one.
    assert usual + 2.0 < unlikeliness(seen(30.0), reps, 12.0) < UNLIKELY / 2
    assert unlikeliness(seen(30.0), reps, 0.0) == usual
    shaken = replace(seen(30.0), shake_ms2=1.5)
    calm = replace(seen(30.0), shake_ms2=0.1)
    assert unlikeliness(shaken, reps, 1.5) > usual + 3.0
    assert unlikeliness(calm, reps, 1.5) == usual


def test_a_partial_is_not_judged_by_its_size() -> None:
    reps = a_set()
    small = unlikeliness(seen(30.0, 14.0), reps, 1.5)
    assert small < 1.0
    assert unlikeliness(seen(30.0, 14.0, out_s=0.3, back_s=0.3), reps, 1.5) > UNLIKELY


def test_how_long_a_way_out_took_that_the_data_began_in_is_not_asked() -> None:
    cut = seen(-6.0, out_s=0.3)
    assert unlikeliness(cut, a_set(), 1.0) > unlikeliness(replace(cut, begun=True), a_set(), 1.0)
    assert unlikeliness(replace(cut, begun=True), a_set(), 1.0) == pytest.approx(0.0, abs=0.5)
