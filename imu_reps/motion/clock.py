"""Frames into samples: counts into units, and times into seconds from the first sample.

From sample to sample the time comes from the device's clock, or its counter, or else from the
arrivals. Counters wrap; what comes twice or late is dropped; a device that has started again from
zero, or whose clock is set back, goes on where the host's clock says it is.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from imu_reps.core.frames import Frames, Header, Integers, Note, Scale
from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.arrivals import RESTART_US, ArrivalFit
from imu_reps.motion.counted import LATE_US, CountedSteps

Times = TypeVar("Times", Integers, Floats)


NOMINAL_RATE_HZ = 100.0
"""Where a recording neither says its rate nor has a clock."""


class DeviceClock:
    """Frames of one device in, samples out; `lost_samples` counts what its counter skipped,
    `repeated` what came again, or came after something later.
    """

    def __init__(self, scale: Scale, rate_hz: float) -> None:
        self.lost_samples = self.repeated = 0
        self._scale = scale
        self._period_us = 1e6 / rate_hz
        self._fit = ArrivalFit(self._period_us)
        self._counted = CountedSteps(self._period_us, scale.seq_wrap)
        self._last: Frames | None = None
        self._first_us: float | None = None
        self._at = 0.0
        self._newest = -np.inf
        self._last_seq: Integers | None = None
        self._was_away = False
        self._moved_us = self._passed_us = 0.0
        """Of the last frame, by its clock and by the host's."""
        self._is_in_order = False
        """Whether the last frame was news: those that follow it are, while all steps go ahead."""

    def note(self, note: Note) -> None:
        """What stands between the frames: after a reconnect clock and counter tell nothing of how
        long the device was away.
        """
        if note.kind == "reconnect":
            self._was_away = self._last is not None
            self._counted.away()

    def take(self, item: Frames | Note) -> Samples | None:
        """The samples of these frames; None for a note, and where none of the frames is news."""
        if isinstance(item, Note):
            self.note(item)
            return None
        return self.update(item) or None

    def update(self, frames: Frames) -> Samples:
        """The samples of these frames, without duplicates and steps back in time."""
        if not len(frames):
            return self._samples(frames, np.empty(0))
        at = self._in_step(frames)
        if at is not None:
            self._last = frames[-1:]
            self._last_seq = self._last.seq
            self._at = self._newest = float(at[-1])
            return self._samples(frames, at / 1e6)
        return self._set_right(frames)

    def _in_step(self, frames: Frames) -> Floats | None:
        """Where each frame (n,) is by the clock while all goes well: no frame is lost, no counter
        goes round, and the clock goes ahead by less than a second. None where there is more to ask.
        """
        last, seq, clock_us = self._last, frames.seq, frames.device_us
        if last is None or last.seq is None or last.device_us is None:
            return None
        if seq is None or clock_us is None or self._was_away or not self._is_in_order:
            return None
        counted, moved_us = seq - last.seq, clock_us - last.device_us
        goes_on = counted[0] == 1 and counted[-1] == len(frames)
        goes_ahead = 0 < moved_us[0] <= moved_us[-1] < RESTART_US
        if goes_on and goes_ahead and _increases(counted) and _increases(moved_us):
            return self._at + moved_us.astype(np.float64)
        return None

    def _set_right(self, frames: Frames) -> Samples:
        """The samples of frames among which there may be anything."""
        counted, steps = self._steps(frames)
        if self._last is None:
            steps[0] = 0.0
        at = self._at + steps.cumsum()
        self._last, self._at = frames[-1:], float(at[-1])
        if not self._is_in_order or steps.min() <= 0:
            frames, at = self._news(frames, at)
            self.repeated += len(steps) - len(at)
            counted = None
        at_us = self._times_us(frames, at)
        self._count_lost(frames, at, counted)
        if len(at):
            self._newest = float(at[-1])
        return self._samples(frames, at_us / 1e6)

    def _news(self, frames: Frames, at: Floats) -> tuple[Frames, Floats]:
        """The frames that are later than all before them."""
        newest = np.maximum.accumulate(np.concatenate([[self._newest], at]))
        is_news = at > newest[:-1]
        self._is_in_order = bool(is_news[-1])
        return (frames, at) if is_news.all() else (frames[is_news], at[is_news])

    def _times_us(self, news: Frames, at: Floats) -> Floats:
        """The time of each sample: what the clock says, or the fit of arrivals over the count."""
        if news.device_us is not None or not len(news):
            return at
        counts = None if news.seq is None else self._since(at)
        host_us = self._fit.update(counts, news.host_us)
        self._first_us = float(host_us[0]) if self._first_us is None else self._first_us
        # Whole microseconds, which every format keeps.
        return np.round(host_us - self._first_us)

    def _since(self, at: Floats) -> Floats:
        """The steps (n,) between news; one to the very first."""
        return _moves(at, np.array([self._newest if np.isfinite(self._newest) else at[0] - 1]))

    def _samples(self, frames: Frames, time_s: Floats) -> Samples:
        values = frames.values.astype(np.float64)
        gyr_rads = self._scale.gyr_rads
        return Samples(
            time_s=time_s,
            acc_ms2=values[:, :3] * self._scale.acc_ms2,
            gyr_rads=None if gyr_rads is None else values[:, 3:] * gyr_rads,
        )

    def _moves(self, frames: Frames) -> tuple[Integers, Integers | None, Integers | None]:
        """How far (n,) each frame is from the one before by the host, the counter, the clock."""
        last = frames[:1] if self._last is None else self._last
        return (
            _moves(frames.host_us, last.host_us),
            _steps(frames.seq, last.seq, self._scale.seq_wrap),
            _steps(frames.device_us, last.device_us, self._scale.device_us_wrap),
        )

    def _steps(self, frames: Frames) -> tuple[Integers | None, Floats]:
        """The steps (n,) to each frame from the one before: by its counter, if it has one; and
        microseconds by a clock, else counts, which are not positive where a frame is no news.
        """
        host_us, counted, clock_us = self._moves(frames)
        if clock_us is None:
            if frames.seq is None:
                return None, np.ones(len(frames))
            return counted, self._counted.update(frames.seq, frames.host_us)
        if self._was_away:
            # The host's below; and what its clock says of that time is no step back.
            clock_us[0] = 0
        steps = self._continued(clock_us, host_us, counted)
        if self._was_away:
            steps[0], self._was_away = max(host_us[0], self._period_us), False
        return counted, steps

    def _continued(self, clock_us: Integers, host_us: Integers, counted: Integers | None) -> Floats:
        """The clock's steps, and the host's where the device has started anew."""
        if counted is None:
            clock_us = self._set_forward(clock_us, host_us)
        if clock_us.min() >= -LATE_US and clock_us.max() <= host_us.min() + RESTART_US:
            return clock_us.astype(np.float64)
        ahead = clock_us > host_us + RESTART_US
        restarted = clock_us < -RESTART_US
        if counted is not None:
            ahead &= np.abs(clock_us - counted * self._period_us) > RESTART_US
            # A frame that its counter calls a new one: it is the clock that was set back.
            restarted |= (clock_us < -LATE_US) & (counted > 0)
        return np.where(ahead | restarted, np.maximum(host_us, self._period_us), clock_us)

    def _set_forward(self, clock_us: Integers, host_us: Integers) -> Integers:
        """The steps of a clock alone, without those by which it was set back.

        A frame that is back may have a damaged time; one that goes on from it has told.
        """
        moved = np.concatenate([[self._moved_us], clock_us])
        passed = np.concatenate([[self._passed_us], host_us])
        self._moved_us, self._passed_us = float(moved[-1]), float(passed[-1])
        before, after = moved[:-1], moved[1:]
        stays = (before < -LATE_US) & (before >= -RESTART_US) & (after > 0) & (before + after <= 0)
        if not stays.any():
            return clock_us
        instead = np.maximum(passed[:-1], self._period_us) - before
        return np.where(stays, after + instead, after).astype(np.int64)

    def _count_lost(self, news: Frames, at: Floats, counted: Integers | None) -> None:
        """Count what the counter skipped before these; its steps (n,) to them, where known."""
        if news.seq is None or not len(news):
            return
        if counted is None:
            last = news.seq[:1] - 1 if self._last_seq is None else self._last_seq
            counted = _steps(news.seq, last, self._scale.seq_wrap)
            assert counted is not None
        self._last_seq = news.seq[-1:]
        if news.device_us is None:
            skipped = self._since(at) - 1
        elif at[-1] - self._newest < RESTART_US and (counted == 1).all():
            return
        else:
            # Where a counter has gone round, or begun anew, the time tells that it took.
            took = np.round(self._since(at) / self._period_us)
            other = np.abs(took - counted) > RESTART_US / self._period_us
            skipped = np.where(other, took, counted) - 1
        self.lost_samples += int(np.maximum(skipped, 0).sum())


def clock_of(header: Header) -> DeviceClock:
    """The clock of a recording; one that says no scale is in SI units."""
    return DeviceClock(header.scale or Scale(1.0, 1.0), header.rate_hz or NOMINAL_RATE_HZ)


def _steps(values: Integers | None, last: Integers | None, wrap: int | None) -> Integers | None:
    """The signed steps (n,) of a counter that starts again at 0 when it reaches `wrap`."""
    if values is None or last is None:
        return None
    steps: Integers = _moves(values, last)
    return steps if wrap is None else (steps + wrap // 2) % wrap - wrap // 2


def _increases(values: Integers) -> bool:
    return int(np.count_nonzero(values[1:] > values[:-1])) == len(values) - 1


def _moves(values: Times, last: Times) -> Times:
    """The step (n,) to each of these values from the one before; `last` (1,) was before them."""
    known = np.concatenate([last, values])
    steps: Times = known[1:] - known[:-1]
    return steps
