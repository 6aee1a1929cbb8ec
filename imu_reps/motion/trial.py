"""A stretch whose gyro is on trial: its poses wait until the gyro is known to be sound or not.

By then the gyro's bias is known too, and the poses that have waited are made anew with it, and with
what came after them: the first seconds are as good as the later ones.
"""

from __future__ import annotations

import math

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.gyro_check import GyroCheck, Verdict
from imu_reps.motion.poses import Poses
from imu_reps.motion.slipping import FastenedTilt
from imu_reps.motion.strap import Strap
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt

LONGEST_S = 10.0
"""So long do poses wait for the verdict: a rep or two, which are then told late once."""

SHORTEST_S = 3.0
"""VQF takes a bias for known after 1.5 s at rest and half a second more."""

STEP_S = 0.2
"""A verdict is acted on at the next of these steps, wherever chunks begin and end."""

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

    def __init__(self, rate_hz: float, strap: Strap) -> None:
        self._rate_hz, self._strap = rate_hz, strap
        self._step_rows = max(1, round(STEP_S * rate_hz))
        self._check = GyroCheck(rate_hz)
        self._tilt = _Watched(GyroTilt(rate_hz), self._check)
        self._stretch: Stretch | None = None
        self._held: list[Samples] = []
        self._rows = 0
        self._lies_s: float | None = None
        self._told = False

    @property
    def verdict(self) -> Verdict:
        return self._check.verdict

    @property
    def bias_rads(self) -> Floats:
        """The gyro's bias (3,) as far as it is known."""
        return self._tilt.bias_rads

    def update(self, samples: Samples) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        out: list[Poses | Warn] = []
        if self._stretch is None and len(samples):
            out, samples = self._waited(samples)
        if self._stretch is not None and len(samples):
            out += self._passed(self._stretch, samples)
        return out

    def finish(self) -> list[Poses | Warn]:
        """The poses that still wait, and those that a symmetric filter owes."""
        waits = self._stretch is None and self._held
        waiting = self._release(self.bias_rads) if waits else []
        return [
            *waiting,
            *self._warned(self._stretch.finish() if self._stretch else [], is_last=True),
        ]

    def _waited(self, samples: Samples) -> tuple[list[Poses | Warn], Samples]:
        """Hold these samples back; what comes once they need not wait, and those that are left."""
        before, last = self._rows, self._step_at(LONGEST_S * self._rate_hz)
        self._tilt.update(samples[: last - before])
        self._held.append(samples)
        self._rows += len(samples)
        end = self._end(last)
        if self._rows < end:
            return [], samples[:0]
        held = joined(self._held)
        self._held, self._rows = [held[:end]], end
        if self.verdict is Verdict.LIES:
            return self._without_gyro(), held[end:]
        return self._release(self._tilt.biases_rads[end - before - 1]), held[end:]

    def _end(self, last: int) -> int:
        """How many rows wait, by what is known so far."""
        if self.verdict is Verdict.OPEN:
            return last
        known = self._step_at(self._check.rows)
        if self.verdict is Verdict.LIES:
            return known
        return max(known, self._step_at(SHORTEST_S * self._rate_hz))

    def _step_at(self, rows: float) -> int:
        """The first whole number of steps with so many rows."""
        return math.ceil(rows / self._step_rows) * self._step_rows

    def _passed(self, stretch: Stretch, samples: Samples) -> list[Poses | Warn]:
        """The poses of samples that need not wait, and once among them that the gyro lies."""
        before, self._rows = self._rows, self._rows + len(samples)
        poses = stretch.update(samples)
        if not self._told and self._lies_s is None and self.verdict is Verdict.LIES:
            self._lies_s = float(samples.time_s[self._check.rows - before - 1])
        return self._warned(poses)

    def _warned(self, poses: list[Poses], *, is_last: bool = False) -> list[Poses | Warn]:
        """The poses, and once, before the first of them that is later, that the gyro lies."""
        if self._told or self._lies_s is None:
            return [*poses]
        early, late = _parts(poses, self._lies_s)
        if not late and not is_last:
            return [*poses]
        self._told = True
        return [*early, LIES_LATE, *late]

    def _release(self, bias_rads: Floats) -> list[Poses | Warn]:
        """The poses that have waited, made anew with the bias that is known by now."""
        tilt = GyroTilt(self._rate_hz, bias_rads, joined(self._held))
        self._tilt = _Watched(tilt, None)
        fastened = FastenedTilt(self._rate_hz, self._tilt, self._strap)
        poses = self._poses_of_held(Stretch(self._rate_hz, fastened))
        self._tilt.check = self._check
        return poses

    def _without_gyro(self) -> list[Poses | Warn]:
        self._told = True
        poses = self._poses_of_held(Stretch(self._rate_hz, AccelerometerTilt(self._rate_hz)))
        return [LIES, *poses]

    def _poses_of_held(self, stretch: Stretch) -> list[Poses | Warn]:
        held, self._held, self._stretch = joined(self._held), [], stretch
        return [*stretch.update(held)]


def _parts(poses: list[Poses], time_s: float) -> tuple[list[Poses], list[Poses]]:
    """The poses up to a moment, and those after it."""
    rows = [int(run.time_s.searchsorted(time_s, "right")) for run in poses]
    early = [run[:row] for run, row in zip(poses, rows, strict=True) if row]
    late = [run[row:] for run, row in zip(poses, rows, strict=True) if row < len(run)]
    return early, late


class _Watched:
    """A tilt that is shown to a check."""

    def __init__(self, tilt: GyroTilt, check: GyroCheck | None) -> None:
        self._tilt = tilt
        self.check = check

    @property
    def bias_rads(self) -> Floats:
        return self._tilt.bias_rads

    @property
    def biases_rads(self) -> Floats:
        return self._tilt.biases_rads

    def update(self, samples: Samples) -> Floats:
        up = self._tilt.update(samples)
        if self.check is not None:
            self.check.update(samples.acc_ms2, up)
        return up
