"""Edges, holds, ranges and speeds of reps as they are counted."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.words import Mount
from tests.counting.counts import events_of, partials_of, reps_of
from tests.legs import Leg


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


def test_a_set_is_not_measured_by_the_tempo_of_the_one_before() -> None:
    def slow(leg: Leg) -> Leg:
        for _ in range(4):
            leg.rep(30.0, out=2.5, hold=1.0, back=3.0).rest(1)
        return leg.rest(30)

    alone = reps_of(events_of(slow(Leg().rest(3)).samples(sway_deg=1.0)))
    after = reps_of(events_of(slow(Leg().rest(3).reps(6).rest(30)).samples(sway_deg=1.0)))[6:]
    assert len(alone) == len(after) == 4
    assert [rep.out_s for rep in after] == pytest.approx([2.5 * (1 - 0.247 - 0.0866)] * 4, abs=0.25)


def test_the_range_of_slow_reps_is_seen_from_rest_from_the_first_one_on() -> None:
    leg = Leg().rest(1)
    for _ in range(6):
        leg.rep(60.0, out=4.0, hold=1.0, back=4.0).rest(1)
    reps = reps_of(events_of(leg.rest(2).samples()))
    # Much of the time near rest belongs to the strokes; none of it is rest.
    assert [rep.rom_deg for rep in reps] == pytest.approx([60.0] * 6, abs=1.2)


def test_a_partial_takes_as_little_time_as_it_goes_far() -> None:
    leg = Leg().rest(3).reps(4, out=2.4, back=2.4).rep(12, out=1.0, hold=0.3, back=1.0).rest(1)
    events = events_of(leg.reps(2, out=2.4, back=2.4).rest(2).samples())
    assert len(reps_of(events)) == 6
    assert len(partials_of(events)) == 1


def test_averaging_the_poses_makes_holds_no_shorter() -> None:
    samples = Leg().rest(3).reps(5, deg=14, out=1.8, hold=1.5, back=1.5).rest(3).samples()
    sharp, averaged = (reps_of(events_of(samples, name)) for name in ("generic", "deadlift"))
    assert [rep.hold_s for rep in averaged] == pytest.approx(
        [rep.hold_s for rep in sharp], abs=0.06
    )


def test_the_rest_before_a_partial_attempt_is_the_one_of_the_set_that_follows_at_once() -> None:
    leg = Leg().rest(3).move(18, 2).move(5, 3)
    for _ in range(6):
        leg.move(40, 2).move(5, 2.5)
    events = events_of(leg.rest(2).samples(), "bridge")
    assert len(partials_of(events)) == 1
    # From where it turned it would be 35 degrees, and 33 from all that is near there.
    assert [rep.rom_deg > 35.5 for rep in reps_of(events)] == [True] * 6


def test_who_rests_after_a_partial_attempt_is_measured_from_there() -> None:
    leg = Leg().rest(3).move(18, 1.5).move(6, 1.5).rest(3)
    for _ in range(6):
        leg.rep(34, 1.5, 1, 2).rest(1.5)
    reps = reps_of(events_of(leg.rest(2).samples(), "bridge"))
    assert [rep.rom_deg for rep in reps] == pytest.approx([34.0] * 6, abs=0.7)


@pytest.mark.parametrize("below_deg", [10.0, 12.0])
def test_who_gets_into_position_from_below_has_not_begun(below_deg: float) -> None:
    leg = Leg(-below_deg).rest(6).move(0, 1.2).rest(5).rep(14).rest(2).reps(5, 40).rest(2)
    events = events_of(leg.samples(sway_deg=0.7), "bridge")
    (partial,) = partials_of(events)
    assert (partial.start_s, partial.rom_deg) == pytest.approx((12.5, 14.0), abs=0.6)
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([40.0] * 5, abs=1.0)


@pytest.mark.parametrize("low_deg", [2.4, 3.6])
@pytest.mark.parametrize("gyro", [True, False])
def test_a_partial_attempt_that_leads_into_touch_and_go_is_measured_from_the_first_rest(
    low_deg: float, *, gyro: bool
) -> None:
    leg = Leg().rest(4).move(15, 1).rest(1).move(low_deg, 1.3).rest(0.05)
    for _ in range(6):
        leg.move(30, 1.2).rest(1).move(low_deg, 1.7).rest(0.1)
    events = events_of(leg.move(0, 0.5).rest(3).samples(gyro=gyro, sway_deg=0.5), "bridge")
    assert len(partials_of(events)) == 1
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([29.5] * 6, abs=1.2)
