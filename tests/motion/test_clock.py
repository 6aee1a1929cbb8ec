"""Frames into samples: clocks that wrap, stumble and start again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.frames import Frames, Scale
from imu_reps.motion.clock import DeviceClock

SCALE = Scale(0.5, 0.25, seq_wrap=1 << 16, device_us_wrap=1 << 32)


def _frames(seq: list[int], step_us: int = 10_000, first_us: int = 0) -> Frames:
    at_us = np.array(seq, dtype=np.int64) * step_us
    return Frames(
        host_us=at_us + 777,
        values=np.tile(np.arange(1, 7), (len(seq), 1)),
        seq=np.array(seq) % (1 << 16),
        device_us=(at_us + first_us) % (1 << 32),
    )


def _times_s(*chunks: Frames, clock: DeviceClock | None = None) -> list[float]:
    clock = clock or DeviceClock(SCALE, 100.0)
    return [float(t) for chunk in chunks for t in clock.update(chunk).time_s]


def test_counts_become_units_and_time_begins_at_zero() -> None:
    samples = DeviceClock(SCALE, 100.0).update(_frames([5, 6, 7]))
    assert samples.time_s.tolist() == pytest.approx([0.0, 0.01, 0.02])
    assert samples.acc_ms2[0].tolist() == [0.5, 1.0, 1.5]
    assert samples.gyr_rads is not None
    assert samples.gyr_rads[0].tolist() == [1.0, 1.25, 1.5]


def test_both_counters_may_wrap() -> None:
    seq = list(range(65_530, 65_545))
    clock = DeviceClock(SCALE, 100.0)
    times_s = _times_s(_frames(seq, first_us=(1 << 32) - 65_535 * 10_000), clock=clock)
    assert times_s == pytest.approx(np.arange(15) / 100)
    assert clock.lost_samples == 0


def test_lost_samples_are_counted_and_leave_a_hole_in_time() -> None:
    clock = DeviceClock(SCALE, 100.0)
    assert _times_s(_frames([0, 1, 5]), _frames([6, 9]), clock=clock) == pytest.approx(
        [0.0, 0.01, 0.05, 0.06, 0.09]
    )
    assert clock.lost_samples == 3 + 2


def test_more_than_half_a_round_is_told_by_the_clock() -> None:
    clock = DeviceClock(SCALE, 100.0)
    _times_s(_frames([0, 40_000]), clock=clock)
    assert clock.lost_samples == 39_999


def test_duplicates_and_steps_back_are_no_news() -> None:
    clock = DeviceClock(SCALE, 100.0)
    times_s = _times_s(_frames([0, 1, 1, 0, 2, 3, 2, 4]), clock=clock)
    assert times_s == pytest.approx([0.0, 0.01, 0.02, 0.03, 0.04])
    assert clock.lost_samples == 0


def test_a_rebooted_device_goes_on_where_the_host_is() -> None:
    before = _frames([1000, 1001, 1002])
    again = _frames([0, 1, 2])
    again = Frames(again.host_us + 12_020_000, again.values, again.seq, again.device_us)
    times_s = _times_s(before, again)
    assert times_s[:3] == pytest.approx([0.0, 0.01, 0.02])
    assert times_s[3:] == pytest.approx([2.02, 2.03, 2.04], abs=0.03)


def test_without_a_clock_the_counter_tells() -> None:
    frames = _frames([3, 4, 8])
    clock = DeviceClock(SCALE, 50.0)
    assert _times_s(
        Frames(frames.host_us, frames.values, frames.seq), clock=clock
    ) == pytest.approx([0.0, 0.02, 0.1])


def test_without_both_bursts_are_spread() -> None:
    burst_us = np.repeat(np.arange(20) * 100_000, 10)
    frames = Frames(burst_us, np.ones((200, 3)))
    samples = DeviceClock(Scale(1.0, None), 100.0).update(frames)
    assert samples.gyr_rads is None
    assert np.diff(samples.time_s) == pytest.approx(np.full(199, 0.01), abs=0.003)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=60), st.integers(1, 59))
def test_chunks_change_nothing_and_time_never_stands(seq: list[int], cut: int) -> None:
    frames = _frames(seq)
    whole = _times_s(frames)
    assert _times_s(frames[:cut], frames[cut:]) == whole
    assert (np.diff(whole) > 0).all()


def test_a_reboot_that_looks_like_a_jump_ahead_is_one() -> None:
    before, again = _frames([1000, 1001], first_us=3_000_000_000), _frames([0, 1])
    again = Frames(again.host_us + 12_000_000, again.values, again.seq, again.device_us)
    assert _times_s(before, again)[2:] == pytest.approx([2.0, 2.01], abs=0.03)
