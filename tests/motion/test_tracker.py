"""Samples into poses: tilt, gaps, stillness, and a gyro that lies."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Gap, Warn
from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.tracker import PoseTracker, Tracked
from tests.legs import Leg


def _tracked(*chunks: Samples) -> list[Tracked]:
    tracker = PoseTracker()
    out = [item for chunk in chunks for item in tracker.update(chunk)]
    return out + tracker.finish()


def _poses(*chunks: Samples) -> Poses:
    return joined([item for item in _tracked(*chunks) if isinstance(item, Poses)])


def _turned_deg(poses: Poses) -> Floats:
    turned: Floats = np.degrees(np.arccos(np.clip(poses.up @ poses.up[20:50].mean(0), -1, 1)))
    return turned


@pytest.mark.parametrize(("gyro", "within_deg"), [(True, 0.5), (False, 1.0)])
def test_the_tilt_is_found(gyro: bool, within_deg: float) -> None:  # noqa: FBT001
    poses = _poses(Leg().rest(3).move(40, 1).rest(2).samples(gyro=gyro))
    assert _turned_deg(poses)[-30:] == pytest.approx(np.full(30, 40.0), abs=within_deg)
    assert poses.spread_deg[-1] < 0.3
    assert poses.spread_deg.max() > 5


def test_poses_come_at_fifty_a_second_or_the_sensors_own_rate() -> None:
    leg = Leg().rest(4)
    steps_s = [
        float(np.diff(_poses(leg.samples(rate)).time_s).mean()) for rate in (25, 50, 99, 100, 200)
    ]
    assert steps_s == pytest.approx([0.04, 0.02, 0.0202, 0.02, 0.02], abs=1e-4)


def test_a_short_silence_is_bridged_and_a_long_one_is_told() -> None:
    samples = Leg().rest(10).samples()
    short = _tracked(samples[:300], samples[325:])
    assert not [item for item in short if isinstance(item, Gap)]
    (gap,) = [item for item in _tracked(samples[:300], samples[350:]) if isinstance(item, Gap)]
    assert (gap.start_s, gap.end_s) == pytest.approx((2.99, 3.5))


def test_jitter_does_not_shake_the_grid() -> None:
    samples = Leg().rest(5).samples()
    late_s = np.random.default_rng(1).uniform(0, 0.008, len(samples))
    poses = _poses(Samples(samples.time_s + late_s, samples.acc_ms2, samples.gyr_rads))
    steps_s = np.diff(poses.time_s)
    assert np.ptp(steps_s) < 1e-9
    assert steps_s.mean() == pytest.approx(0.02, rel=0.1)


def test_a_gyro_that_is_there_now_and_then_is_an_error() -> None:
    leg, tracker = Leg().rest(4), PoseTracker()
    tracker.update(leg.samples(gyro=True)[:100])
    with pytest.raises(BadInput, match="with and without a gyro"):
        tracker.update(leg.samples(gyro=False)[100:])


@pytest.mark.parametrize(("rest_s", "scale"), [(2, 0.3), (5, 3.0)])
def test_a_gyro_of_the_wrong_scale_is_noticed_and_done_without(rest_s: float, scale: float) -> None:
    true = Leg().rest(rest_s).reps(4, 40).samples()
    assert true.gyr_rads is not None
    lying = Samples(true.time_s, true.acc_ms2, true.gyr_rads * scale)
    (warning,) = [item for item in _tracked(lying) if isinstance(item, Warn)]
    assert warning.code == "gyro_disagrees"
    alone = _poses(Samples(true.time_s, true.acc_ms2))
    assert np.array_equal(_poses(lying).up, alone.up)


def test_a_gyro_that_is_only_off_by_a_bias_is_believed() -> None:
    true = Leg().rest(4).reps(4, 40).samples()
    assert true.gyr_rads is not None
    biased = Samples(true.time_s, true.acc_ms2, true.gyr_rads + np.radians([3.0, -3.0, 2.0]))
    assert not [item for item in _tracked(biased) if isinstance(item, Warn)]
    hold = (biased.time_s > 14.2) & (biased.time_s < 14.6)
    poses = _poses(biased)
    rows = (poses.time_s > 14.2) & (poses.time_s < 14.6)
    assert hold.any()
    assert _turned_deg(poses)[rows] == pytest.approx(np.full(rows.sum(), 40.0), abs=1.5)


def test_a_large_bias_is_found_by_who_hardly_rests() -> None:
    strap = Rotation.from_euler("xz", [40.0, 60.0], degrees=True)
    off_deg = []
    for deg in (9, 15):
        leg = Leg().rest(1.0).reps(4, deg, 0.5, out=1.5, hold=1.0, back=2.0)
        true = leg.samples(sway_deg=0.5, strap=strap)
        assert true.gyr_rads is not None
        for axis in np.radians(7.0) * np.eye(3):
            biased = _poses(Samples(true.time_s, true.acc_ms2, true.gyr_rads + axis))
            same = (biased.up * _poses(true).up).sum(axis=1)
            off_deg.append(np.degrees(np.arccos(np.minimum(same, 1.0))).mean())
    # With a bias for which half a degree a second is likely beforehand it is 5.0.
    assert np.mean(off_deg) < 2.6


def test_a_wrong_unit_is_told_once() -> None:
    true = Leg().rest(3).reps(2).samples()
    in_g = Samples(true.time_s, true.acc_ms2 / 9.81, true.gyr_rads)
    warnings = [item for item in _tracked(in_g[:10], in_g[10:]) if isinstance(item, Warn)]
    assert [warning.code for warning in warnings].count("not_gravity") == 1


def test_too_few_samples_a_second_are_told() -> None:
    true = Leg().rest(3).reps(2).samples()
    with pytest.raises(BadInput, match="times are in seconds"):
        _tracked(Samples(true.time_s * 1000, true.acc_ms2, true.gyr_rads))


def test_the_first_seconds_are_made_anew_with_the_bias() -> None:
    true = Leg().rest(2).reps(2, 40).samples()
    assert true.gyr_rads is not None
    poses = _poses(Samples(true.time_s, true.acc_ms2, true.gyr_rads + np.radians([4.0, -4.0, 4.0])))
    first_rest = poses.time_s < 1.9
    assert _turned_deg(poses)[first_rest].max() < 1.0


CHUNKS = pytest.mark.parametrize("chunk", [1, 7, 20, 333, 10_000])


def _lying(leg: Leg, scale: float) -> tuple[Samples, Samples]:
    """What a sensor with a gyro of the wrong scale sees, and one without a gyro."""
    true = leg.samples()
    assert true.gyr_rads is not None
    lying = Samples(true.time_s, true.acc_ms2, true.gyr_rads * scale)
    return lying, Samples(true.time_s, true.acc_ms2)


def _warned(cut: list[Tracked], whole: list[Tracked], text: str) -> int:
    """The pose at which both are warned of the gyro; their poses are the same."""
    (warning,) = [item for item in cut if isinstance(item, Warn)]
    assert warning.code == "gyro_disagrees"
    assert text in warning.text
    poses = [joined([item for item in told if isinstance(item, Poses)]) for told in (cut, whole)]
    assert np.array_equal(poses[0].up, poses[1].up)
    assert np.array_equal(poses[0].spread_deg, poses[1].spread_deg)
    assert np.ptp(np.diff(poses[0].time_s)) < 1e-9
    before, again = _before(cut, warning), _before(whole, warning)
    assert before == again
    return before


@CHUNKS
@pytest.mark.parametrize("rest_s", [12, 25])
def test_a_gyro_that_is_found_to_lie_later_is_done_without_from_before_the_first_turn(
    rest_s: float, chunk: int
) -> None:
    lying, alone = _lying(Leg().rest(rest_s).reps(3, 40), 0.3)
    cut = _tracked(*[lying[row : row + chunk] for row in range(0, len(lying), chunk)])
    rows = _warned(cut, _tracked(lying), "is not used:")
    poses = joined([item for item in cut if isinstance(item, Poses)])
    assert rest_s - 5 < poses.time_s[rows] < rest_s
    # The smoothing of a stretch that begins there is that of one that began long before.
    assert np.abs(poses.up - _poses(alone).up)[rows + 50 :].max() < 1e-12
    assert _turned_deg(poses)[:rows].max() < 1.0


@CHUNKS
@pytest.mark.parametrize("leg", [Leg().rest(5), Leg().rest(1).rep(20).rest(6)])
def test_a_gyro_that_is_found_to_lie_late_is_told_at_that_moment(chunk: int, leg: Leg) -> None:
    # Half of a small turn takes three windows to tell: poses do not wait for so long.
    lying, alone = _lying(copy.deepcopy(leg).reps(8, 20), 0.5)
    cut = _tracked(*[lying[row : row + chunk] for row in range(0, len(lying), chunk)])
    rows = _warned(cut, _tracked(lying), "before may be off")
    poses = joined([item for item in cut if isinstance(item, Poses)])
    assert 2 < poses.time_s[rows] < 10
    assert np.abs(poses.up - _poses(alone).up)[rows + 50 :].max() < 1e-12


@CHUNKS
def test_a_gyro_that_lies_from_a_moment_on_is_done_without_from_there(chunk: int) -> None:
    # So small and slow that the gyro is believed as it is, until it goes bad.
    leg = Leg().rest(6).reps(4, 8, 1.0, out=3.0, hold=1.5, back=2.0)
    true = leg.reps(6, 40).samples()
    assert true.gyr_rads is not None
    bad = np.where(true.time_s > 36.0, 3.0, 1.0)[:, None]
    lying = Samples(true.time_s, true.acc_ms2, true.gyr_rads * bad)
    cut = _tracked(*[lying[row : row + chunk] for row in range(0, len(lying), chunk)])
    rows = _warned(cut, _tracked(lying), "before may be off")
    poses = joined([item for item in cut if isinstance(item, Poses)])
    assert 36 < poses.time_s[rows] < 45


def _behind_s(samples: Samples) -> Floats:
    """How far behind the last of ten samples each last pose is, as they come (n,)."""
    tracker, last_s, behind_s = PoseTracker(), 0.0, []
    for row in range(0, len(samples), 10):
        chunk = samples[row : row + 10]
        for item in tracker.update(chunk):
            last_s = item.time_s[-1] if isinstance(item, Poses) else last_s
        behind_s.append(chunk.time_s[-1] - last_s)
    return np.array(behind_s)


def test_poses_do_not_wait_for_ever_of_who_turns_too_little_to_tell() -> None:
    slow = Leg().rest(6).reps(10, 8, 1.0, out=3.0, hold=1.5, back=2.0).samples()
    assert _behind_s(slow)[300:].max() < 0.1


def test_poses_wait_for_twelve_seconds_at_the_most() -> None:
    walk = Leg().reps(40, 10).samples()
    steps_ms2 = 4.0 * np.sin(2 * np.pi * 0.95 * walk.time_s)
    pushed = replace(walk, acc_ms2=walk.acc_ms2 + steps_ms2[:, None] * [1.0, 0.3, 0.6])
    assert 11.5 < _behind_s(pushed)[150:].max() < 12.1


@pytest.mark.parametrize("every_s", [6.0, 8.0, 9.9])
def test_a_dead_gyro_is_found_over_gaps(every_s: float) -> None:
    true = Leg().rest(2).reps(10, 30).samples()
    kept = true.time_s % every_s > 0.4
    assert true.gyr_rads is not None
    dead = Samples(true.time_s[kept], true.acc_ms2[kept], 0.0 * true.gyr_rads[kept])
    assert [item.code for item in _tracked(dead) if isinstance(item, Warn)] == ["gyro_disagrees"]


@pytest.mark.parametrize("rate_hz", [33.3, 99.7, 104.0])
def test_a_gyro_that_lies_is_told_wherever_the_data_end(rate_hz: float) -> None:
    true = Leg().rest(1).reps(2, 40).samples(rate_hz)
    assert true.gyr_rads is not None
    first = round(9.6 * rate_hz) + 1
    for end in range(first, first + round(0.3 * rate_hz)):
        lying = Samples(true.time_s[:end], true.acc_ms2[:end], -3.0 * true.gyr_rads[:end])
        assert [item for item in _tracked(lying) if isinstance(item, Warn)]


def _before(told: list[Tracked], warning: Warn) -> int:
    """How many poses came before a warning."""
    return sum(len(item) for item in told[: told.index(warning)] if isinstance(item, Poses))


@pytest.mark.parametrize(("push_ms2", "within_deg"), [(0.0, 0.5), (3.0, 8.5)])
def test_who_is_pushed_as_the_data_begin_is_seen_from_what_comes_after(
    push_ms2: float, within_deg: float
) -> None:
    samples = Leg(20).move(40, 0.8).rest(5).samples()
    pushed = (samples.time_s < 0.3)[:, None] * [push_ms2, 0.0, 0.0]
    poses = _poses(replace(samples, acc_ms2=samples.acc_ms2 + pushed))
    begins_deg = np.degrees(np.arccos(poses.up[0] @ poses.up[-50:].mean(0)))
    # By what is felt there alone it is off by 20 degrees.
    assert begins_deg == pytest.approx(20.0, abs=within_deg)
