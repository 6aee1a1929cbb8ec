"""Frames into samples: clocks that wrap, stumble and start again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.frames import Frames, Note, Scale
from imu_reps.motion.arrivals import ArrivalFit
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
    frames = _frames([3, 4, 8], step_us=20_000)
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


_WELL = (1, 10_000)
_STEPS = st.one_of(
    *[st.just(_WELL)] * 7,
    st.tuples(
        st.sampled_from([1, 1, 1, 0, 2, -1, 9]),
        st.sampled_from([10_000, 0, -10_000, 20_000, 990_000, 1_200_000, -5_000_000]),
    ),
)
"""Of counter and clock, from frame to frame: mostly all is well."""


@given(st.lists(_STEPS, min_size=40, max_size=80), st.integers(1, 12))
def test_what_goes_wrong_does_so_in_any_pieces(steps: list[tuple[int, int]], rows: int) -> None:
    seq, device_us = np.array(steps).cumsum(axis=0).T
    # Both go round after some frames.
    seq, device_us = (seq - 20) % (1 << 16), (device_us - 250_000) % (1 << 32)
    frames = Frames(np.arange(len(seq)) * 10_000, np.ones((len(seq), 6)), seq, device_us)
    whole, pieces = DeviceClock(SCALE, 100.0), DeviceClock(SCALE, 100.0)
    times_s = _times_s(frames, clock=whole)
    cut = [frames[first : first + rows] for first in range(0, len(frames), rows)]
    assert _times_s(*cut, clock=pieces) == times_s
    assert (pieces.lost_samples, pieces.repeated) == (whole.lost_samples, whole.repeated)


@pytest.mark.parametrize("seq", [[2, 4, 4], [1, 3, 4]])
def test_a_number_that_comes_twice_does_not_hide_a_lost_one(seq: list[int]) -> None:
    clock = DeviceClock(SCALE, 100.0)
    first, after = _frames([0, 1]), _frames([2, 3, 4])
    _times_s(first, replace(after, seq=np.array(seq)), clock=clock)
    assert clock.lost_samples == 1


def test_a_reboot_that_looks_like_a_jump_ahead_is_one() -> None:
    before, again = _frames([1000, 1001], first_us=3_000_000_000), _frames([0, 1])
    again = Frames(again.host_us + 12_000_000, again.values, again.seq, again.device_us)
    assert _times_s(before, again)[2:] == pytest.approx([2.0, 2.01], abs=0.03)


def _heard_in_bursts(
    seed: int, n: int = 12_000, rate_hz: float = 100.0, burst_us: float = 16_000.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which samples (m,) come through, when they were taken and when they arrive.

    A crystal 5000 ppm off, 0.3 % lost, delivery each 16 ms and 0.2 ms of the host's own delay.
    """
    rng = np.random.default_rng(seed)
    true_us = np.arange(n) * 1.005e6 / rate_hz + rng.uniform(0, 1e6)
    burst = np.ceil(true_us / burst_us).astype(int)
    host_us = burst * burst_us + rng.exponential(200, burst[-1] + 1)[burst]
    kept = rng.random(n) >= 0.003
    return np.flatnonzero(kept), true_us[kept], host_us[kept].astype(np.int64)


def _rms_ms(error_us: np.ndarray) -> float:
    return float(np.sqrt(np.mean(error_us**2))) / 1e3


@pytest.mark.parametrize("seed", range(5))
def test_the_hosts_time_is_right_within_a_millisecond_by_a_counter(seed: int) -> None:
    count, true_us, host_us = _heard_in_bursts(seed)
    steps = np.diff(count, prepend=-1).astype(float)
    error_us = ArrivalFit(10_000).update(steps, host_us) - true_us
    assert _rms_ms(error_us) < 1.0
    assert _rms_ms(error_us[500:]) < 0.3


@pytest.mark.parametrize("seed", range(5))
def test_without_both_the_lateness_of_bursts_tells_what_was_lost(seed: int) -> None:
    _, true_us, host_us = _heard_in_bursts(seed)
    assert _rms_ms(ArrivalFit(10_000).update(None, host_us) - true_us) < 10


def test_a_stall_of_the_host_moves_the_time_little() -> None:
    count, true_us, host_us = _heard_in_bursts(1)
    stalled = (host_us > host_us[6000]) & (host_us < host_us[6000] + 700_000)
    host_us = np.where(stalled, host_us[6000] + 700_000, host_us)
    steps = np.diff(count, prepend=-1).astype(float)
    error_us = ArrivalFit(10_000).update(steps, host_us) - true_us
    assert np.abs(error_us[6000:]).max() < 3000


@pytest.mark.parametrize("nominal_hz", [10.0, 90.0, 110.0, 200.0])
def test_a_wrong_nominal_rate_is_unlearned(nominal_hz: float) -> None:
    count, true_us, host_us = _heard_in_bursts(2)
    steps = np.diff(count, prepend=-1).astype(float)
    error_us = ArrivalFit(1e6 / nominal_hz).update(steps, host_us) - true_us
    assert np.abs(error_us[3000:]).max() < 2000


@pytest.mark.parametrize("nominal_hz", [10.0, 50.0, 1000.0])
@pytest.mark.parametrize("burst_us", [50_000.0, 100_000.0, 250_000.0])
def test_long_bursts_at_a_wrong_nominal_rate_keep_their_order(
    nominal_hz: float, burst_us: float
) -> None:
    _, _, host_us = _heard_in_bursts(3, rate_hz=200.0, burst_us=burst_us)
    assert np.diff(ArrivalFit(1e6 / nominal_hz).update(None, host_us)).min() >= 1


@given(st.integers(0, 20), st.lists(st.integers(1, 400), min_size=1, max_size=10), st.booleans())
def test_pieces_change_nothing_without_a_clock(seed: int, cuts: list[int], counts: bool) -> None:  # noqa: FBT001
    count, _, host_us = _heard_in_bursts(seed, n=1500)
    frames = Frames(host_us, np.ones((len(count), 3)), count % 256 if counts else None)
    scale = Scale(1.0, None, seq_wrap=256 if counts else None)
    pieces = [frames[a:b] for a, b in zip([0, *np.cumsum(cuts)], [*np.cumsum(cuts), None])]  # noqa: B905
    whole = _times_s(frames, clock=DeviceClock(scale, 100.0))
    assert _times_s(*pieces, clock=DeviceClock(scale, 100.0)) == whole
    assert (np.diff(whole) > 0).all()
    assert len(whole) == len(count)


def _rvc(seq: np.ndarray, host_us: np.ndarray) -> Frames:
    return Frames(host_us.astype(np.int64), np.ones((len(seq), 3)), seq % 256)


@pytest.mark.parametrize("silence_s", [0.5, 1.27, 1.28, 1.4, 2.56, 3.0, 10.0])
def test_a_short_counter_is_helped_over_a_silence_by_the_host(silence_s: float) -> None:
    seq = np.concatenate([np.arange(500), 500 + round(silence_s * 100) + np.arange(500)])
    clock = DeviceClock(Scale(1.0, None, seq_wrap=256), 100.0)
    times_s = _times_s(_rvc(seq, seq * 10_000), clock=clock)
    assert len(times_s) == 1000
    assert times_s == pytest.approx(seq / 100, abs=0.02)
    assert clock.lost_samples == round(silence_s * 100)


def test_a_counter_that_begins_anew_goes_on_where_the_host_is() -> None:
    before, again = np.arange(1000) + 300, np.arange(1000)
    host_us = np.concatenate([before * 10_000, 13_000_000 + 2_000_000 + again * 10_000])
    frames = Frames(host_us, np.ones((2000, 3)), np.concatenate([before, again]))
    times_s = _times_s(frames, clock=DeviceClock(Scale(1.0, None, seq_wrap=1 << 16), 100.0))
    assert len(times_s) == 2000
    assert times_s[1000] == pytest.approx(12.0, abs=0.05)


def test_a_silence_without_counter_is_taken_as_it_is() -> None:
    host_us = np.concatenate([np.arange(500), 1000 + np.arange(500)]) * 10_000
    frames = Frames(host_us, np.ones((1000, 3)))
    times_s = _times_s(frames, clock=DeviceClock(Scale(1.0, None), 100.0))
    assert times_s == pytest.approx(host_us / 1e6, abs=0.02)


@pytest.mark.parametrize("before", [1000, 20_000, 50_000])
@pytest.mark.parametrize("has", ["both", "counter", "clock"])
def test_a_device_that_was_away_goes_on_where_the_host_is(before: int, has: str) -> None:
    def told(frames: Frames) -> Frames:
        return Frames(
            frames.host_us,
            frames.values,
            None if has == "clock" else frames.seq,
            None if has == "counter" else frames.device_us,
        )

    clock = DeviceClock(SCALE, 100.0)
    first = clock.update(told(_frames(list(range(before, before + 100)))))
    clock.note(Note(0, "reconnect"))
    # It has booted in the dark: whatever its clock and counter stand at, five seconds have passed.
    again = _frames(list(range(before + 103, before + 203)))
    away_us = 5_000_000 - 40_000
    again = Frames(again.host_us + away_us, again.values, again.seq, again.device_us)
    then = clock.update(told(again))
    assert then.time_s[0] - first.time_s[-1] == pytest.approx(5.0, abs=0.03)
    assert np.diff(then.time_s) == pytest.approx(np.full(99, 0.01), abs=0.003)
    assert clock.lost_samples == (0 if has == "clock" else pytest.approx(499, abs=3))


@pytest.mark.parametrize("before", [1000, 40_000, 65_000])
def test_a_reboot_is_no_loss_of_a_whole_round(before: int) -> None:
    first, again = _frames(list(range(before, before + 100))), _frames(list(range(100)))
    away_us = int(first.host_us[-1]) + 2_000_000
    again = Frames(again.host_us + away_us, again.values, again.seq, again.device_us)
    clock = DeviceClock(SCALE, 100.0)
    times_s = _times_s(first, again, clock=clock)
    assert times_s[100] - times_s[99] == pytest.approx(2.0, abs=0.02)
    assert clock.lost_samples == pytest.approx(199, abs=2)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("has", ["counter", "clock"])
def test_bursts_drift_and_loss_move_no_sample_by_a_millisecond(seed: int, has: str) -> None:
    """Of a clock its own rate is taken out: it is right by itself, and the host's is another."""
    count, true_us, host_us = _heard_in_bursts(seed)
    frames = Frames(
        host_us,
        np.ones((len(count), 3)),
        count % 256 if has == "counter" else None,
        count * 10_000 % (1 << 32) if has == "clock" else None,
    )
    scale = Scale(1.0, None, seq_wrap=256, device_us_wrap=1 << 32)
    clock = DeviceClock(scale, 100.0)
    pieces = [frames[a : a + 7] for a in range(0, len(frames), 7)]
    time_us = np.array(_times_s(*pieces, clock=clock)) * 1e6
    rate = 1.005 if has == "clock" else 1.0
    error_us = time_us * rate - (true_us - true_us[0])
    assert _rms_ms(error_us - np.median(error_us)) < 1.0
    assert len(time_us) == len(count)
    if has == "counter":
        assert clock.lost_samples == count[-1] - count[0] + 1 - len(count)
