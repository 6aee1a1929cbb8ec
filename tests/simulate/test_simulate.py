"""The synthetic athlete and sensor: truth by hand, physics, and the same seed twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.errors import BadUsage
from imu_reps.core.samples import GRAVITY_MS2, Floats
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements, movement_named
from imu_reps.simulate import Imu, Plan, Simulation, Strap, easy, hard, random_plan, simulate
from imu_reps.simulate.athlete import BODIES
from imu_reps.simulate.motion import INNER_RATE_HZ
from imu_reps.simulate.strokes import SHAPES, Attempt, progress, spans_of, trajectory
from imu_reps.simulate.truth import true_reps

BRIDGE = Strap(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
STILL = Plan(((Attempt(1.0, 1.0, 2.0, 1.5, 1.0),) * 3,), sway_part=0.0, rest_drift_deg=0.0)
PERFECT = Imu(acc_noise_ms2_rthz=0, gyr_noise_dps_rthz=0, gyr_bias_dps=0, clock_ppm=0, jitter_us=0)


def _amount(*attempts: Attempt) -> Floats:
    rest = np.full(500, np.nan)
    return np.concatenate([rest, trajectory(spans_of(attempts), INNER_RATE_HZ), rest])


def _turned_deg(made: Simulation) -> Floats:
    """How far (n,) gravity has turned since the first moment, by the accelerometer."""
    assert made.header.scale is not None
    acc = DeviceClock(made.header.scale, 100.0).update(made.frames).acc_ms2
    up = acc / np.linalg.norm(acc, axis=1)[:, None]
    turned: Floats = np.degrees(np.arccos(np.clip(up @ up[:50].mean(axis=0), -1, 1)))
    return turned


def test_truth_of_a_minimum_jerk_rep() -> None:
    (rep,) = true_reps(_amount(Attempt(1.0, 1.0, 2.0, 1.5, 0.5)), turn_deg=40.0)
    # Minimum jerk: 10 % of the way at 0.2469, a tenth of the peak speed at 0.9134 of its time.
    assert rep.kind == "rep"
    assert rep.start_s == pytest.approx(1.0 + 0.247, abs=0.005)
    assert rep.end_s == pytest.approx(1.0 + 1.0 + 2.0 + 1.5 * (1 - 0.247), abs=0.005)
    assert rep.hold_s == pytest.approx(2.0 + 0.0866 * 1.0 + 0.0866 * 1.5, abs=0.005)
    assert rep.rom_deg == pytest.approx(40.0)


def test_truth_tells_partials_and_forgets_the_smallest() -> None:
    attempts = [Attempt(reach, 1.0, 1.0, 1.0, 1.0) for reach in (1.0, 0.5, 1.0, 0.15, 1.0)]
    assert [rep.kind for rep in true_reps(_amount(*attempts), 30.0)] == [
        "rep",
        "partial",
        "rep",
        "rep",
    ]


def test_touch_and_go_is_parted_at_the_valley() -> None:
    first = Attempt(1.0, 1.0, 0.5, 1.0, 0.0, lift=0.3)
    one, two = true_reps(_amount(first, Attempt(1.0, 1.0, 0.5, 1.0, 1.0)), 30.0)
    assert one.end_s == pytest.approx(3.5, abs=0.01)
    assert two.start_s == pytest.approx(3.5, abs=0.01)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_stroke_goes_from_end_to_end_and_never_back(shape: str) -> None:
    done = progress(shape, np.linspace(0, 1, 200))  # type: ignore[arg-type]
    assert (done[0], done[-1]) == pytest.approx((0.0, 1.0))
    assert (np.diff(done) >= -1e-12).all()


def test_the_sensor_turns_as_far_as_the_truth_says() -> None:
    made = simulate(BRIDGE, STILL, PERFECT, seed=2)
    assert made.truth.count("rep") == 3
    hold_row = int((made.truth.reps[1].start_s + 1.9) * 100)
    assert _turned_deg(made)[hold_row] == pytest.approx(made.truth.reps[1].rom_deg, abs=0.05)
    assert made.truth.reps[1].rom_deg == pytest.approx(32.0)


def test_gyro_and_accelerometer_tell_the_same() -> None:
    made = simulate(BRIDGE, STILL, PERFECT, seed=2)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, 100.0).update(made.frames)
    assert samples.gyr_rads is not None
    length = np.linalg.norm(samples.acc_ms2, axis=1)
    assert length[:200] == pytest.approx(np.full(200, GRAVITY_MS2), abs=0.002)
    begin, end = 300, int((made.truth.reps[0].start_s + 1.5) * 100)
    turned = np.degrees(np.linalg.norm(samples.gyr_rads[begin:end].sum(axis=0)) / 100)
    assert turned == pytest.approx(32.0, abs=0.3)


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    one, same, other = (simulate(BRIDGE, STILL, Imu(), seed).frames for seed in (1, 1, 2))
    assert np.array_equal(one.values, same.values)
    assert not np.array_equal(one.values, other.values)


def test_lost_samples_leave_their_numbers_out() -> None:
    frames = simulate(BRIDGE, STILL, Imu(loss_part=0.05), seed=1).frames
    assert frames.seq is not None
    lost = 1 - len(frames) / (int(frames.seq[-1]) + 1)
    assert 0.02 < lost < 0.09


def test_a_sensor_without_gyro_sends_three_values() -> None:
    made = simulate(BRIDGE, STILL, replace(PERFECT, gyro=False), seed=1)
    assert made.frames.values.shape[1] == 3
    assert made.header.scale is not None
    assert made.header.scale.gyr_rads is None


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_segment_turns_as_far_as_its_mount_is_said_to_see(name: str) -> None:
    movement = all_movements()[name]
    for mount, segment in BODIES[name].segments.items():
        view = movement.view(mount)
        assert view.low_deg <= abs(segment.turn_deg) <= view.high_deg


def test_what_the_body_has_not_is_told() -> None:
    with pytest.raises(BadUsage, match="it can for thigh"):
        simulate(replace(BRIDGE, mount=Mount.CHEST), STILL, PERFECT, seed=1)


@pytest.mark.parametrize("preset", [easy, hard])
def test_presets_have_the_reps_they_are_asked_for(preset: object) -> None:
    assert callable(preset)
    plan, imu = preset(BRIDGE.movement, 7, np.random.default_rng(1))
    assert simulate(BRIDGE, plan, imu, seed=1).truth.count("rep") == 7


def test_random_plans_differ() -> None:
    plans = {random_plan(BRIDGE.movement, np.random.default_rng(seed))[0] for seed in range(5)}
    assert len(plans) == 5
