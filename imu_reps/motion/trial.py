"""A stretch whose gyro is on trial: its poses wait until the gyro is known to be sound or not.

By then the gyro's bias is known too, and the first poses are made anew with it, and with what came
after them: the first seconds are as good as the later ones.
"""

from __future__ import annotations

import math

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.gyro_check import LEVEL_DEG, GyroCheck, Verdict, gravity_goes_deg
from imu_reps.motion.poses import Poses
from imu_reps.motion.slipping import FastenedTilt
from imu_reps.motion.strap import Strap
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import CHEAP_DPS, AccelerometerTilt, GyroTilt
from imu_reps.motion.vectors import length

LONGEST_S = 12.0
"""So long do poses wait for the verdict, a rep or two, which are then told late once: by then two
windows of the check and the moment before them are over.
"""

STEADIER_PART, OFF_DPS = 0.7, 0.2
"""The bias is that one of two with which gravity stands still. VQF finds one where little bias is
likely beforehand, and, where gravity moves with it, another where much is: that one where it moves
by less than so much of how far it does with the first. Which is not asked of two that are so near.
"""

LIES = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity and is not used: check its scale and its axes",
)
LIES_LATE = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity and is not used any more, angles and times before may be off: "
    "check its scale and its axes",
)


class GyroOnTrial:
    """A `Stretch` by gyro that turns into one by accelerometer alone if the gyro lies.

    While that is open, poses wait from where something has spoken against the gyro, but not for
    longer than `LONGEST_S`.
    """

    def __init__(self, rate_hz: float, strap: Strap, weight: float) -> None:
        self._rate_hz, self._strap = rate_hz, strap
        self._longest = round(LONGEST_S * rate_hz)
        self._check = GyroCheck(rate_hz, weight)
        self._tilt = GyroTilt(rate_hz)
        """Tells of the bias alone until the stretch begins."""
        self._stretch: Stretch | None = None
        self._held: list[Samples] = []
        self._rows = 0
        self._told = 0
        """So many rows have come, and so many of them were told."""
        self._is_told = False
        """Whether it has been said that the gyro lies."""

    @property
    def verdict(self) -> Verdict:
        return self._check.verdict

    @property
    def weight(self) -> float:
        """How much likelier the gyro is sound than not, so far (natural logarithm)."""
        return self._check.weight

    @property
    def bias_rads(self) -> Floats:
        """The gyro's bias (3,) as far as it is known."""
        return self._tilt.bias_rads

    def update(self, samples: Samples) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        out = list[Poses | Warn]()
        if self._stretch is None and len(samples):
            samples = self._waited(samples)
            out += self._released()
        if self._stretch is None or not len(samples):
            return out
        if (self._is_told or self.verdict is Verdict.SOUND) and not self._held:
            return [*out, *self._stretch.update(samples)]
        self._take(samples)
        self._check.update(samples)
        return out + self._released()

    def finish(self) -> list[Poses | Warn]:
        """The poses that still wait, and those that a symmetric filter owes."""
        if self._stretch is None and self._held:
            self._begin()
        if self._stretch is None:
            return []
        return [*self._up_to(self._rows), *self._stretch.finish()]

    def _take(self, samples: Samples) -> None:
        self._held.append(samples)
        self._rows += len(samples)

    def _waited(self, samples: Samples) -> Samples:
        """Hold these samples back until the stretch begins; those that come after that."""
        before = self._rows
        self._check.update(samples[: self._longest - before])
        end = self._longest if self.verdict is Verdict.OPEN else self._check.rows
        waits = samples[: end - before]
        self._tilt.update(waits)
        self._take(waits)
        if self._rows == end:
            self._begin()
        return samples[end - before :]

    def _begin(self) -> None:
        """Begin with what is held, from the first row on, by the likelier of two biases."""
        held = joined(self._held)
        self._held = [held]
        bias_rads = self._tilt.bias_rads
        goes_deg = gravity_goes_deg(self._rate_hz, held, bias_rads)
        if goes_deg > LEVEL_DEG:
            other = GyroTilt(self._rate_hz, doubt_dps=CHEAP_DPS)
            other.update(held)
            if math.degrees(length(bias_rads - other.bias_rads)) > OFF_DPS:
                other_deg = gravity_goes_deg(self._rate_hz, held, other.bias_rads)
                bias_rads = other.bias_rads if other_deg < STEADIER_PART * goes_deg else bias_rads
        self._tilt = GyroTilt(self._rate_hz, bias_rads, held)
        fastened = FastenedTilt(self._rate_hz, self._tilt, self._strap)
        self._stretch = Stretch(self._rate_hz, fastened)

    def _released(self) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        check = self._check
        if self._stretch is None:
            return []
        if self.verdict is Verdict.OPEN:
            return self._up_to(min(max(check.believed, self._rows - self._longest), self._rows))
        if self.verdict is Verdict.SOUND or self._is_told:
            return self._up_to(self._rows)
        # Until the stretch began nothing was told, so nothing need be believed.
        begun = check.rows > self._longest
        last = min(max(check.believed, check.rows - self._longest), check.rows) if begun else 0
        out = [*self._up_to(last), *self._stretch.finish()]
        out.append(LIES if last in (0, check.believed) else LIES_LATE)
        self._stretch = Stretch(self._rate_hz, AccelerometerTilt(self._rate_hz))
        self._is_told = True
        return out + self._up_to(self._rows)

    def _up_to(self, row: int) -> list[Poses | Warn]:
        """The poses of what is held up to before a row."""
        rows = row - self._told
        if rows <= 0 or self._stretch is None:
            return []
        held, self._told = joined(self._held), row
        self._held = [held[rows:]] if rows < len(held) else []
        return [*self._stretch.update(held[:rows])]
