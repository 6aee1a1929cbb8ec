"""Evenly spaced samples out of whatever the clock gave, and gaps where nothing came.

Filters need a constant rate. The grid's rate is the stream's own, taken from its first samples;
jitter and a few lost samples are bridged by straight lines, longer silences split the stream.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Gap
from imu_reps.core.samples import Samples, joined
from imu_reps.motion.vectors import lengths, median

GAP_S = 0.3
"""Longer than this without a sample is a gap: a tenth of a rep, more than any burst of arrivals."""

LEAST_HZ = 10.0
"""Movements of a leg hold nothing above 3 Hz (domain); 25 a second work well, fewer blur."""

RATE_SAMPLES = 32
"""So many intervals tell the rate: their median stands even if every third one is odd."""


class Grid:
    """Samples at any times in, runs of evenly spaced samples and the gaps between them out."""

    def __init__(self) -> None:
        self.rate_hz: float | None = None
        self.gravity_ms2: float | None = None
        self._waiting: list[Samples] = []
        self._last: Samples | None = None
        self._origin_s = 0.0
        self._next = 0

    def update(self, samples: Samples) -> list[Samples | Gap]:
        """The grid points up to the last of these samples, and the gaps on the way there."""
        if self.rate_hz is not None:
            return self._spread(samples)
        self._waiting.append(samples)
        if sum(map(len, self._waiting)) <= RATE_SAMPLES:
            return []
        return self._begin()

    def finish(self) -> list[Samples | Gap]:
        """What is still waiting for the rate to be known."""
        enough = self.rate_hz is None and sum(map(len, self._waiting)) > 1
        return self._begin() if enough else []

    def _begin(self) -> list[Samples | Gap]:
        samples, self._waiting = joined(self._waiting), []
        first = samples[: RATE_SAMPLES + 1]
        self.rate_hz = 1.0 / median(np.diff(first.time_s).tolist())
        self.gravity_ms2 = median(lengths(first.acc_ms2).tolist())
        if self.rate_hz < LEAST_HZ:
            raise BadInput(
                f"{self.rate_hz:.2g} samples a second are too few, {LEAST_HZ:g} is the least: "
                "check that the times are in seconds, or let the sensor send faster"
            )
        return self._spread(samples)

    def _spread(self, samples: Samples) -> list[Samples | Gap]:
        if not len(samples):
            return []
        known = samples if self._last is None else joined([self._last, samples])
        self._last = samples[-1:]
        if len(known) == len(samples):
            self._restart(known)
        is_gap = known.time_s[1:] - known.time_s[:-1] > GAP_S
        if not is_gap.any():
            points = self._points(known)
            return [points] if len(points) else []
        cuts = np.flatnonzero(is_gap) + 1
        out: list[Samples | Gap] = []
        for first, end in zip([0, *cuts], [*cuts, len(known)], strict=True):
            stretch = known[int(first) : int(end)]
            if first:
                out.append(Gap(float(known.time_s[first - 1]), float(known.time_s[first])))
                self._restart(stretch)
            out.append(self._points(stretch))
        return [run for run in out if isinstance(run, Gap) or len(run)]

    def _restart(self, stretch: Samples) -> None:
        self._origin_s, self._next = float(stretch.time_s[0]), 0

    def _points(self, known: Samples) -> Samples:
        assert self.rate_hz is not None
        last_s = float(known.time_s[-1])
        end = int((last_s - self._origin_s) * self.rate_hz) + 2
        time_s = self._origin_s + np.arange(self._next, end) / self.rate_hz
        time_s = time_s[time_s <= last_s]
        self._next += len(time_s)
        gyr = known.gyr_rads
        return Samples(
            time_s,
            _on(time_s, known.time_s, known.acc_ms2),
            None if gyr is None else _on(time_s, known.time_s, gyr),
        )


def _on(time_s: np.ndarray, known_s: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.array([np.interp(time_s, known_s, column) for column in values.T]).T
