"""The steps of a counter that stands for a clock.

One of eight bits goes round in 2.56 s at 100 Hz and tells little of a silence, and nothing of a
board that has started again: what the host's time cannot agree with is the host's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from imu_reps.core.frames import Integers
from imu_reps.core.samples import Floats
from imu_reps.motion.arrivals import RESTART_US

JITTER_US = 300_000
"""Bursts come apart by no more, over Bluetooth."""

LATE_US = 100_000
"""What is further behind has not been overtaken by others: its clock or counter began elsewhere."""

FEW = 3
"""What stood in the host's buffers goes on where it was, however late it is; one or two of it may
be damaged."""

ONE_BY_ONE = 16
"""Fewer rows are quicker reckoned one by one than by numpy."""


class _Known(NamedTuple):
    """A frame's number and arrival."""

    seq: int
    host_us: int


class CountedSteps:
    """Numbers and arrivals in, out how many samples after the last one each frame is.

    `wrap` is where the counter starts again at 0, None if nowhere. 0: a frame that came late or
    twice, or whose number fits nothing; when the next one goes on from it, the board has started
    again.
    """

    def __init__(self, period_us: float, wrap: int | None) -> None:
        self._period_us = period_us
        self._wrap = wrap
        self._last: _Known | None = None
        self._odd: _Known | None = None
        self._was_away = False

    def away(self) -> None:
        """The next number tells nothing of how long the device was away."""
        self._was_away = True

    def update(self, seq: Integers, host_us: Integers) -> Floats:
        """The steps (n,) of frames with these numbers (n,) and arrivals (n,)."""
        steps = None if len(seq) < ONE_BY_ONE else self._well(seq, host_us)
        if steps is not None:
            self._last = _Known(int(seq[-1]), int(host_us[-1]))
            return steps
        pairs = zip(seq.tolist(), host_us.tolist(), strict=True)
        return np.array([self._one(_Known(*pair)) for pair in pairs], dtype=np.float64)

    def _well(self, seq: Integers, host_us: Integers) -> Floats | None:
        """The steps (n,) while all goes well; None where there is more to ask."""
        if self._last is None or self._odd is not None or self._was_away:
            return None
        moved_us = np.diff(host_us, prepend=self._last.host_us)
        counted = np.diff(seq, prepend=self._last.seq)
        if self._wrap is not None:
            counted = (counted + self._wrap // 2) % self._wrap - self._wrap // 2
        most_us = min(RESTART_US / 2, (self._wrap or np.inf) / 4 * self._period_us)
        ahead_us = (counted + 1) * self._period_us - moved_us
        goes_on = counted.min() > 0 and moved_us.max() < most_us and ahead_us.max() < JITTER_US
        return counted.astype(np.float64) if goes_on else None

    def _one(self, now: _Known) -> int:
        last, odd = self._last or now, self._odd
        step = self._step(last, now)
        if step is None and odd is not None and (self._step(odd, now) or 0) > 0:
            step = self._passed(last, now)
        self._odd = now if step is None else None
        if not step:
            self._last = last
            return 0
        self._last, self._was_away = now, False
        return step

    def _step(self, last: _Known, now: _Known) -> int | None:
        """From one frame to the next, 0 where it is late; None where its number cannot be told."""
        passed, jitter = self._passed(last, now), JITTER_US / self._period_us
        counted = self._counted(last, now, passed)
        is_silent = now.host_us - last.host_us > RESTART_US / 2
        if self._was_away or (is_silent and counted < 1):
            return passed
        if counted > passed + jitter or (is_silent and FEW < counted < passed - jitter):
            return passed if is_silent else None
        if counted < 1:
            return 0 if counted >= -LATE_US / self._period_us else None
        return counted

    def _passed(self, last: _Known, now: _Known) -> int:
        return max(round((now.host_us - last.host_us) / self._period_us), 1)

    def _counted(self, last: _Known, now: _Known, passed: int) -> int:
        """By the counter; after a silence with the rounds that it has gone."""
        counted, wrap = now.seq - last.seq, self._wrap
        if wrap is None:
            return counted
        counted = (counted + wrap // 2) % wrap - wrap // 2
        rounds = max(round((passed - counted) / wrap), 0) if passed > wrap / 4 else 0
        return counted + rounds * wrap
