"""What the first reps show: leans after a walk, the reach, and nothing of how they are cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.events import Rep
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.counting import RepCounter
from imu_reps.counting.track import KEPT_S
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip
from imu_reps.motion.tracker import PoseTracker
from imu_reps.movements import movement_named
from imu_reps.session.first_reps.first_look import Look, Watch, look_at
from imu_reps.simulate import Imu, Strap, easy, simulate
from tests.straps import slipping


def bridges(walk_s: float) -> tuple[Samples, list[Rep]]:
    """A set of bridges at the ankle, 32 degrees from upright at rest and 5 beyond it at the top."""
    bridge = movement_named("bridge")
    plan, _ = easy(bridge, 4, np.random.default_rng(3))
    strap = Strap(bridge, Leg.LEFT, Mount.ANKLE)
    made = simulate(strap, replace(plan, walk_s=walk_s), Imu(), 3)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, 100.0).update(made.frames)
    counter = RepCounter(bridge, Leg.LEFT, Mount.ANKLE)
    events = [*counter.update(samples), *counter.finish()]
    return samples, [event for event in events if isinstance(event, Rep)][:2]


def looked(samples: Samples, reps: list[Rep], rows: int) -> Look:
    return watched(samples, rows).look(reps)


def watched(samples: Samples, rows: int) -> Watch:
    watch, tracker = Watch(), PoseTracker()
    for begin in range(0, len(samples), rows):
        watch.update(samples[begin : begin + rows])
        for item in tracker.update(samples[begin : begin + rows]):
            if isinstance(item, Poses | Slip):
                watch.see(item)
    return watch


def test_who_has_walked_shows_how_the_leg_lies() -> None:
    look = looked(*bridges(walk_s=12.0), rows=100)
    assert look.leans == pytest.approx((32.0, 5.0), abs=10.0)


def test_who_has_not_shows_it_by_the_way_from_the_axis() -> None:
    look = looked(*bridges(walk_s=0.0), rows=100)
    assert look.leans is None
    assert look.axis_leans == pytest.approx((32.0, 5.0), abs=10.0)
    assert look.reach_m == pytest.approx(0.12, abs=0.03)


def test_the_look_is_the_same_however_the_samples_are_cut() -> None:
    samples, reps = bridges(walk_s=12.0)
    whole, cut = looked(samples, reps, rows=len(samples)), looked(samples, reps, rows=7)
    assert whole.leans == cut.leans
    assert whole.reach_m == pytest.approx(cut.reach_m)


def test_what_is_forgotten_shows_nothing() -> None:
    samples, reps = bridges(walk_s=12.0)
    watch = watched(samples, rows=len(samples))
    assert watch.look(reps).reach_m is not None
    late_s = samples.time_s[-1] + KEPT_S + np.arange(1, 200) / 100.0
    watch.update(Samples(late_s, np.tile([0.0, 0.0, 9.8], (199, 1)), np.zeros((199, 3))))
    watch.forget()
    assert watch.look(reps).reach_m is None


def test_read_from_the_far_end_a_rest_is_a_hold() -> None:
    _, reps = bridges(walk_s=0.0)
    look = look_at(reps)
    other = look.other_way_round()
    assert other is not None
    assert other.out_s is look.back_s
    # The easy set rests for 0.4 to 1.2 s at the bottom.
    assert 0.3 < float(other.hold_s[0]) < 1.4
    assert look_at(reps[:1]).other_way_round() is None


@pytest.mark.parametrize("rows", [100, 100_000])
@pytest.mark.parametrize("from_start_s", [-1.5, -1.0, 3.0])
def test_a_strap_that_slips_before_or_in_the_reps_changes_nothing(
    from_start_s: float, rows: int
) -> None:
    samples, reps = bridges(walk_s=12.0)
    slipped = slipping(samples, reps[0].start_s + from_start_s, 20)
    before, after = looked(samples, reps, rows), looked(slipped, reps, rows)
    assert after.leans == pytest.approx(before.leans, abs=2.0)
    assert after.axis_leans == pytest.approx(before.axis_leans, abs=4.0)
    assert after.reach_m == pytest.approx(before.reach_m, abs=0.03)
