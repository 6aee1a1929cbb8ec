"""Sets in words, counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.events import SetEnd, SetStart, Warn
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.simulate import Imu, Plan, Strap, easy, simulate
from imu_reps.simulate.strokes import Attempt
from tests.counting.counts import codes_of, events_of, partials_of, reps_of
from tests.legs import Leg


@pytest.mark.parametrize("deg", [8.0, 15.0, 30.0, 80.0, -40.0])
def test_every_rep_is_counted_however_far_it_goes(deg: float) -> None:
    events = events_of(Leg().rest(3).reps(6, deg).rest(2).samples())
    assert len(reps_of(events)) == 6
    assert not partials_of(events)


def test_the_first_rep_counts_and_its_set_begins_with_it() -> None:
    events = events_of(Leg().rest(3).reps(4).samples())
    begin = next(event for event in events if isinstance(event, SetStart))
    assert reps_of(events)[0].start_s == begin.time_s == pytest.approx(3.25, abs=0.05)


def test_touch_and_go_has_no_rest_between_reps() -> None:
    leg = Leg().rest(3)
    for _ in range(6):
        leg.move(30, 1.2).move(4, 1.5)
    assert len(reps_of(events_of(leg.move(0, 0.5).rest(2).samples()))) == 6


def test_less_than_two_seconds_are_enough_for_a_rep() -> None:
    leg = Leg().rest(3)
    for _ in range(8):
        leg.move(60, 0.9).move(0, 0.9)
    assert len(reps_of(events_of(leg.rest(2).samples()))) == 8


def test_quick_reps_among_quick_ones_count() -> None:
    leg = Leg().rest(3)
    for number in range(8):
        out_s, back_s = (0.5, 0.55) if number in (3, 5) else (0.7, 0.75)
        leg.rep(40, out_s, 0.05, back_s).rest(0.7)
    assert len(reps_of(events_of(leg.rest(3).samples()))) == 8


@pytest.mark.parametrize("before", [0, 1, 4])
def test_a_kick_of_a_second_among_slow_reps_is_none(before: int) -> None:
    leg = Leg().rest(3).reps(before, pause=0.8, out=2, back=2).rep(30, 0.6, 0.01, 0.6).rest(0.8)
    leg.reps(7 - before, pause=0.8, out=2, back=2).rest(3)
    assert len(reps_of(events_of(leg.samples()))) == 7


def test_of_a_rep_and_a_kick_alone_nothing_is_told() -> None:
    leg = Leg().rest(3).rep(30, 2.0, 1.0, 2.0).rest(1).move(30, 0.45).move(0, 0.5).rest(25)
    assert not reps_of(events_of(leg.samples()))


@pytest.mark.parametrize("early", [1, 2])
def test_first_reps_that_come_back_less_far_are_not_run_into_the_next(early: int) -> None:
    leg = Leg().rest(4)
    for number in range(7):
        leg.move(9, 1).rest(1).move(3.3 if number < early else 1.8, 1).rest(1)
    assert len(reps_of(events_of(leg.rest(3).samples()))) == 7


@pytest.mark.parametrize("bounce_s", [0.3, 0.5])
def test_a_bounce_at_the_far_end_splits_no_rep(bounce_s: float) -> None:
    leg = Leg().rest(3)
    for _ in range(7):
        leg.move(30, 1).rest(0.2).move(12, bounce_s).move(30, bounce_s).rest(0.2).move(0, 1)
        leg.rest(0.8)
    assert len(reps_of(events_of(leg.rest(3).samples()))) == 7


def test_a_hesitation_on_the_way_is_no_rep_of_its_own() -> None:
    leg = Leg().rest(3).reps(2)
    leg.move(16, 0.8).rest(0.8).move(30, 0.8).rest(1).move(18, 0.8).rest(0.7).move(0, 0.8).rest(1)
    assert len(reps_of(events_of(leg.reps(2).rest(1).samples()))) == 5


def test_a_partial_is_listed_and_not_counted() -> None:
    events = events_of(Leg().rest(3).reps(3).rep(12).rest(1).reps(2).rest(1).samples())
    assert len(reps_of(events)) == 5
    (partial,) = partials_of(events)
    assert partial.rom_deg == pytest.approx(12, abs=1)
    assert partial.reason == "range"


def test_a_turn_of_less_than_a_fifth_is_nothing() -> None:
    events = events_of(Leg().rest(3).reps(3, 40).rep(6).rest(1).reps(2, 40).rest(1).samples())
    assert len(reps_of(events)) == 5
    assert not partials_of(events)


def test_small_turns_before_the_first_rep_are_getting_into_position() -> None:
    events = events_of(Leg().rest(2).rep(8, 0.7, 0.3, 0.7).rest(2).reps(4, 40).rest(1).samples())
    assert len(reps_of(events)) == 4
    assert not partials_of(events)


def test_a_set_begins_with_partials_as_it_may_end_with_them() -> None:
    leg = Leg().rest(4).rep(16).rest(1).rep(14).rest(1).reps(4, 40).rep(16).rest(2)
    events = events_of(leg.samples())
    assert len(reps_of(events)) == 4
    assert [round(one.start_s) for one in partials_of(events)] == [4, 9, 31]
    assert events[0].as_dict()["time_s"] == partials_of(events)[0].start_s


@pytest.mark.parametrize(("deg", "reps", "partials"), [(20, 5, 1), (3, 4, 0)])
def test_a_partial_attempt_interrupts_a_long_break(deg: float, reps: int, partials: int) -> None:
    leg = Leg().rest(4).rep(40).rest(10).rep(deg).rest(10).reps(4, 40).rest(2)
    events = events_of(leg.samples())
    assert len(reps_of(events)) == reps
    assert len(partials_of(events)) == partials


def test_two_sets_are_two_when_a_break_is_between() -> None:
    events = events_of(Leg().rest(3).reps(4).rest(30).reps(3).rest(2).samples())
    ends = [event for event in events if isinstance(event, SetEnd)]
    assert [(end.set, end.reps) for end in ends] == [(1, 4), (2, 3)]
    assert [rep.number for rep in reps_of(events)] == [1, 2, 3, 4, 1, 2, 3]


def test_walking_is_not_counted() -> None:
    assert not reps_of(events_of(Leg().rest(3).walk(60).rest(3).samples()))


@pytest.mark.parametrize("seed", range(6))
def test_walking_around_a_set_adds_nothing_to_it(seed: int) -> None:
    plan = Plan(((Attempt(1.0, 1.0, 1.5, 2.0, 1.0),) * 4,), walk_s=60.0, step_hz=1.6 + 0.1 * seed)
    strap = Strap(movement_named("bridge"), Side.LEFT, Mount.THIGH)
    made = simulate(strap, plan, Imu(), seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, 100.0).update(made.frames)
    assert len(reps_of(events_of(samples))) == 4


def test_the_rep_that_the_data_end_in_counts_if_its_far_end_was_reached() -> None:
    whole = Leg().rest(3).reps(4).move(30, 1.0).rest(1.0)
    assert len(reps_of(events_of(whole.samples()))) == 5
    left_standing = Leg().rest(3).reps(4).move(30, 1.0).rest(15.0)
    assert len(reps_of(events_of(left_standing.samples()))) == 4


def test_a_blind_mount_is_told_and_never_counted() -> None:
    events = events_of(Leg().rest(3).reps(5).samples(), "back-extension", Mount.ANKLE)
    (warning,) = events
    assert isinstance(warning, Warn)
    assert warning.code == "blind_mount"
    assert "chest" in warning.text


def test_what_hardly_stands_out_of_the_sway_is_told_once() -> None:
    events = events_of(Leg().rest(3).reps(8, 4.5).rest(1).samples())
    assert codes_of(events) == ["no_clear_excursion"]
    assert not reps_of(events)


def test_a_strap_that_has_seen_a_set_is_not_told_to_see_nothing() -> None:
    leg = Leg().rest(3).reps(5).rest(25).reps(8, deg=4).rest(3)
    events = events_of(leg.samples(), "bridge")
    assert len(reps_of(events)) == 5
    assert not codes_of(events)


def test_nothing_comes_of_nothing() -> None:
    empty = Samples(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))
    assert events_of(empty) == []
    assert events_of(Leg().rest(0.05).samples()) == []


def test_bridges_by_a_metronome_of_two_seconds_are_counted() -> None:
    leg = Leg().rest(4).reps(30, 30, 0.0, out=1.0, hold=0.0, back=1.0).rest(3)
    assert len(reps_of(events_of(leg.samples(), "bridge"))) == 30


@pytest.mark.parametrize(("comes", "reps"), [(True, 8), (False, 5)])
def test_an_odd_rep_counts_once_the_next_one_comes(comes: bool, reps: int) -> None:  # noqa: FBT001
    # A hesitation at the far end and a quick way back: leaving looks like that, too.
    leg = Leg().rest(3).reps(5, out=2.5, back=2.5).rep(38, 0.9, 5.0, 0.8).rest(1)
    leg = leg.reps(2, out=2.5, back=2.5) if comes else leg.rest(8)
    events = events_of(leg.rest(2).samples(), "bridge")
    assert len(reps_of(events)) == reps
    assert not partials_of(events)


def test_a_larger_or_another_turn_between_two_reps_is_none() -> None:
    leg = Leg().rest(3).reps(5).rest(2).move(80, 1.2).rest(5).move(0, 1.2).rest(3).reps(5)
    reps = reps_of(events_of(leg.rest(3).samples(), "bridge"))
    assert [round(rep.rom_deg) for rep in reps] == [30] * 10


def test_a_last_rep_after_a_breath_counts() -> None:
    leg = Leg().rest(3).reps(6).rest(8).rep(30, 1.5, 1.5, 2.2).rest(3)
    assert len(reps_of(events_of(leg.samples(), "bridge"))) == 7


def test_reps_that_are_slow_from_some_rep_on_count_in_their_set() -> None:
    leg = Leg().rest(3).reps(8).reps(4, out=2.5, hold=2.0, back=3.0, pause=2.0).rest(3)
    events = events_of(leg.samples(), "bridge")
    assert len(reps_of(events)) == 12
    assert sum(isinstance(event, SetStart) for event in events) == 1


@pytest.mark.parametrize(("deg", "reps"), [(45, 8), (90, 8), (110, 0)])
def test_a_trunk_that_bends_until_it_is_level_is_counted(deg: float, reps: int) -> None:
    leg = Leg().rest(4).reps(8, deg, out=3, hold=1.5, back=2).rest(3)
    events = events_of(leg.samples(), "deadlift", Mount.CHEST)
    assert len(reps_of(events)) == reps
    assert codes_of(events) == ([] if reps else ["no_such_excursion"])


def test_a_clear_set_of_three_is_counted_where_people_go_farther_as_a_rule() -> None:
    leg = Leg().rest(4).reps(3, 27.0, out=2.0, back=2.0, pause=1.5).rest(2)
    events = events_of(leg.samples(), "deadlift", Mount.CHEST)
    assert len(reps_of(events)) == 3
    small = Leg().rest(4).reps(3, 10.0, out=2.0, back=2.0, pause=1.5).rest(2)
    assert not reps_of(events_of(small.samples(), "deadlift", Mount.CHEST))


@pytest.mark.parametrize(
    ("sizes_deg", "reps"),
    [((40, 40, 25, 22, 40), 4), ((40, 40, 26, 26, 26, 40), 6), ((40, 24.5, 48, 50), 3)],
)
def test_small_attempts_early_in_a_set_make_no_set_of_their_own(
    sizes_deg: tuple[float, ...], reps: int
) -> None:
    leg = Leg().rest(5)
    for deg in sizes_deg:
        leg.rep(deg, 1.3, 0.8, 1.6).rest(1.2)
    events = events_of(leg.rest(25).samples(), "bridge")
    assert len(reps_of(events)) == reps
    assert len(partials_of(events)) == len(sizes_deg) - reps
    assert sum(isinstance(event, SetStart) for event in events) == 1


def test_who_stays_out_until_the_data_end_has_gone() -> None:
    leg = Leg().rest(3).reps(5, out=2.5, back=3.0).move(30, 2.0).rest(5.0)
    assert len(reps_of(events_of(leg.samples()))) == 5


def test_a_bridge_with_the_foot_on_the_floor_is_seen_at_the_ankle() -> None:
    leg = Leg().rest(3).reps(6, 9.0).rest(2)
    assert len(reps_of(events_of(leg.samples(), "bridge", Mount.ANKLE))) == 6


@pytest.mark.parametrize(
    ("seed", "sway_part"), [(5, 2.0), (10, 2.0), (1, 2.5), (4, 2.5), (21, 2.5)]
)
def test_a_standing_thigh_is_counted_in_its_sway(seed: int, sway_part: float) -> None:
    deadlift = movement_named("deadlift")
    plan, imu = easy(deadlift, 8, np.random.default_rng(seed))
    strap = Strap(deadlift, Side.LEFT, Mount.THIGH)
    made = simulate(strap, replace(plan, sway_part=sway_part), imu, seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)
    assert len(reps_of(events_of(samples, "deadlift"))) == 8


@pytest.mark.parametrize("seconds", [4.5, 8.0])
def test_short_walks_before_a_set_are_no_reps_of_a_standing_thigh(seconds: float) -> None:
    # Without its swing a walk is one long stay, as far aside as a thigh leans in a deadlift.
    walked = Leg().rest(4).move(14, 0.5).walk(seconds).move(0, 0.5).rest(6)
    walked = walked.move(14, 0.5).walk(seconds).move(0, 0.5).rest(4)
    events = events_of(walked.reps(4, 14.0).rest(25).samples(sway_deg=0.3), "deadlift")
    assert len(reps_of(events)) == 4


def test_a_set_is_as_large_as_its_reps_and_not_as_the_last_of_them() -> None:
    leg = Leg().rest(4)
    for deg in (46.0, 38.0, 30.0):
        leg.rep(deg, 2.0, 2.0, 2.0).rest(1.2)
    events = events_of(leg.rest(25).samples(sway_deg=0.3), "deadlift", Mount.CHEST)
    assert len(reps_of(events)) == 3


@pytest.mark.parametrize("deg", [9.0, 11.0])
def test_three_small_reps_are_a_set_where_another_set_up_is_as_usual(deg: float) -> None:
    # With the heel on a box the thigh turns by 8 to 17 degrees.
    leg = Leg().rest(4).reps(3, deg, 1.2, out=1.2, hold=1.5, back=1.6).rest(25)
    assert len(reps_of(events_of(leg.samples(sway_deg=0.2), "bridge"))) == 3


def test_ten_samples_a_second_are_the_least() -> None:
    assert len(reps_of(events_of(Leg().rest(3).reps(4).rest(2).samples(10.0)))) == 4
    with pytest.raises(BadInput, match="9 samples a second are too few"):
        events_of(Leg().rest(3).reps(4).rest(2).samples(9.0))
