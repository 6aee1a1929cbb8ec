"""Where is up: gravity's direction in the sensor's own frame, sample by sample.

With a gyro by VQF (Laidig and Seel 2023, 6D part), which finds the gyro's bias at rest and in
motion and gives the same numbers for any chunking. Without one from the accelerometer alone,
smoothed by a symmetric filter, so that strokes are blurred but not late in time.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from imu_reps.core.errors import ImuRepsError
from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.filters import Weighted, gaussian
from imu_reps.motion.vectors import unit

try:
    from vqf import VQF
except ImportError as error:
    raise ImuRepsError(
        "the library vqf is missing: `pip install vqf`; where it has no wheel (Python 3.14, Linux "
        "on ARM) it is built from source, which needs a C++ compiler and the Python headers"
    ) from error

BIAS_LIMIT_DPS = 10.0
"""Cheap gyros come with up to 5 degrees a second of offset (MPU-6050 datasheet: 20 at worst)."""

SMOOTHING_S = 0.15
"""Standard deviation of the accelerometer's smoothing: half of a quick stroke's rise time."""


class Tilt(Protocol):
    """Evenly spaced samples in; `up` (m, 3) out, for the oldest of them that have none yet."""

    def update(self, samples: Samples) -> Floats: ...

    def finish(self) -> Floats:
        """For those that are left when there are no more samples."""


class GyroTilt:
    """Up from gyro and accelerometer; `bias_rads` (3,) is the gyro's bias, if already known."""

    def __init__(self, rate_hz: float, bias_rads: Floats | None = None) -> None:
        self._filter = VQF(1.0 / rate_hz, biasClip=BIAS_LIMIT_DPS)
        if bias_rads is not None:
            self._filter.setBiasEstimate(np.ascontiguousarray(bias_rads))
        self.biases_rads: Floats = np.empty((0, 3))
        """The bias (n, 3) as it was found at each of the last samples."""

    @property
    def bias_rads(self) -> Floats:
        """The bias (3,) as the filter has found it so far."""
        bias: Floats = np.asarray(self._filter.getBiasEstimate()[0], dtype=np.float64)
        return bias

    def update(self, samples: Samples) -> Floats:
        gyr, acc = np.ascontiguousarray(samples.gyr_rads), np.ascontiguousarray(samples.acc_ms2)
        told = self._filter.updateBatch(gyr, acc)
        self.biases_rads = told["bias"]
        w, x, y, z = told["quat6D"].T
        return np.array([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]).T

    def finish(self) -> Floats:
        return np.empty((0, 3))


class AccelerometerTilt:
    """Up from the accelerometer alone."""

    def __init__(self, rate_hz: float) -> None:
        weights = gaussian(SMOOTHING_S * rate_hz)
        self._delay = self._owed = len(weights) // 2
        self._smooth = Weighted(weights)
        self._last: Floats = np.empty((0, 3))

    def update(self, samples: Samples) -> Floats:
        if len(samples):
            self._last = samples.acc_ms2[-1:]
        return self._smoothed(samples.acc_ms2)

    def finish(self) -> Floats:
        """For the samples that a symmetric filter still owes; the last one is held for it."""
        return self._smoothed(np.repeat(self._last, self._delay, axis=0))

    def _smoothed(self, acc_ms2: Floats) -> Floats:
        up = unit(self._smooth.update(acc_ms2))
        early = min(self._owed, len(up))
        self._owed -= early
        return up[early:]
