"""Straps that slip in a set: told once, no rep lost, and measured from where rest is now."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.counting import RepCounter
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.strap import Slip, Strap
from imu_reps.motion.vectors import between_deg, mean_direction
from imu_reps.movements import movement_named
from tests.counting.counts import codes_of, events_of, partials_of, reps_of
from tests.legs import Leg
from tests.straps import felt, reps_deg, slip_rad, slipping


def _slipped(before: Leg, after: Leg, slip: Rotation) -> Samples:
    """What an accelerometer sees whose strap turns on the limb between these two."""
    one, two = before.samples(gyro=False), after.samples(gyro=False, strap=slip)
    time_s = np.concatenate([one.time_s, one.time_s[-1] + 0.01 + two.time_s])
    return Samples(time_s, np.concatenate([one.acc_ms2, two.acc_ms2]), None)


@pytest.mark.parametrize("deg", [10.0, 20.0])
@pytest.mark.parametrize("at_s", [4.2, 7.5, 9.0, 10.3, 16.5, 25.2])
def test_a_slip_at_any_moment_costs_no_rep_and_no_range(at_s: float, deg: float) -> None:
    # On the way back of the first rep; in the second out, held, and back; at rest; in the last one.
    events = events_of(felt(reps_deg(), 0.3, slip_rad(deg, at_s)), "bridge")
    # In the middle of a stroke the limb's own turn is known to some degrees only.
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([30] * 5, abs=4.0)
    assert not partials_of(events)
    assert codes_of(events) == ["strap_slipped"]


def test_single_wrong_samples_of_a_gyro_are_no_slips_and_cost_nothing() -> None:
    samples = felt(reps_deg(), 0.3)
    assert samples.gyr_rads is not None
    wrong = samples.gyr_rads.copy()
    wrong[150::370] += np.radians([-1500.0, 900.0, 400.0])
    events = events_of(Samples(samples.time_s, samples.acc_ms2, wrong), "bridge")
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([30] * 5, abs=1.0)
    assert codes_of(events) == ["glitches"]


def test_who_counts_on_after_a_rest_knows_of_the_slip_before_it() -> None:
    strap, seen = Strap(), list[Poses | Slip]()
    samples = slipping(felt(reps_deg(), 0.3), 16.5, 20)
    for part in (samples[:2150], samples[2150:]):
        counter = RepCounter(movement_named("bridge"), Side.LEFT, Mount.THIGH, seen.append, strap)
        counter.update(part)
        counter.finish()
    rests = [
        item.up[(item.time_s > begin_s) & (item.time_s < begin_s + 0.7)]
        for begin_s in (1.0, 28.0)
        for item in [joined([some for some in seen if isinstance(some, Poses)])]
    ]
    assert between_deg(*map(mean_direction, rests)) < 2.0


def test_a_strap_that_is_pulled_before_a_set_is_nothing_to_tell() -> None:
    events = events_of(felt(reps_deg(), 0.3, slip_rad(20, 1.0)), "bridge")
    assert len(reps_of(events)) == 5
    assert not codes_of(events)


@pytest.mark.parametrize(("rests_s", "count"), [(0.0, 5), (1.5, 6)])
def test_who_only_turns_round_before_the_strap_slips_has_done_no_rep(
    rests_s: float, count: int
) -> None:
    before = Leg(80).rest(4).move(0, 1.5).rest(rests_s).rep(40, hold=1.5, back=2)
    after = Leg().rest(3).reps(5, 40, hold=1.5, back=2).rest(2)
    slip = Rotation.from_euler("x", 15, degrees=True)
    events = events_of(_slipped(before, after, slip), "bridge")
    assert len(reps_of(events)) == count


def test_a_slipped_strap_is_told_once_and_costs_no_rep() -> None:
    leg = Leg().rest(3).reps(4).rest(0.5).move(14, 0.3).rest(2.5).reps(4).rest(2)
    events = events_of(leg.samples(), "bridge")
    assert len(reps_of(events)) == 8
    assert codes_of(events) == ["strap_slipped"]


@pytest.mark.parametrize("slip_deg", [10.0, 15.0])
def test_the_second_rep_after_a_slip_is_measured_from_the_new_rest(slip_deg: float) -> None:
    slip = Rotation.from_euler("y", slip_deg, degrees=True)
    before, after = Leg().rest(3).reps(5, 50, 2.0), Leg().rest(1.5).reps(3, 50, 1.5).rest(25)
    events = events_of(_slipped(before, after, slip), "bridge")
    # The first one after it began before the strap was seen to lie elsewhere.
    *before_deg, _, second_deg, third_deg = [rep.rom_deg for rep in reps_of(events)]
    assert before_deg == pytest.approx([50] * 5, abs=1.0)
    assert [second_deg, third_deg] == pytest.approx([50, 50], abs=2.5)
    assert codes_of(events) == ["strap_slipped"]


def test_who_rests_where_no_rest_was_has_come_back_with_a_slipped_strap() -> None:
    leg = Leg().rest(3).reps(3, 35, 3.0)
    leg.move(35, 1.2).rest(1).move(20, 1.0).rest(3).reps(4, 35, 3.0).rest(2)
    events = events_of(leg.samples(), "bridge")
    assert len(reps_of(events)) == 8
    assert codes_of(events) == ["strap_slipped"]


def test_reps_are_measured_from_where_the_strap_has_slipped_to() -> None:
    leg = Leg().rest(3).reps(4, 80).rest(0.5).move(-10, 0.3).rest(2.5).reps(4, 80).rest(2)
    events = events_of(leg.samples())
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([80] * 8, abs=1.5)
    assert codes_of(events) == ["strap_slipped"]


def test_who_does_not_go_all_the_way_back_in_slow_reps_has_no_slipped_strap() -> None:
    leg = Leg().rest(3).move(80, 4).rest(1)
    for _ in range(6):
        leg.move(11, 4).move(80, 4).rest(1)
    events = events_of(leg.move(0, 4).rest(2).samples())
    assert [rep.rom_deg for rep in reps_of(events)] == pytest.approx([80] * 7, abs=1.5)
    assert not codes_of(events)
