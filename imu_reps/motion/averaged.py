"""Poses in, their means over a moment out: for segments that turn hardly more than they sway.

The means are symmetric, so they come half of the moment later and belong to its middle. How still
they are is asked of them, too; how far the segment swings and is shaken remains as it was felt.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.filters import RunningMean
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.steadiness import Steady, Stillness
from imu_reps.motion.vectors import unit

SWAY_S = 1.2
"""What sways at 0.8 Hz, amid people's swaying (0.3 to 2 Hz, domain), is out of a mean over so long,
and half of what sways at 0.5 Hz; the quickest rep (2.5 s, domain) takes twice as long.
"""


class Averaged:
    """The means of poses over `SWAY_S`, of one stretch without gaps after the other."""

    def __init__(self) -> None:
        self._mean: RunningMean | None = None
        self._stillness: Stillness
        self._waiting: list[Poses] = []
        self._half = 0
        self._owed = 0

    def update(self, poses: Poses) -> list[Poses]:
        """The means around all poses but those of the last half moment."""
        self._waiting.append(poses)
        if self._mean is not None:
            return self._made(poses.up)
        known = joined(self._waiting)
        if len(known) < 2:
            return []
        step_s = float(known.time_s[1] - known.time_s[0])
        # Half a row more or less must not hang on the rounding of the times.
        self._half = self._owed = round(round(SWAY_S / step_s, 2) / 2)
        self._mean, self._stillness = RunningMean(2 * self._half + 1), Stillness(1.0 / step_s)
        return self._made(known.up)

    def finish(self) -> list[Poses]:
        """The means that are still owed when a stretch ends; its last pose is held for them."""
        if self._mean is None:
            out, self._waiting = self._waiting, []
            return out
        out = self._made(np.repeat(self._waiting[-1].up[-1:], self._half, axis=0))
        self._mean, self._waiting = None, []
        return out

    def _made(self, up: Floats) -> list[Poses]:
        assert self._mean is not None
        means = self._mean.update(up)
        early = min(self._owed, len(means))
        self._owed -= early
        rows = len(means) - early
        if not rows:
            return []
        known = joined(self._waiting)
        self._waiting = [known[rows:]]
        up, felt = unit(means[early:]), known[:rows]
        steady = Steady(*self._stillness.update(up), felt.shake_ms2, felt.felt_deg, felt.lift_ms2)
        return [Poses(felt.time_s, up, steady)]
