"""Poses in, their means over a moment out: for segments that turn hardly more than they sway.

The means are symmetric, so they come half of the moment later and belong to its middle. How steady
the segment is remains as it was felt: it is judged over a moment of its own.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.filters import RunningMean
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.vectors import unit

SWAY_S = 0.7
"""Half of the swaying of one who stands is quicker than this (0.3 to 2 Hz, domain); the strokes of
a rep, which takes 2.5 seconds and more, are hardly blurred.
"""


class Averaged:
    """The means of poses over `SWAY_S`, of one stretch without gaps after the other."""

    def __init__(self) -> None:
        self._mean: RunningMean | None = None
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
        self._mean = RunningMean(2 * self._half + 1)
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
        return [Poses(known.time_s[:rows], unit(means[early:]), known.steadiness, known.first)]
