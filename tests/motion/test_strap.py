"""A strap that slips: its slips are taken out of the poses, and turns of the limb are not."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.slipping import AROUND_S, SLIPPING_S
from imu_reps.motion.strap import Slip
from imu_reps.motion.tracker import PoseTracker, Tracked
from tests.straps import SLIP_S, felt, reps_deg, slip_rad, slipping


def _tracked(chunks: Iterable[Samples]) -> tuple[Poses, list[Slip]]:
    tracker, out = PoseTracker(), list[Tracked]()
    for chunk in chunks:
        out += tracker.update(chunk)
    out += tracker.finish()
    slips = [item for item in out if isinstance(item, Slip)]
    return joined([item for item in out if isinstance(item, Poses)]), slips


def _off_deg(poses: Poses, others: Poses) -> Floats:
    off: Floats = np.degrees(np.arccos(np.clip((poses.up * others.up).sum(axis=1), -1.0, 1.0)))
    return off


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize("deg", [10.0, 20.0])
@pytest.mark.parametrize("at_s", [6.5, 7.5, 9.0])
def test_a_slip_is_taken_out(rate_hz: float, deg: float, at_s: float) -> None:
    # At rest, in the middle of the way out, and at the far end.
    without, none = _tracked([felt(reps_deg(), 0.3, rate_hz=rate_hz)])
    slipping = felt(reps_deg(), 0.3, slip_rad(deg, at_s), rate_hz)
    poses, slips = _tracked([slipping])
    assert none == []
    (slip,) = slips
    assert slip.time_s == pytest.approx(at_s + 0.3, abs=0.1)
    assert slip.moved_deg == pytest.approx(deg, abs=3.5)
    assert _off_deg(poses, without).max() < 5.0


@pytest.mark.parametrize("stroke_s", [0.25, 0.3, 0.4, 0.5, 0.7])
@pytest.mark.parametrize("lever_m", [0.12, 0.4])
def test_quick_strokes_of_a_limb_are_no_slips(stroke_s: float, lever_m: float) -> None:
    # Each of them is over as quickly as a slip, and there is none like it for seconds.
    assert _tracked([felt(reps_deg(20, stroke_s), lever_m)])[1] == []


@pytest.mark.parametrize("deg", [10.0, 20.0, 30.0])
def test_usual_strokes_are_none_even_where_no_lever_is_felt(deg: float) -> None:
    assert _tracked([felt(reps_deg(deg, 0.6), 0.0)])[1] == []


def test_a_slow_creep_is_left_to_those_who_know_where_rest_is() -> None:
    assert _tracked([felt(reps_deg(), 0.3, slip_rad(20, lasts_s=5.0))])[1] == []


def test_what_comes_again_soon_is_a_movement() -> None:
    twice = slip_rad(15) + slip_rad(15, SLIP_S + 5)
    (slip,) = _tracked([felt(reps_deg(), 0.3, twice)])[1]
    assert slip.time_s == pytest.approx(SLIP_S + 0.3, abs=0.1)


def test_slips_about_different_axes_are_all_taken_out() -> None:
    without = felt(reps_deg(), 0.3)
    once = slipping(without, 1.0, 20)
    poses, slips = _tracked([slipping(once, 26.5, 25, axis=(0.0, 1.0, 0.3))])
    assert [slip.moved_deg for slip in slips] == pytest.approx([20, 25], abs=2.5)
    assert _off_deg(poses, _tracked([without])[0])[-50:].max() < 3.0


def test_a_limb_that_rolls_about_its_own_axis_and_back_has_not_moved() -> None:
    without = felt(reps_deg(), 0.3)
    there = slipping(without, 11.2, 20)
    poses, slips = _tracked([slipping(there, 16.2, -20)])
    assert [slip.moved_deg for slip in slips] == pytest.approx([20, 0], abs=2.5)
    assert _off_deg(poses, _tracked([without])[0])[-50:].max() < 3.0


def test_shaking_without_end_takes_no_more_room() -> None:
    samples = felt(8.0 * np.sin(2 * np.pi * 3.0 * np.arange(60 * 400) / 400.0), 0.3)
    tracker, sizes = PoseTracker(), []
    tracemalloc.start()
    for row in range(0, len(samples), 10):
        tracker.update(samples[row : row + 10])
        if row in (3000, 5900):
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[1] - sizes[0] < 30_000


def test_a_slip_stays_taken_out_after_a_gap() -> None:
    gap = (round(19.0 * 100), round(20.0 * 100))
    slipping, whole = felt(reps_deg(), 0.3, slip_rad(20)), felt(reps_deg(), 0.3)
    poses, without = (_tracked([some[: gap[0]], some[gap[1] :]])[0] for some in (slipping, whole))
    assert _off_deg(poses, without)[-100:].max() < 3.0


def test_data_that_end_in_a_slip_have_all_their_poses() -> None:
    samples = felt(reps_deg(), 0.3, slip_rad(20))[: round((SLIP_S + 0.15) * 100)]
    poses, slips = _tracked([samples])
    assert slips == []
    assert poses.time_s[-1] == pytest.approx(samples.time_s[-1], abs=0.02)


def test_a_slip_is_told_where_the_data_end_while_the_gyro_is_on_trial() -> None:
    samples = felt(reps_deg(), 0.3, slip_rad(20, 1.5))[:290]
    poses, slips = _tracked([samples])
    assert [slip.moved_deg for slip in slips] == pytest.approx([20], abs=3.5)
    assert len(poses) == 145


def test_poses_wait_no_longer_than_a_slip_takes() -> None:
    samples, tracker = felt(reps_deg(), 0.3, slip_rad(20)), PoseTracker()
    known_s, late_s, slips = 0.0, [], 0
    for row in range(0, len(samples), 10):
        chunk = samples[row : row + 10]
        told = tracker.update(chunk)
        slips += sum(isinstance(item, Slip) for item in told)
        known_s = max(
            [known_s, *(float(item.time_s[-1]) for item in told if isinstance(item, Poses))]
        )
        late_s.append(float(chunk.time_s[-1]) - known_s)
    assert slips == 1
    after_trial_s = np.array(late_s)[round(11.0 * 10) :]
    assert after_trial_s.max() < SLIPPING_S + AROUND_S + 0.1
    assert np.mean(after_trial_s < 0.02) > 0.95


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, 2999), max_size=30))
def test_any_cut_gives_the_same_poses(cuts: list[int]) -> None:
    samples = felt(reps_deg(), 0.3, slip_rad(20))
    edges = [0, *sorted(cuts), len(samples)]
    parts = [samples[a:b] for a, b in pairwise(edges)]
    whole, slips = _tracked([samples])
    cut, cut_slips = _tracked(parts)
    assert np.array_equal(whole.up, cut.up)
    assert np.array_equal(whole.spread_deg, cut.spread_deg)
    (slip,), (cut_slip,) = slips, cut_slips
    assert (slip.time_s, slip.moved_deg) == (cut_slip.time_s, cut_slip.moved_deg)
