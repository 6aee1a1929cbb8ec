"""The host's time of each sample, from arrivals in bursts and in disorder."""

from __future__ import annotations

from collections import deque

import numpy as np

from imu_reps.core.frames import Integers
from imu_reps.core.samples import Floats

RESTART_US = 1_000_000
"""A clock that jumps by more than this against the host's has started anew; jitter is far less."""

PULL = 0.02
"""How far towards the fitted line a sample is moved: what the fit learns is spread over 50, and
over fewer while it knows little."""

SLEW = 0.25
"""No step is made longer or shorter by more than this part: samples keep their order."""

MEMORY = 3000
"""Bursts that the fit remembers: half a minute at 100 Hz. Crystals drift over minutes; 16 ms of
jitter come down to 0.2 ms."""

NOMINAL_WEIGHT = 100.0
"""What the nominal rate is worth beside arrivals (counts squared): those of a dozen samples."""

FLOOR_BURSTS = 100
"""Nothing arrives before it was measured: the least delay of so many bursts is taken for none."""

CLIP = 4.0
"""A burst that is late by more than so many times the usual is a stall of the host's."""

LEAST_PERIOD_US = 100.0
"""No sensor sends ten thousand samples a second: a fit that says so, or worse, has stumbled."""

LATE_BURSTS, LATE_PART = 12, 0.6
"""Without a counter: when so many bursts in a row are late by such a part of a period, samples were
lost before them. Of bursts that are only unlucky one in 100,000 looks so."""


class ArrivalFit:
    """Arrivals in bursts and in disorder in, the host's time at which each sample was taken out.

    A line of the arrivals over the count, by recursive least squares with forgetting; only the
    last of a burst is a point of it, as the others waited longer. Steps in counts must be
    positive. Without a counter each sample is one step, and lateness that stays is samples lost.
    """

    def __init__(self, period_us: float) -> None:
        self.period_us = period_us
        self._count = 0.0
        self._at_us = 0.0
        self._burst: tuple[float, float] | None = None
        self._weight = 0.0
        self._mean_count, self._mean_us = 0.0, 0.0
        self._spread = NOMINAL_WEIGHT
        self._spread_us = NOMINAL_WEIGHT * period_us
        self._late_us = RESTART_US / CLIP
        self._floor_us = 0.0
        self._delays_us: deque[float] = deque(maxlen=FLOOR_BURSTS)
        self._bursts = 0

    def update(self, steps: Floats | None, host_us: Integers) -> Floats:
        """The host's time (n,) in microseconds, of samples so many counts after the one before."""
        each = [None] * len(host_us) if steps is None else steps.tolist()
        pairs = zip(each, host_us.tolist(), strict=True)
        return np.array([self._one(step, float(at_us)) for step, at_us in pairs])

    def _one(self, step: float | None, host_us: float) -> float:
        if self._burst is None:
            self._mean_us = self._at_us = host_us
            self._burst = (0.0, host_us)
            return host_us
        is_new = host_us != self._burst[1]
        if is_new:
            self._learn(*self._burst)
        if step is None:
            step = 1.0 + (self._missed(host_us) if is_new else 0)
        self._count += step
        self._burst = (self._count, host_us)
        step_us = step * self.period_us
        ahead_us = self._line_us(self._count) - self._at_us - step_us
        pull_us = max(PULL, 1 / (self._weight + 2)) * ahead_us
        # A nominal rate that was wrong by far is made good at once, an unlucky burst is not.
        most_us = step_us * (0.9 if abs(ahead_us) > RESTART_US / 4 else SLEW)
        self._at_us += step_us + min(max(pull_us, -most_us), most_us)
        return self._at_us

    def _line_us(self, count: float) -> float:
        return self._mean_us + self.period_us * (count - self._mean_count) + self._floor_us

    def _missed(self, host_us: float) -> int:
        """How many samples did not come: in a silence, or some bursts ago by the delay since."""
        silent_us = host_us - self._line_us(self._count + 1)
        if silent_us > RESTART_US / 2:
            return round(silent_us / self.period_us)
        late_us = min(list(self._delays_us)[-LATE_BURSTS:]) - self._floor_us
        if self._bursts < LATE_BURSTS or late_us < LATE_PART * self.period_us:
            return 0
        self._bursts = 0
        return round(late_us / self.period_us)

    def _learn(self, count: float, host_us: float) -> None:
        """Take a burst's last sample as a point of the line."""
        late_us = host_us - self._line_us(count) + self._floor_us
        most_us = CLIP * self._late_us
        self._late_us += (abs(late_us) - self._late_us) / min(self._weight + 1, 100)
        point_us = host_us - late_us + min(max(late_us, -most_us), most_us)
        keep = 1 - 1 / MEMORY
        self._weight = keep * self._weight + 1
        off, off_us = count - self._mean_count, point_us - self._mean_us
        self._mean_count += off / self._weight
        self._mean_us += off_us / self._weight
        self._spread = keep * self._spread + off * (count - self._mean_count)
        self._spread_us = keep * self._spread_us + off * (point_us - self._mean_us)
        self.period_us = max(self._spread_us / self._spread, LEAST_PERIOD_US)
        self._delays_us.append(host_us - self._line_us(count) + self._floor_us)
        self._floor_us = min(self._delays_us)
        self._bursts += 1
