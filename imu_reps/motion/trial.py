"""A stretch whose gyro is on trial: its poses wait until the gyro is known to be sound or not."""

from __future__ import annotations

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.gyro_check import GyroCheck, Verdict
from imu_reps.motion.poses import Poses
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
    """A `Stretch` by gyro that turns into one by accelerometer alone if the gyro is found to lie."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._check = GyroCheck(rate_hz)
        self._stretch = Stretch(rate_hz, _Watched(GyroTilt(rate_hz), self._check))
        self._samples: list[Samples] | None = []
        self._poses: list[Poses] = []
        self._told = False

    @property
    def verdict(self) -> Verdict:
        return self._check.verdict

    def update(self, samples: Samples) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        poses = self._stretch.update(samples)
        if self._samples is None:
            return [*poses, *self._late()]
        self._samples.append(samples)
        self._poses += poses
        if self.verdict is Verdict.LIES and not self._waited():
            return [LIES, *self._without_gyro()]
        return self._release() if self._waited() or self.verdict is Verdict.SOUND else []

    def finish(self) -> list[Poses | Warn]:
        """The poses that still wait, and those that a symmetric filter owes."""
        return [*self._release(), *self._stretch.finish()]

    def _waited(self) -> bool:
        return self._check.rows >= HELD_S * self._rate_hz

    def _late(self) -> list[Poses | Warn]:
        if self.verdict is not Verdict.LIES or self._told:
            return []
        self._told = True
        return [LIES_LATE]

    def _without_gyro(self) -> list[Poses]:
        assert self._samples is not None
        self._stretch = Stretch(self._rate_hz, AccelerometerTilt(self._rate_hz))
        poses = self._stretch.update(joined(self._samples))
        self._samples, self._poses, self._told = None, [], True
        return poses

    def _release(self) -> list[Poses | Warn]:
        poses: list[Poses | Warn] = [*self._poses]
        self._samples, self._poses = None, []
        return poses + self._late()


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
