"""Samples in, poses out at once: for who watches, while `tracker` still tries whether to trust.

The gyro is believed until somebody says that it lies; nothing waits, and nothing is made anew.
"""

from __future__ import annotations

from imu_reps.core.events import Gap
from imu_reps.core.samples import Samples
from imu_reps.motion.grid import Grid
from imu_reps.motion.poses import Poses
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt


class PromptTracker:
    """Samples in any chunks in, their poses out; it begins anew after a gap."""

    def __init__(self) -> None:
        self._grid = Grid()
        self._stretch: Stretch | None = None
        self._tilt: GyroTilt | None = None
        self._believes = True

    def distrust_gyro(self) -> None:
        """From now on by the accelerometer alone."""
        self._believes, self._stretch = False, None

    def update(self, samples: Samples) -> list[Poses]:
        """The poses that are known up to the last of these samples."""
        out: list[Poses] = []
        for run in self._grid.update(samples):
            if isinstance(run, Gap):
                self._stretch = None
            elif isinstance(run, Samples):
                self._stretch = self._stretch or self._begin(run)
                out += self._stretch.update(run)
        return out

    def _begin(self, first: Samples) -> Stretch:
        rate_hz = self._grid.rate_hz
        assert rate_hz is not None
        if first.gyr_rads is None or not self._believes:
            return Stretch(rate_hz, AccelerometerTilt(rate_hz))
        self._tilt = GyroTilt(rate_hz, self._tilt.bias_rads if self._tilt else None)
        return Stretch(rate_hz, self._tilt)
