"""Evenly spaced samples out of whatever the clock gave, and gaps where nothing came.

Filters need a constant rate. The grid's rate is the stream's own, taken from its first samples;
jitter and a few lost samples are bridged by straight lines, longer silences split the stream.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Gap, Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.glitches import columns, glitches
from imu_reps.motion.vectors import lengths, median

GAP_S = 0.3
"""Longer than this without a sample is a gap: a tenth of a rep, more than any burst of arrivals."""

LEAST_HZ = 10.0
"""Movements of a leg hold nothing above 3 Hz (domain); 25 a second work well, fewer blur."""

CLOCK_SLACK = 1.02
"""A sensor of 100 samples a second by its own clock is one, though it were 98 by ours."""

BEGINNING_SLACK = 1.08
"""Arrivals over Bluetooth come in steps of up to 100 ms: of the first 32 alone a rate is known to a
few per cent only, and sensors of ten a second are told by nothing else.
"""

GLITCHES = 3
"""One may come from an elbow, or the plug; of so many wrong samples the wearer should know."""

GLITCHED = Warn(
    "glitches",
    "single samples are far off from those beside them, and are left out: check the sensor's "
    "wires and its power, or the numbers in the file",
)

RATE_SAMPLES = 32
"""So many intervals tell the rate: their median stands even if every third one is odd."""


Run = Samples | Gap | Warn


class Grid:
    """Samples at any times in, runs of evenly spaced samples and the gaps between them out."""

    def __init__(self) -> None:
        self.rate_hz: float | None = None
        self.gravity_ms2: float | None = None
        self._waiting: list[Samples] = []
        self._before: Floats | None = None
        """The columns (k, n) of the last sample, and of one after it that may be a glitch."""
        self._glitches = 0
        """So many samples were wrong for sure."""
        self._origin_s = 0.0
        self._next = 0

    def update(self, samples: Samples) -> list[Run]:
        """The grid points up to the last of these samples, and the gaps on the way there."""
        if self.rate_hz is not None:
            return self._spread(samples)
        self._waiting.append(samples)
        if sum(map(len, self._waiting)) <= RATE_SAMPLES:
            return []
        return self._begin()

    def finish(self) -> list[Run]:
        """What is still waiting for the rate to be known, or for a sample after it."""
        if self.rate_hz is not None:
            return self._runs(self._before) if self._before is not None else []
        if sum(map(len, self._waiting)) < 2:
            return []
        return self._begin() + self.finish()

    def _begin(self) -> list[Run]:
        samples, self._waiting = joined(self._waiting), []
        first = samples[: RATE_SAMPLES + 1]
        self.rate_hz = 1.0 / median(np.diff(first.time_s).tolist())
        self.gravity_ms2 = median(lengths(first.acc_ms2).tolist())
        if self.rate_hz * BEGINNING_SLACK < LEAST_HZ:
            raise BadInput(
                f"{self.rate_hz:.2g} samples a second are too few, {LEAST_HZ:g} is the least: "
                "check that the times are in seconds, or let the sensor send faster"
            )
        return self._spread(samples)

    def _spread(self, samples: Samples) -> list[Run]:
        """What is told up to the last of these samples, but for one that may be a glitch."""
        if not len(samples):
            return []
        known = columns(samples, self._before)
        if self._before is None:
            self._restart(known)
        rows, sure_after, is_open = glitches(known)
        end = known.shape[1] - len(rows) - is_open
        known = np.delete(known, rows, axis=1) if rows else known
        self._before = known[:, end - 1 :].copy()
        few, self._glitches = self._glitches, self._glitches + len(sure_after)
        if not few < GLITCHES <= self._glitches:
            return self._runs(known[:, :end])
        told = sure_after[GLITCHES - 1 - few]
        return [*self._runs(known[:, :told]), GLITCHED, *self._runs(known[:, told - 1 : end])]

    def _runs(self, known: Floats) -> list[Run]:
        """The runs of even samples between the first and the last of these columns (k, n)."""
        cuts = _gaps(known[0])
        out = list[Run]()
        for first, end in zip([0, *cuts], [*cuts, known.shape[1]], strict=True):
            if first:
                out.append(Gap(float(known[0, first - 1]), float(known[0, first])))
                self._restart(known[:, first:])
            out.append(self._points(known[:, first:end]))
        return [run for run in out if not isinstance(run, Samples) or len(run)]

    def _restart(self, known: Floats) -> None:
        self._origin_s, self._next = float(known[0, 0]), 0

    def _points(self, known: Floats) -> Samples:
        assert self.rate_hz is not None
        known_s, last_s = known[0], float(known[0, -1])
        end = int((last_s - self._origin_s) * self.rate_hz) + 2
        time_s = self._origin_s + np.arange(self._next, end) / self.rate_hz
        time_s = time_s[time_s <= last_s]
        self._next += len(time_s)
        values = np.array([np.interp(time_s, known_s, column) for column in known[1:]])
        return Samples(time_s, values[:3].T, values[3:].T if len(values) > 3 else None)


def _gaps(time_s: Floats) -> list[int]:
    """The rows of these times (n,) before which nothing came for long."""
    if time_s[-1] - time_s[0] <= GAP_S:
        return []
    after: list[int] = (np.flatnonzero(time_s[1:] - time_s[:-1] > GAP_S) + 1).tolist()
    return after
