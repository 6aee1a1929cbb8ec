"""Samples in, poses out: the motion room's one front door.

grid -> tilt -> trailing mean, spread and shake -> thinned out to what a leg's movement needs.
After a gap everything but the gyro-free numbers starts anew, as the sensor may have moved.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.events import Gap
from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples
from imu_reps.motion.filters import Weighted, boxcar
from imu_reps.motion.grid import Grid
from imu_reps.motion.poses import Poses
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt, Tilt
from imu_reps.motion.vectors import lengths, unit

STILL_S = 0.6
"""The window in which stillness is judged: the shortest pause that a person would call one."""

SHAKE_S = 1.5
"""The window in which shaking is judged: at least two steps of a walk, longer than one bump."""

SHAKE_LIMIT_MS2 = 4.0
"""What one instant can add to the shaking: a heel on the floor, or a leg dropped on the bench."""

POSE_RATE_HZ = 50.0
"""Leg movements hold nothing above 3 Hz: poses come at this rate or up to half as often again."""


class PoseTracker:
    """Samples in any chunks in; poses, and the gaps between them, out."""

    def __init__(self) -> None:
        self._grid = Grid()
        self._stretch: _Stretch | None = None

    def update(self, samples: Samples) -> list[Poses | Gap]:
        """The poses that are known up to the last of these samples."""
        return self._track(self._grid.update(samples))

    def finish(self) -> list[Poses | Gap]:
        """What was still waiting for later samples."""
        out = self._track(self._grid.finish())
        return out if self._stretch is None else out + _some(self._stretch.finish())

    def _track(self, runs: list[Samples | Gap]) -> list[Poses | Gap]:
        out: list[Poses | Gap] = []
        for run in runs:
            if isinstance(run, Gap):
                out += [] if self._stretch is None else _some(self._stretch.finish())
                out.append(run)
                self._stretch = None
                continue
            if self._stretch is None:
                assert self._grid.rate_hz is not None
                self._stretch = _Stretch(self._grid.rate_hz, run)
            out += _some(self._stretch.update(run))
        return out


def _some(poses: Poses) -> list[Poses | Gap]:
    return [poses] if len(poses) else []


class _Stretch:
    """The filters of one stretch without gaps."""

    def __init__(self, rate_hz: float, first: Samples) -> None:
        gyro = first.gyr_rads is not None
        self._tilt: Tilt = GyroTilt(rate_hz) if gyro else AccelerometerTilt(rate_hz)
        self._keep_every = max(1, int(rate_hz / POSE_RATE_HZ + 1e-6))
        self._shake = Weighted(boxcar(SHAKE_S * rate_hz))
        self._still = Weighted(boxcar(STILL_S * rate_hz / self._keep_every))
        self._owed = self._tilt.delay
        self._behind = first[:0]
        self._rows = 0

    def update(self, samples: Samples) -> Poses:
        """The poses up to `delay` samples before the last one."""
        up = self._tilt.update(samples)
        early = min(self._owed, len(up))
        self._owed -= early
        return self._poses(_joined_acc(self._behind, samples), up[early:])

    def finish(self) -> Poses:
        """The poses that a symmetric filter still owes; the last sample is held for it."""
        if not len(self._behind):
            return self._poses(self._behind, np.empty((0, 3)))
        held = np.repeat(self._behind.acc_ms2[-1:], self._tilt.delay, axis=0)
        up = self._tilt.update(Samples(np.arange(float(len(held))), held))
        return self._poses(self._behind, up[self._owed :])

    def _poses(self, samples: Samples, up: Floats) -> Poses:
        ready, self._behind = samples[: len(up)], samples[len(up) :]
        keep = slice(-self._rows % self._keep_every, None, self._keep_every)
        self._rows += len(up)
        excess = np.minimum(np.abs(lengths(ready.acc_ms2) - GRAVITY_MS2), SHAKE_LIMIT_MS2)
        up = up[keep]
        mean = self._still.update(np.hstack([up, up * up]))
        x, y, z = (mean[:, 3:] - mean[:, :3] ** 2).T
        return Poses(
            time_s=ready.time_s[keep],
            up=up,
            mean_up=unit(mean[:, :3]),
            spread_deg=np.degrees(np.sqrt(np.maximum(x + y + z, 0.0))),
            shake_ms2=self._shake.update(excess[:, None])[keep, 0],
        )


def _joined_acc(behind: Samples, samples: Samples) -> Samples:
    if not len(behind):
        return samples
    return Samples(
        np.concatenate([behind.time_s, samples.time_s]),
        np.concatenate([behind.acc_ms2, samples.acc_ms2]),
    )
