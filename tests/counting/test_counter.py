"""Sets in words, counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from imu_reps.core.events import Gap, SetEnd, SetStart, Warn
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.counting.ground import Ground
from imu_reps.counting.limits import LONGEST_S
from imu_reps.counting.stays import Stay
from imu_reps.counting.track import Track
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
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


def test_a_rep_has_its_times_range_and_speed() -> None:
    rep = reps_of(events_of(Leg().rest(3).reps(5).rest(2).samples()))[2]
    # Minimum jerk: 10 % of the way at 0.247 of the time, a tenth of the peak speed at 0.087 before
    # the end; the third rep begins 2 * 4.5 s after the first.
    assert rep.start_s == pytest.approx(3 + 9 + 0.247, abs=0.04)
    assert rep.end_s == pytest.approx(3 + 9 + 2 + 1.5 * (1 - 0.247), abs=0.04)
    assert rep.hold_s == pytest.approx(1 + 0.0866 + 1.5 * 0.0866, abs=0.1)
    assert rep.rom_deg == pytest.approx(30, abs=1)
    assert rep.peak_out_dps == pytest.approx(1.875 * 30 / 1.0, rel=0.08)
    assert rep.peak_back_dps == pytest.approx(1.875 * 30 / 1.5, rel=0.08)
    assert rep.out_s + rep.hold_s + rep.back_s == pytest.approx(rep.end_s - rep.start_s)


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


def test_a_partial_attempt_before_a_set_with_a_gap_in_it_is_not_told() -> None:
    samples = Leg().rest(4).rep(16).rest(2).reps(4, 40).rest(2).samples()
    later = samples.time_s + 1.5 * (samples.time_s > 5.5)
    events = events_of(Samples(later, samples.acc_ms2, samples.gyr_rads))
    assert len(reps_of(events)) == 4
    assert not partials_of(events)


def test_steps_from_and_to_the_same_poses_are_none_of_the_set_after_them() -> None:
    leg = Leg().rest(2).reps(5, 60, 0.4, out=0.8, hold=0.4, back=0.8).rest(1)
    leg.reps(6, 60, out=1.2, hold=1.0, back=1.2).rest(2)
    reps = reps_of(events_of(leg.samples(), "deadlift", Mount.FREE_THIGH))
    assert [rep.number for rep in reps] == [1, 2, 3, 4, 5, 6]
    assert reps[0].start_s > 15


def test_another_rest_pose_is_found_where_the_reps_begin() -> None:
    events = events_of(Leg().rest(3).move(80, 3).rest(3).reps(5, -30).rest(2).samples())
    assert [round(rep.rom_deg / 30) for rep in reps_of(events)] == [1] * 5


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


def test_no_rep_is_made_of_a_gap() -> None:
    samples = Leg().rest(3).reps(3).rest(5).reps(3).rest(2).samples()
    missing = (samples.time_s > 12) & (samples.time_s < 20.5)
    kept = np.flatnonzero(~missing)
    first, rest = samples[: kept[missing[:1].size + 1200 - 1] + 1], samples[2051:]
    events = events_of([first, rest])
    (gap,) = [event for event in events if isinstance(event, Gap)]
    assert gap.end_s - gap.start_s == pytest.approx(8.5, abs=0.1)
    assert not [rep for rep in reps_of(events) if rep.start_s < 12.1 and rep.end_s > 20.4]


def test_nothing_comes_of_nothing() -> None:
    empty = Samples(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))
    assert events_of(empty) == []
    assert events_of(Leg().rest(0.05).samples()) == []


@pytest.mark.parametrize("missing_s", [1.5, 5.0, 30.0, 120.0, 1000.0])
@pytest.mark.parametrize("at_s", [1.0, 12.6, 13.5, 15.5])
def test_an_attempt_with_a_gap_in_it_is_not_counted(missing_s: float, at_s: float) -> None:
    samples = Leg().rest(3).reps(8).rest(2).samples()
    later = samples.time_s + missing_s * (samples.time_s > at_s)
    events = events_of(Samples(later, samples.acc_ms2, samples.gyr_rads), "bridge")
    (gap,) = [event for event in events if isinstance(event, Gap)]
    reps = reps_of(events)
    assert not [rep for rep in reps if rep.start_s < gap.start_s and rep.end_s > gap.end_s]
    # The third rep is on its way from 12.0 to 15.5 s: only a gap inside of it may cost one, and a
    # long one the two before it, too, which alone were not yet a set.
    least = 6 if missing_s > LONGEST_S else 7
    assert len(reps) in (range(least, 9) if 12.0 < at_s < 15.5 else (8,))


@pytest.mark.parametrize(("seen_s", "is_seen"), [(0.3, False), (1.2, True)])
def test_a_way_back_that_was_hardly_seen_has_no_speed(seen_s: float, is_seen: bool) -> None:  # noqa: FBT001
    leg = Leg().rest(3).reps(3, back=2.0).move(30, 1).rest(1).move(0, 2.0)
    whole = leg.samples()
    last = reps_of(events_of(whole[whole.time_s < whole.time_s[-1] - 2.0 + seen_s], "bridge"))[-1]
    assert last.number == 4
    assert (last.peak_back_dps > 0) == is_seen


def test_the_rest_pose_is_not_taken_from_the_way_out_of_it() -> None:
    leg = Leg().rest(2).reps(4, 80, out=5, hold=1, back=3)
    first = reps_of(events_of(leg.rest(2).samples(), "deadlift", Mount.FREE_ANKLE))[0]
    assert first.rom_deg == pytest.approx(80, abs=0.7)


@pytest.mark.parametrize("sway_deg", [0.5, 1.5])
def test_hold_and_edges_are_free_of_sway(sway_deg: float) -> None:
    swaying = reps_of(events_of(Leg().rest(3).reps(6).rest(2).samples(sway_deg=sway_deg), "bridge"))
    assert len(swaying) == 6
    # As without sway: 1 s of hold and a twelfth of each stroke beside it.
    mean_s = np.mean([rep.hold_s for rep in swaying])
    assert mean_s == pytest.approx(1 + 0.0866 * 2.5, abs=0.06 + 0.06 * sway_deg)


def test_sitting_down_once_in_a_while_is_no_set() -> None:
    leg = Leg().rest(3)
    for _ in range(6):
        leg.move(85, 1.5).rest(8).move(0, 1.5).rest(30)
    assert not reps_of(events_of(leg.samples()))


def test_the_end_that_was_dwelt_in_first_is_rest() -> None:
    for far_deg in (30.0, -30.0):
        leg = Leg().rest(4)
        for _ in range(5):
            leg.rep(far_deg, 1.0, 3.0, 1.0).rest(0.6)
        reps = reps_of(events_of(leg.rest(2).samples(), "bridge"))
        assert len(reps) == 5
        assert reps[0].start_s == pytest.approx(4.25, abs=0.05)


@pytest.mark.parametrize("mount", [Mount.THIGH, Mount.ANKLE])
def test_who_comes_from_afar_and_gets_up_again_has_done_no_rep_more(mount: Mount) -> None:
    leg = Leg(-90).rest(4).move(0, 3.5).rest(3).reps(6).rest(1.5).move(-90, 3).rest(5)
    reps = reps_of(events_of(leg.samples(), "bridge", mount))
    assert len(reps) == 6
    assert reps[0].start_s == pytest.approx(10.7, abs=0.1)


def test_standing_as_the_far_end_is_turned_is_no_end_of_a_set() -> None:
    # A shank is upright when standing and at the top of a bridge: getting down looks like a back
    # stroke, getting up like an out stroke.
    leg = Leg(34).rest(6).move(0, 4).rest(4).reps(6).rest(2).move(34, 4).rest(12).move(0, 3)
    assert len(reps_of(events_of(leg.rest(3).samples(), "bridge", Mount.ANKLE))) == 6


@pytest.mark.parametrize(("stay_s", "reps"), [(1.0, 3), (4.0, 3), (8.0, 0)])
def test_who_stays_for_long_needs_more_proof_of_training(stay_s: float, reps: int) -> None:
    leg = Leg().rest(6)
    for deg, out_s, back_s, part in ((80, 1.2, 2.2, 0.6), (88, 2.2, 1.3, 1.6), (74, 1.6, 1.8, 1.0)):
        leg.rep(deg, out_s, stay_s * part, back_s).rest(stay_s / part)
    events = events_of(leg.rest(25).samples(), "deadlift", Mount.FREE_THIGH)
    assert len(reps_of(events)) == reps


@pytest.mark.parametrize(("pause_s", "reps"), [(1.0, 2), (3.0, 2), (8.0, 0)])
def test_two_reps_are_a_set_unless_they_may_be_somebody_who_sits(pause_s: float, reps: int) -> None:
    leg = Leg().rest(6).reps(2, 30, pause_s, out=1, hold=1.5, back=2).rest(25)
    assert len(reps_of(events_of(leg.samples(), "bridge"))) == reps


def test_regular_holds_of_ten_seconds_are_a_set() -> None:
    leg = Leg().rest(6).reps(4, 35, 3.0, out=1.2, hold=10.0, back=1.6).rest(25)
    assert len(reps_of(events_of(leg.samples(), "bridge"))) == 4


def test_sitting_down_twice_in_a_row_is_no_set() -> None:
    leg = Leg().rest(3).move(80, 1.3).rest(6).move(0, 2.2).rest(2).move(84, 2.0).rest(11)
    for movement in ("deadlift", "generic"):
        mount = Mount.FREE_THIGH
        assert not reps_of(events_of(leg.move(0, 1.3).rest(8).samples(), movement, mount))


def _jolted(samples: Samples, steps: NDArray[np.bool_]) -> Samples:
    """These samples (n,) with the jolts of steps where there are some."""
    jolts_ms2 = np.random.default_rng(1).normal(0.0, 2.0, samples.acc_ms2.shape)
    return replace(samples, acc_ms2=samples.acc_ms2 + jolts_ms2 * steps[:, None])


def _stepped(leg: Leg) -> Samples:
    """The samples of a leg whose first ten seconds are steps."""
    samples = leg.samples()
    return _jolted(samples, samples.time_s < 10.0)


def _steps(forth_s: float = 0.45, back_s: float = 0.65) -> Leg:
    """A leg that swings forwards faster than back, as all do; in the deadlift it goes back."""
    leg = Leg()
    for _ in range(9):
        leg.move(20, forth_s).move(-15, back_s)
    return leg


@pytest.mark.parametrize(
    ("deg", "times", "reps"), [(80, 4, 0), (-80, 4, 4), (80, 5, 5), (20, 4, 4)]
)
def test_who_lifts_the_knee_again_and_again_sits_down(deg: float, times: int, reps: int) -> None:
    samples = _stepped(_steps().move(0, 1.0).rest(4).reps(times, deg, 2.0).rest(2))
    assert len(reps_of(events_of(samples, "deadlift", Mount.FREE_THIGH))) == reps
    assert len(reps_of(events_of(samples, "deadlift", Mount.FREE_ANKLE))) == times


def test_who_has_trained_this_way_does_not_sit() -> None:
    # Steps whose leg seems to go the other way: the first set takes five reps to be seen.
    leg = _steps(forth_s=0.65, back_s=0.45).move(0, 1.0).rest(4).reps(6, -80, 2.0).rest(25)
    samples = _stepped(leg.reps(3, -80, 2.0).rest(2))
    assert len(reps_of(events_of(samples, "deadlift", Mount.FREE_THIGH))) == 9


@pytest.mark.parametrize("rows", [10, 20_000])
def test_which_way_is_forwards_is_asked_as_it_was_before_the_reps(rows: int) -> None:
    # The strides that tell it are 99 s before the first of them, and 107 s before both are known;
    # those that come after them tell otherwise.
    leg = _steps()
    for rest_s in (78.5, 2.5):
        for _ in range(5):
            leg.move(20, 0.55).move(-15, 0.55)
        leg.move(0, 1.0).rest(rest_s)
    leg.reps(2, 80, 2.0, out=3.0, back=2.0).rest(9)
    for _ in range(20):
        leg.move(20, 0.65).move(-15, 0.45)
    samples = leg.samples()
    walks = (samples.time_s < 15.4) | ((samples.time_s > 94.9) & (samples.time_s < 100.4))
    samples = _jolted(samples, walks | (samples.time_s > samples.time_s[-1] - 22))
    chunks = [samples[row : row + rows] for row in range(0, len(samples), rows)]
    assert not reps_of(events_of(chunks, "deadlift", Mount.FREE_THIGH))
    assert len(reps_of(events_of(chunks, "deadlift", Mount.FREE_ANKLE))) == 2


def test_a_step_is_no_way_back() -> None:
    # After the last rep the foot goes down by the rep's way, stays, and swings back in a step.
    leg = Leg().rest(3).reps(6, 50).move(32, 1.2).rest(3).move(55, 0.3).move(-5, 0.35)
    assert len(reps_of(events_of(leg.walk(5).samples()))) == 6


def test_who_stood_before_getting_into_position_was_not_at_rest_there() -> None:
    leg = Leg(10).walk(6).move(-25, 0.5).rest(4.5).move(0, 1.0).rest(3).reps(5, 58).rest(2)
    reps = reps_of(events_of(leg.samples()))
    assert len(reps) == 5
    assert reps[0].start_s == pytest.approx(15.25, abs=0.1)


def test_a_set_is_not_measured_by_the_tempo_of_the_one_before() -> None:
    def slow(leg: Leg) -> Leg:
        for _ in range(4):
            leg.rep(30.0, out=2.5, hold=1.0, back=3.0).rest(1)
        return leg.rest(30)

    alone = reps_of(events_of(slow(Leg().rest(3)).samples(sway_deg=1.0)))
    after = reps_of(events_of(slow(Leg().rest(3).reps(6).rest(30)).samples(sway_deg=1.0)))[6:]
    assert len(alone) == len(after) == 4
    assert [rep.out_s for rep in after] == pytest.approx([2.5 * (1 - 0.247 - 0.0866)] * 4, abs=0.25)


def test_a_rest_that_ends_beyond_its_end_can_be_begun_from() -> None:
    # Over a gap the last row of a stay may lie where nobody rests.
    rows = 100
    pitch = np.radians(np.append(np.zeros(rows - 1), -30.0))
    up = np.stack([np.sin(pitch), np.zeros(rows), np.cos(pitch)], axis=1)
    track = Track()
    track.append(Poses(np.arange(rows) / 50, up, Steady(up, np.zeros(rows), np.zeros(rows))))
    far = np.radians(40.0)
    ground = Ground(track, np.array([[0, 0, 1.0], [np.sin(far), 0, np.cos(far)]]), 0, None)
    assert ground._begin(Stay(0, 0, rows, 0.0, (rows - 1) / 50, -0.75, -0.75, 0.0)) < rows


def test_the_range_of_slow_reps_is_seen_from_rest_from_the_first_one_on() -> None:
    leg = Leg().rest(1)
    for _ in range(6):
        leg.rep(60.0, out=4.0, hold=1.0, back=4.0).rest(1)
    reps = reps_of(events_of(leg.rest(2).samples()))
    # Much of the time near rest belongs to the strokes; none of it is rest.
    assert [rep.rom_deg for rep in reps] == pytest.approx([60.0] * 6, abs=1.2)


PAUSES_S = (1.5, 1.0, 4.7, 1.0, 4.3, 1.8, 1.8)


def _from_the_far_end(stands_s: float) -> Leg:
    """One stands as at the far end, goes to where the reps begin from, settles, and begins."""
    leg = Leg().rest(stands_s).move(30, 1.0).rest(5.5)
    for pause_s in PAUSES_S:
        leg.move(0, 1.0).rest(1.7).move(30, 1.0).rest(pause_s)
    return leg.rest(2)


def test_a_set_that_may_have_begun_from_either_end_waits_for_more_reps() -> None:
    at_s = np.cumsum([14.5, *(3.7 + pause_s for pause_s in PAUSES_S[:-1])])
    reps = reps_of(events_of(_from_the_far_end(8.0).samples()))
    assert [rep.start_s for rep in reps] == pytest.approx(at_s + 0.247, abs=0.1)


def test_data_rather_begin_at_rest_where_the_first_stroke_comes_soon() -> None:
    reps = reps_of(events_of(_from_the_far_end(4.5).samples()))
    assert reps[0].start_s == pytest.approx(4.747, abs=0.1)


@pytest.mark.parametrize("held_s", [0.9, 1.3])
def test_data_that_begin_in_a_hold_do_not_begin_at_rest(held_s: float) -> None:
    leg = Leg(30).rest(held_s).move(0, 1.6).rest(1.4)
    leg.reps(5, 30, 1.4, out=0.7, hold=1.8, back=1.6)
    reps = reps_of(events_of(leg.rest(2).samples(), "bridge"))
    assert reps[0].start_s == pytest.approx(held_s + 1.6 + 1.4 + 0.17, abs=0.1)


def test_bridges_by_a_metronome_of_two_seconds_are_counted() -> None:
    leg = Leg().rest(4).reps(30, 30, 0.0, out=1.0, hold=0.0, back=1.0).rest(3)
    assert len(reps_of(events_of(leg.samples(), "bridge"))) == 30


@pytest.mark.parametrize("movement", ["bridge", "ball-curl"])
def test_who_goes_out_slowly_and_comes_back_quickly_is_counted_from_rest(movement: str) -> None:
    leg = Leg().rest(6).reps(8, 35, 1.0, out=2.0, hold=2.0, back=1.0).rest(4)
    reps = reps_of(events_of(leg.samples(sway_deg=0.3), movement))
    assert [round(rep.hold_s) for rep in reps] == [2] * 8
    assert all(rep.out_s > rep.back_s for rep in reps)


def test_who_goes_out_and_comes_back_much_quicker_is_leaving() -> None:
    quick = Leg().rest(3).reps(5, out=2.5, back=2.5).move(30, 0.8).rest(2.8).move(0, 0.8).rest(3)
    assert len(reps_of(events_of(quick.samples()))) == 5
    one_way = Leg().rest(3).reps(5, out=2.5, back=2.5).move(30, 0.8).rest(1).move(0, 2.5).rest(3)
    assert len(reps_of(events_of(one_way.samples()))) == 6


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


def test_a_partial_takes_as_little_time_as_it_goes_far() -> None:
    leg = Leg().rest(3).reps(4, out=2.4, back=2.4).rep(12, out=1.0, hold=0.3, back=1.0).rest(1)
    events = events_of(leg.reps(2, out=2.4, back=2.4).rest(2).samples())
    assert len(reps_of(events)) == 6
    assert len(partials_of(events)) == 1


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


@pytest.mark.parametrize("after_s", [2.0, 30.0])
def test_a_short_set_in_doubt_is_counted_when_no_more_reps_come(after_s: float) -> None:
    leg = Leg(80.0).rest(5).move(0, 1.8).rest(3.3)
    for _ in range(3):
        leg.rep(35, out=2.0, hold=1.7, back=1.0).rest(2.6)
    events = events_of(leg.rest(after_s).samples(), "bridge", Mount.ANKLE)
    first_s = 5 + 1.8 + 3.3 + 0.247 * 2.0
    assert [rep.start_s for rep in reps_of(events)] == pytest.approx(
        [first_s, first_s + 7.3, first_s + 14.6], abs=0.1
    )
    assert isinstance(events[-1], SetEnd)


@pytest.mark.parametrize("seed", [1, 2])
def test_who_has_walked_before_is_known_to_lie_at_rest(seed: int) -> None:
    # Without the walk, how one gets into position and out again seems to be half a rep each.
    curl = movement_named("ball-curl")
    plan, imu = easy(curl, 8, np.random.default_rng(seed))
    reps = (Attempt(1.0, 1.6, 1.6, 1.2, 1.6),) * 8
    strap = Strap(curl, Side.LEFT, Mount.ANKLE)
    made = simulate(strap, replace(plan, sets=(reps,), walk_s=15.0), imu, seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)
    told = reps_of(events_of(samples, "ball-curl", Mount.ANKLE))
    assert [rep.start_s for rep in told] == pytest.approx(
        [rep.start_s for rep in made.truth.reps], abs=0.2
    )


@pytest.mark.parametrize("seed", [5, 10])
def test_a_standing_thigh_is_counted_in_its_sway(seed: int) -> None:
    deadlift = movement_named("deadlift")
    plan, imu = easy(deadlift, 8, np.random.default_rng(seed))
    strap = Strap(deadlift, Side.LEFT, Mount.THIGH)
    made = simulate(strap, replace(plan, sway_part=2.0), imu, seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)
    assert len(reps_of(events_of(samples, "deadlift"))) == 8


def test_averaging_the_poses_makes_holds_no_shorter() -> None:
    samples = Leg().rest(3).reps(5, deg=14, out=1.8, hold=1.5, back=1.5).rest(3).samples()
    sharp, averaged = (reps_of(events_of(samples, name)) for name in ("generic", "deadlift"))
    assert [rep.hold_s for rep in averaged] == pytest.approx(
        [rep.hold_s for rep in sharp], abs=0.06
    )


def test_a_short_set_in_doubt_is_counted_before_a_gap() -> None:
    leg = Leg(80.0).rest(5).move(0, 1.8).rest(3.3)
    for _ in range(3):
        leg.rep(35, out=2.0, hold=1.7, back=1.0).rest(2.6)
    whole = leg.rest(60).samples()
    events = events_of([whole[:3300], whole[5800:]], "bridge", Mount.ANKLE)
    assert len(reps_of(events)) == 3
