"""Where is up: gravity's direction in the sensor's own frame, sample by sample.

With a gyro by VQF (Laidig and Seel 2023, 6D part), which finds the gyro's bias at rest and in
motion and gives the same numbers for any chunking. Without one from the accelerometer alone,
smoothed by a symmetric filter, so that strokes are blurred but not late in time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from imu_reps.core.errors import ImuRepsError
from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.filters import Weighted, gaussian
from imu_reps.motion.vectors import between_deg, unit

try:
    from vqf import VQF
except ImportError as error:
    raise ImuRepsError(
        "the library vqf is missing: `pip install vqf`; where it has no wheel (Python 3.14, Linux "
        "on ARM) it is built from source, which needs a C++ compiler and the Python headers"
    ) from error

BIAS_LIMIT_DPS = 10.0
"""Cheap gyros come with up to 5 degrees a second of offset (MPU-6050 datasheet: 20 at worst)."""

KNOWN_DPS, CHEAP_DPS = 0.5, 3.0
"""How far off a bias may be at first, as a standard deviation: VQF's own, and of cheap gyros."""

BEGIN_S, MOVED_DEG = 3.0, 3.0
"""Until it has felt gravity for so long (its tauAcc) VQF takes the mean of it: who only sways is
seen best by that. Who is pushed as the data begin, or whose gyro has a large bias, is seen off by
more than this many degrees.
"""

SMOOTHING_S = 0.15
"""Standard deviation of the accelerometer's smoothing: half of a quick stroke's rise time."""


class Tilt(Protocol):
    """Evenly spaced samples in; `up` (m, 3) out, for the oldest of them that have none yet."""

    def update(self, samples: Samples) -> Floats: ...

    def finish(self) -> Floats:
        """For those that are left when there are no more samples."""


class GyroTilt:
    """Up from gyro and accelerometer; `bias_rads` (3,) is the gyro's bias, if already known, else
    it may be off by `doubt_dps` or so. `first` are the first samples, where they have waited: what
    comes after tells how they lie.
    """

    def __init__(
        self,
        rate_hz: float,
        bias_rads: Floats | None = None,
        first: Samples | None = None,
        doubt_dps: float = KNOWN_DPS,
    ) -> None:
        self._filter = _filter(rate_hz, bias_rads, doubt_dps)
        self.biases_rads: Floats = np.empty((0, 3))
        """The bias (n, 3) as it was found at each of the last samples."""
        self._first = np.empty((0, 3)) if first is None else _seen_after(rate_hz, bias_rads, first)

    @property
    def bias_rads(self) -> Floats:
        """The bias (3,) as the filter has found it so far."""
        return _bias_rads(self._filter)

    def update(self, samples: Samples) -> Floats:
        told = _told(self._filter, samples)
        self.biases_rads = told["bias"]
        up = _up(told["quat6D"])
        n = min(len(up), len(self._first))
        up[:n], self._first = self._first[:n], self._first[n:]
        return up

    def finish(self) -> Floats:
        return np.empty((0, 3))


def _filter(rate_hz: float, bias_rads: Floats | None, doubt_dps: float = KNOWN_DPS) -> Any:
    found = VQF(1.0 / rate_hz, biasClip=BIAS_LIMIT_DPS, biasSigmaInit=doubt_dps)
    if bias_rads is not None:
        found.setBiasEstimate(np.ascontiguousarray(bias_rads))
    return found


def _told(tilt: Any, samples: Samples) -> dict[str, Floats]:
    """All that the filter tells of these samples."""
    gyr, acc = np.ascontiguousarray(samples.gyr_rads), np.ascontiguousarray(samples.acc_ms2)
    told: dict[str, Floats] = tilt.updateBatch(gyr, acc)
    return told


def _bias_rads(tilt: Any) -> Floats:
    bias: Floats = np.asarray(tilt.getBiasEstimate()[0], dtype=np.float64)
    return bias


def _up(quaternions: Floats) -> Floats:
    """Up (n, 3) in the frame of a sensor that lies so (n, 4)."""
    w, x, y, z = quaternions.T
    return np.array([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]).T


def _seen_after(rate_hz: float, bias_rads: Floats | None, first: Samples) -> Floats:
    """Up (m, 3) where one moved in the first of these samples, by what came after; else none.

    A filter goes there and back: the earlier a pose, the more counts how it was on the way back.
    """
    first = first[: round(BEGIN_S * rate_hz)]
    tilt = _filter(rate_hz, bias_rads)
    up = _up(_told(tilt, first)["quat6D"])
    # Backwards everything turns the other way, but for the bias, which is not looked for any more.
    tilt.setRestBiasEstEnabled(False)
    tilt.setMotionBiasEstEnabled(False)
    assert first.gyr_rads is not None
    gyr_rads = 2.0 * _bias_rads(tilt) - first.gyr_rads[::-1]
    back = replace(first, acc_ms2=first.acc_ms2[::-1], gyr_rads=gyr_rads)
    up_after = _up(_told(tilt, back)["quat6D"])[::-1]
    if between_deg(up[0], up_after[0]) < MOVED_DEG:
        return np.empty((0, 3))
    late = np.linspace(0.0, 1.0, len(up))[:, None]
    return unit(late * up + (1.0 - late) * up_after)


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
