"""A stretch whose gyro is on trial: its poses wait until the gyro is known to be sound or not."""

from __future__ import annotations

import numpy as np

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.gyro_check import GyroCheck, Verdict
from imu_reps.motion.poses import Poses
from imu_reps.motion.poses import joined as joined_poses
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt

HELD_S = 10.0
"""So long do poses wait for the verdict: a rep or two, which are then told late once."""

LIES = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity and is not used: check its scale and its axes",
)
LIES_LATE = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity, angles and times may be off: check its scale and its axes",
)


class GyroOnTrial:
    """A `Stretch` by gyro that turns into one by accelerometer alone if the gyro lies."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._check = GyroCheck(rate_hz)
        self._stretch = Stretch(rate_hz, _Watched(GyroTilt(rate_hz), self._check))
        self._samples: list[Samples] | None = []
        self._poses: list[Poses] = []
        self._warn_at_s: float | None = None

    @property
    def verdict(self) -> Verdict:
        return self._check.verdict

    def update(self, samples: Samples) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        was, before = self.verdict, self._check.rows
        poses = self._stretch.update(samples)
        if was is Verdict.OPEN and self.verdict is Verdict.LIES:
            self._warn_at_s = float(samples.time_s[self._check.rows - before - 1])
        if self._samples is None:
            return self._warned(poses)
        self._samples.append(samples)
        self._poses += poses
        waited = self._check.rows >= HELD_S * self._rate_hz
        if self.verdict is Verdict.LIES and not waited:
            return self._without_gyro(joined(self._samples))
        return self._release() if waited or self.verdict is Verdict.SOUND else []

    def finish(self) -> list[Poses | Warn]:
        """The poses that still wait, and those that a symmetric filter owes."""
        return [*self._release(), *self._stretch.finish()]

    def _release(self) -> list[Poses | Warn]:
        poses, self._poses, self._samples = self._poses, [], None
        return self._warned(poses)

    def _without_gyro(self, samples: Samples) -> list[Poses | Warn]:
        self._poses, self._samples, self._warn_at_s = [], None, None
        self._stretch = Stretch(self._rate_hz, AccelerometerTilt(self._rate_hz))
        return [LIES, *self._stretch.update(samples)]

    def _warned(self, poses: list[Poses]) -> list[Poses | Warn]:
        """The poses, and among them the warning if it is due."""
        if self._warn_at_s is None:
            return [*poses]
        due_s, self._warn_at_s = self._warn_at_s, None
        run = joined_poses(poses)
        cut = int(np.searchsorted(run.time_s, due_s, side="right"))
        first, rest = run[:cut], run[cut:]
        return [*([first] if len(first) else []), LIES_LATE, *([rest] if len(rest) else [])]


class _Watched:
    """A tilt that is shown to a check."""

    delay = 0

    def __init__(self, tilt: GyroTilt, check: GyroCheck) -> None:
        self._tilt = tilt
        self._check = check

    def update(self, samples: Samples) -> Floats:
        up = self._tilt.update(samples)
        self._check.update(samples.acc_ms2, up)
        return up
