"""Evenly spaced samples of one stretch without gaps in, poses out.

tilt -> trailing mean, spread and shake -> thinned out to what a leg's movement needs.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Unasked, Windows
from imu_reps.motion.tilt import Tilt

POSE_RATE_HZ = 50.0
"""Leg movements hold nothing above 3 Hz: poses come at this rate or up to twice as often."""

CLOCK_SLACK = 1.02
"""A sensor of 100 samples a second by its own clock is one, though it were 98 by ours."""


class Stretch:
    """The filters of one stretch; `tilt` may be late, its poses carry the right times."""

    def __init__(self, rate_hz: float, tilt: Tilt) -> None:
        self._tilt = tilt
        self._keep_every = max(1, int(rate_hz * CLOCK_SLACK / POSE_RATE_HZ))
        self._steadiness = Unasked(Windows(rate_hz, self._keep_every))
        self._owed = tilt.delay
        self._behind: Samples | None = None
        self._rows = 0

    def update(self, samples: Samples) -> list[Poses]:
        """The poses up to `tilt.delay` samples before the last one."""
        up = self._tilt.update(samples)
        if not self._tilt.delay:
            return self._poses(samples, up)
        early = min(self._owed, len(up))
        self._owed -= early
        behind = samples if self._behind is None else joined([self._behind, samples])
        self._behind = behind[len(up) - early :]
        return self._poses(behind[: len(up) - early], up[early:])

    def finish(self) -> list[Poses]:
        """The poses that a symmetric filter still owes; the last sample is held for it."""
        if self._behind is None:
            return []
        held = np.repeat(self._behind.acc_ms2[-1:], self._tilt.delay, axis=0)
        up = self._tilt.update(Samples(np.arange(float(len(held))), held))
        return self._poses(self._behind, up[self._owed :])

    def _poses(self, samples: Samples, up: Floats) -> list[Poses]:
        keep = slice(-self._rows % self._keep_every, None, self._keep_every)
        self._rows += len(up)
        up = up[keep]
        self._steadiness = self._steadiness.next()
        first = self._steadiness.poses
        self._steadiness.add(up, samples.acc_ms2)
        poses = Poses(samples.time_s[keep], up, self._steadiness, first)
        return [poses] if len(poses) else []
