"""Does the gyro tell of the same turns as gravity does?

Whenever the segment comes to stand still in another pose, the accelerometer knows how far it has
turned. A gyro of the wrong scale, with swapped axes or a dead one ends somewhere else; tilt from
such a gyro is worse than tilt without. Found in 18 of 64 thigh and ankle recordings of the UCI
physical therapy set (all on two persons' thighs), where the two differ by up to 60 degrees.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.filters import RunningMean
from imu_reps.motion.vectors import between_deg, spread_deg, unit

WINDOW_S = 0.6
"""The accelerometer's direction is trusted when it has been steady for so long."""

STEADY_DEG = 1.0
"""RMS about its mean of a steady direction: noise and sway, no stroke."""

TURN_DEG = 8.0
"""A turn large enough to judge by: beside it, a strap's give and a gyro's bias are small."""

OFF_PART = 0.3
"""Of the turn: sound gyros were off by less than this in all recordings, lying ones by more."""

OFF_DEG = 5.0
"""And at least so much, which five seconds of a sound gyro's bias do not add up to."""


class Verdict(Enum):
    """What is known of a gyro."""

    OPEN = "open"
    SOUND = "sound"
    LIES = "lies"


class GyroCheck:
    """Accelerations and the tilt from gyro and accelerometer in; a verdict, and since which row."""

    def __init__(self, rate_hz: float) -> None:
        self.verdict = Verdict.OPEN
        self.rows = 0
        """Rows seen until the verdict, or so far."""
        self._means = RunningMean(WINDOW_S * rate_hz)
        self._balance = 0
        self._steady = True
        self._last_up: Floats | None = None

    def update(self, acc_ms2: Floats, up: Floats) -> None:
        """Judge by rows `acc_ms2` (n, 3) and `up` (n, 3), until a verdict is found."""
        if self.verdict is not Verdict.OPEN or not len(up):
            return
        direction = unit(acc_ms2)
        means = self._means.update(np.hstack([direction, direction * direction, up]))
        steady = spread_deg(means[:, :3], means[:, 3:6]) < STEADY_DEG
        acc_up, tilt_up = unit(means[:, :3]), unit(means[:, 6:])
        before = np.concatenate([[self._steady], steady[:-1]])
        for row in np.flatnonzero(steady != before):
            if steady[row]:
                self._judge(acc_up[row], tilt_up[row])
            elif row:
                self._last_up = acc_up[row - 1]
            if self.verdict is not Verdict.OPEN:
                self.rows += int(row) + 1
                return
        self.rows += len(up)
        self._steady = bool(steady[-1])
        if self._steady:
            self._last_up = acc_up[-1]

    def _judge(self, acc_up: Floats, tilt_up: Floats) -> None:
        if self._last_up is None:
            return
        turn_deg = between_deg(self._last_up, acc_up)
        if turn_deg < TURN_DEG:
            return
        off_deg = between_deg(acc_up, tilt_up)
        if off_deg < max(OFF_DEG, OFF_PART * turn_deg):
            self._balance += 1
        else:
            # One turn that ends further off than it was long settles it; else it takes two.
            self._balance -= 2 if off_deg > turn_deg else 1
        if self._balance > 0:
            self.verdict = Verdict.SOUND
        elif self._balance <= -2:
            self.verdict = Verdict.LIES
