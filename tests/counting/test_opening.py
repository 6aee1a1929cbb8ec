"""When is going to and fro a set, and from which end? What people do who sit, stand and step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from imu_reps.core.events import SetEnd
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.counting.ground import Ground
from imu_reps.counting.stays import Stay
from imu_reps.counting.track import Track
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
from imu_reps.movements import movement_named
from imu_reps.simulate import Strap, easy, simulate
from imu_reps.simulate.strokes import Attempt
from tests.counting.counts import events_of, reps_of
from tests.legs import Leg


def test_steps_from_and_to_the_same_poses_are_none_of_the_set_after_them() -> None:
    leg = Leg().rest(2).reps(5, 60, 0.4, out=0.8, hold=0.4, back=0.8).rest(1)
    leg.reps(6, 60, out=1.2, hold=1.0, back=1.2).rest(2)
    reps = reps_of(events_of(leg.samples(), "deadlift", Mount.FREE_THIGH))
    assert [rep.number for rep in reps] == [1, 2, 3, 4, 5, 6]
    assert reps[0].start_s > 15


def test_another_rest_pose_is_found_where_the_reps_begin() -> None:
    events = events_of(Leg().rest(3).move(80, 3).rest(3).reps(5, -30).rest(2).samples())
    assert [round(rep.rom_deg / 30) for rep in reps_of(events)] == [1] * 5


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


@pytest.mark.parametrize(("times", "reps"), [(4, 0), (5, 5), (10, 10)])
def test_small_and_quick_reps_are_a_set_from_five_on(times: int, reps: int) -> None:
    # Above 30 % of the way for less than a second; one or two such may be somebody shuffling.
    leg = Leg().rest(3).reps(times, 10, 0.6, out=0.8, hold=0.0, back=0.8).rest(2)
    assert len(reps_of(events_of(leg.samples()))) == reps


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


def test_a_rest_that_ends_beyond_its_end_can_be_begun_from() -> None:
    # Over a gap the last row of a stay may lie where nobody rests.
    rows = 100
    pitch = np.radians(np.append(np.zeros(rows - 1), -30.0))
    up = np.stack([np.sin(pitch), np.zeros(rows), np.cos(pitch)], axis=1)
    track = Track()
    track.append(Poses(np.arange(rows) / 50, up, Steady(up, *[np.zeros(rows)] * 4)))
    far = np.radians(40.0)
    ground = Ground(track, np.array([[0, 0, 1.0], [np.sin(far), 0, np.cos(far)]]), 0, None)
    assert ground._begin(Stay(0, 0, rows, 0.0, (rows - 1) / 50, -0.75, -0.75, 0.0)) < rows


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


def test_a_short_set_in_doubt_is_counted_before_a_gap() -> None:
    leg = Leg(80.0).rest(5).move(0, 1.8).rest(3.3)
    for _ in range(3):
        leg.rep(35, out=2.0, hold=1.7, back=1.0).rest(2.6)
    whole = leg.rest(60).samples()
    events = events_of([whole[:3300], whole[5800:]], "bridge", Mount.ANKLE)
    assert len(reps_of(events)) == 3
