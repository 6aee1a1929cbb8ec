"""Frames into samples: counts into units, and times into seconds from the first sample.

From sample to sample the time comes from the device's clock, or its counter, or else from the
arrivals. Counters wrap; duplicates and steps back are dropped; a device that has started again
from zero goes on where the host's clock says it is.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.frames import Frames, Integers, Scale
from imu_reps.core.samples import Floats, Samples

RESTART_US = 1_000_000
"""A clock that jumps by more than this against the host's has started anew; jitter is far less."""

PULL = 0.02
"""How far towards its arrival a sample without clock or counter is moved: bursts of 300 ms
(Bluetooth) are spread evenly, and a rate that is 1 % off is followed."""


class DeviceClock:
    """Frames of one device in, samples out; `lost_samples` counts what its counter skipped."""

    def __init__(self, scale: Scale, rate_hz: float) -> None:
        self.lost_samples = 0
        self._scale = scale
        self._period_us = 1e6 / rate_hz
        self._last: Frames | None = None
        self._at_us = 0.0
        self._newest_us = -np.inf
        self._behind_us = self._period_us
        self._last_seq: Integers | None = None

    def update(self, frames: Frames) -> Samples:
        """The samples of these frames, without duplicates and steps back in time."""
        if not len(frames):
            return self._samples(frames, np.empty(0))
        steps_us = self._steps_us(frames)
        if self._last is None:
            steps_us[0] = 0.0
        at_us = self._at_us + np.cumsum(steps_us)
        newest_us = np.maximum.accumulate(np.concatenate([[self._newest_us], at_us]))
        news = at_us > newest_us[:-1]
        self._count_lost(frames[news], at_us[news])
        self._last, self._at_us, self._newest_us = frames[-1:], float(at_us[-1]), newest_us[-1]
        return self._samples(frames[news], at_us[news] / 1e6)

    def _samples(self, frames: Frames, time_s: Floats) -> Samples:
        values = frames.values.astype(np.float64)
        gyr_rads = self._scale.gyr_rads
        return Samples(
            time_s=time_s,
            acc_ms2=values[:, :3] * self._scale.acc_ms2,
            gyr_rads=None if gyr_rads is None else values[:, 3:] * gyr_rads,
        )

    def _steps_us(self, frames: Frames) -> Floats:
        """The time (n,) to each frame from the one before; not positive where it is no news."""
        last = frames[:1] if self._last is None else self._last
        host_us = np.diff(frames.host_us, prepend=last.host_us)
        counted = _steps(frames.seq, last.seq, self._scale.seq_wrap)
        clock_us = _steps(frames.device_us, last.device_us, self._scale.device_us_wrap)
        if clock_us is not None:
            return self._continued(clock_us, host_us, counted)
        if counted is not None:
            return np.asarray(counted * self._period_us)
        return self._spread(host_us)

    def _continued(self, clock_us: Integers, host_us: Integers, counted: Integers | None) -> Floats:
        """The clock's steps, and the host's where the device has started anew."""
        ahead = clock_us > host_us + RESTART_US
        if counted is not None:
            ahead &= np.abs(clock_us - counted * self._period_us) > RESTART_US
        restarted = ahead | (clock_us < -RESTART_US)
        return np.where(restarted, np.maximum(host_us, self._period_us), clock_us)

    def _count_lost(self, news: Frames, at_us: Floats) -> None:
        if news.seq is None or not len(news):
            return
        last = news.seq[:1] - 1 if self._last_seq is None else self._last_seq
        counted = _steps(news.seq, last, self._scale.seq_wrap)
        assert counted is not None
        # A gap of more than half the counter's round is told by the time that it took.
        took = np.diff(at_us, prepend=self._newest_us) / self._period_us
        long = np.isfinite(took) & (took > (self._scale.seq_wrap or np.inf) / 2)
        skipped = np.where(long, np.round(np.where(long, took, 0.0)), counted) - 1
        self.lost_samples += int(np.maximum(skipped, 0).sum())
        self._last_seq = news.seq[-1:]

    def _spread(self, host_us: Integers) -> Floats:
        """The nominal step, drawn a little towards the arrival; a silence is taken as it is."""
        steps_us = np.empty(len(host_us))
        behind_us = self._behind_us
        for row, step_us in enumerate(host_us):
            behind_us += step_us - self._period_us
            silent = behind_us > RESTART_US / 2
            pull_us = behind_us if silent else PULL * behind_us
            steps_us[row] = self._period_us + pull_us
            behind_us -= pull_us
        self._behind_us = behind_us
        return steps_us


def _steps(values: Integers | None, last: Integers | None, wrap: int | None) -> Integers | None:
    """The signed steps (n,) of a counter that starts again at 0 when it reaches `wrap`."""
    if values is None or last is None:
        return None
    steps: Integers = np.diff(values, prepend=last)
    return steps if wrap is None else (steps + wrap // 2) % wrap - wrap // 2
