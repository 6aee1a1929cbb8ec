"""Chains of stays, as one would read them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.movement import Tempo
from imu_reps.counting.reading import USUAL_WEIGHT, read
from imu_reps.counting.stays import Stay, stays


@dataclass
class Quiet:
    """Ground on which everything is possible but what is named."""

    no_begin: tuple[int, ...] = ()
    no_rep: tuple[int, ...] = ()

    def may_begin(self, rest: Stay) -> bool:
        return rest.begin not in self.no_begin

    def may_be_rep(self, rest: Stay, again: Stay) -> bool:  # noqa: ARG002
        return rest.begin not in self.no_rep

    def wobble_deg(self, rest: Stay, again: Stay) -> float:  # noqa: ARG002
        return 1.0


def _chain(place: int, times_s: Iterable[float]) -> list[Stay]:
    """Stays at alternating ends, from a stay's length, a stroke's, a stay's and so on.

    A stay's `begin` is its number, so that a ground can name it.
    """
    chain, at_s = [], 0.0
    for number, lasts_s in enumerate(times_s):
        if number % 2 == 0:
            reach = float(place)
            chain.append(Stay(place, number // 2, 0, at_s, at_s + lasts_s, reach, reach, lasts_s))
            place = 1 - place
        at_s += lasts_s
    return chain


REPS = (1.0, 2.0, 1.5, 0.8) * 4
"""Out, hold, back and pause, in seconds."""


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("settle_s", [0.5, 2.0, 15.0])
def test_rest_is_where_the_regular_part_begins(place: int, settle_s: float) -> None:
    reading = read(_chain(place, [settle_s, *REPS]), None, Quiet(), moving=False)
    assert reading is not None
    assert reading.first == 0


def test_who_came_from_the_far_pose_by_another_way_was_not_yet_in_the_set() -> None:
    # Standing looks like the far end; lying down takes longer than a stroke back.
    chain = _chain(1, [10.0, 4.5, 5.0, *REPS])
    reading = read(chain, None, Quiet(), moving=False)
    assert reading is not None
    assert reading.first == 1


@pytest.mark.parametrize("place", [0, 1])
def test_a_rest_lies_where_the_others_do(place: int) -> None:
    # Got into position by a stroke as long as the strokes back, from a pose beyond the far end.
    chain = _chain(1 - place, [10.0, 0.8, 2.0, 1.0, *REPS[1:]])
    chain[0] = replace(chain[0], level=1.6 if place == 0 else -0.6)
    reading = read(chain, None, Quiet(), moving=False)
    assert reading is not None
    assert reading.first == 1


def test_a_set_does_not_reach_over_steps() -> None:
    chain = _chain(0, [3.0, *REPS])
    reading = read(chain, None, Quiet(no_rep=(1, 2)), moving=False)
    assert reading is not None
    assert reading.first >= 3


def test_a_set_begins_where_somebody_was_in_position() -> None:
    chain = _chain(0, [3.0, *REPS])
    reading = read(chain, None, Quiet(no_begin=(0,)), moving=False)
    assert reading is not None
    assert reading.first > 0


def test_a_rep_is_no_step_and_no_nap() -> None:
    step, nap = _chain(0, [3.0, 0.2, 0.1, 0.2, 1.0]), _chain(0, [3.0, 2.0, 30.0, 2.0, 1.0])
    assert read(step, None, Quiet(), moving=False) is None
    assert read(nap, None, Quiet(), moving=False) is None


def test_the_movement_tells_the_ends_apart_where_nothing_else_does() -> None:
    # As long at either end, and as many strokes: only one way is the slow one.
    chain = _chain(0, [1.0, 3.0, 1.0, 1.0] * 4)
    slow_out, slow_back = Tempo(3.0, 1.0, 1.0), Tempo(1.0, 1.0, 3.0)
    found = [read(chain, tempo, Quiet(), moving=False) for tempo in (slow_out, slow_back)]
    assert [reading.first % 2 for reading in found if reading is not None] == [0, 1]


def test_who_goes_as_she_likes_begins_where_she_has_settled() -> None:
    # Bridges, pushed up in two seconds and let down in one.
    chain = _chain(0, [4.0, *[2.0, 2.0, 1.0, 1.0] * 5])
    reading = read(chain, Tempo(1.0, 1.5, 2.0), Quiet(), moving=False, settled=True)
    assert reading is not None
    assert reading.first == 0


def test_the_end_that_is_held_as_the_movement_asks_for_is_rather_the_far_one() -> None:
    # Strokes alike; at one end two seconds and a half are stayed for longer than at the other.
    chain = _chain(1, [4.0, 0.5, 1.5, 0.5] * 4)
    found = [read(chain, Tempo(2.0, hold_s, 2.0), Quiet(), moving=False) for hold_s in (0.0, 2.5)]
    without, held = (reading.lead for reading in found if reading is not None)
    assert held < without - 3.0


def test_rest_is_rather_where_it_was_in_the_set_before() -> None:
    chain = _chain(0, [1.0, 1.8, *[1.0] * 13])
    unknown, *usual = (
        read(chain, None, Quiet(), moving=False, lead=lead)
        for lead in (0.0, USUAL_WEIGHT, -USUAL_WEIGHT)
    )
    assert unknown is not None
    place = chain[unknown.first].place
    same, other = usual[place], usual[1 - place]
    assert same is not None
    assert other is not None
    assert (same.first, same.weight) == (unknown.first, unknown.weight)
    assert same.lead == pytest.approx(unknown.lead + USUAL_WEIGHT)
    assert unknown.lead < USUAL_WEIGHT
    assert chain[other.first].place == 1 - place


def test_how_quickly_it_goes_is_told_by_the_quickest_of_the_latest_reps() -> None:
    quick, slow = (0.9, 1.6, 1.3, 0.5), REPS[:4]

    def period_s(*reps: tuple[float, ...]) -> float:
        reading = read(
            _chain(0, [3.0, *itertools.chain(*reps), *slow[:2]]), None, Quiet(), moving=False
        )
        assert reading is not None
        return reading.period_s

    assert period_s(quick, quick, quick) == pytest.approx(4.3)
    assert period_s(quick, slow, slow) == pytest.approx(4.3)
    assert period_s(quick, slow, slow, slow) == pytest.approx(5.3)


def test_regular_reps_weigh_more_than_as_much_sitting_down() -> None:
    sits = (1.2, 8.0, 2.4, 3.0, 2.4, 1.5, 1.3, 12.0, 1.8, 4.0, 1.2, 0.8)
    regular = read(_chain(0, [3.0, *REPS[:12]]), None, Quiet(), moving=False)
    sitting = read(_chain(0, [3.0, *sits]), None, Quiet(), moving=False)
    assert regular is not None
    assert sitting is not None
    assert regular.weight > sitting.weight + 7.0


def test_who_stays_for_longer_than_reps_do_is_less_likely_in_a_set() -> None:
    out_s, back_s = 0.4, 0.6

    def weight(hold_s: float, pause_s: float, times: float = 1.0) -> float:
        reps = (out_s * times, hold_s, back_s * times, pause_s) * 3
        reading = read(_chain(0, [3.0, *reps]), None, Quiet(), moving=False)
        assert reading is not None
        return reading.weight + reading.brevity

    usual = weight(2.0, 3.0)
    assert weight(0.5, 0.5) == pytest.approx(usual, abs=0.05)
    assert usual > weight(5.0, 3.0) + 0.5
    # Where the strokes are slow, so are the stays.
    assert weight(5.0, 3.0, times=3.0) == pytest.approx(usual, abs=0.05)
    # It is never the only thing that matters: some hold for ten seconds.
    assert usual - 8.5 < weight(15.0, 15.0) < weight(8.0, 8.0) < usual - 4.0


@given(st.lists(st.floats(-1.0, 2.0), min_size=1, max_size=200))
def test_stays_alternate_and_lie_within_the_window(part: list[float]) -> None:
    found = stays(np.arange(len(part)) / 50, np.array(part))
    assert all(one.place != two.place for one, two in itertools.pairwise(found))
    assert all(0 <= stay.begin < stay.end <= len(part) for stay in found)
    assert all(one.end <= two.begin for one, two in itertools.pairwise(found))


def test_what_may_as_well_have_begun_from_the_other_end_has_no_lead() -> None:
    told = read(_chain(0, [10.0, *REPS]), None, Quiet(), moving=False)
    # A pause of three holds before the first rep may be a long first hold.
    doubted = read(_chain(1, [10.0, 1.0, 6.0, *(1.0, 2.0) * 5]), None, Quiet(), moving=False)
    assert told is not None
    assert doubted is not None
    assert told.lead > 2.3 > doubted.lead


def test_a_long_first_hold_is_settling_at_the_other_end() -> None:
    settled = _chain(1, [10.0, 1.0, 8.0, *(1.0, 1.6, 1.0, 1.6) * 3])
    reading = read(settled, None, Quiet(), moving=False)
    assert reading is not None
    assert reading.first == 1
