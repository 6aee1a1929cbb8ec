"""Evenly spaced samples of one stretch without gaps in, poses out.

tilt -> trailing mean, spread and shake -> thinned out to what a leg's movement needs.
"""

from __future__ import annotations

from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.grid import CLOCK_SLACK
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Unasked, Windows
from imu_reps.motion.tilt import Tilt

POSE_RATE_HZ = 50.0
"""Leg movements hold nothing above 3 Hz: poses come at this rate or up to twice as often."""


class Stretch:
    """The filters of one stretch; `tilt` may be late, its poses carry the right times."""

    def __init__(self, rate_hz: float, tilt: Tilt) -> None:
        self._tilt = tilt
        self._keep_every = max(1, int(rate_hz * CLOCK_SLACK / POSE_RATE_HZ))
        self._steadiness = Unasked(Windows(rate_hz, self._keep_every))
        self._waiting: Samples | None = None
        self._rows = 0

    def update(self, samples: Samples) -> list[Poses]:
        """The poses that are known by now."""
        up = self._tilt.update(samples)
        if self._waiting is None and len(up) == len(samples):
            return self._poses(samples, up)
        known = samples if self._waiting is None else joined([self._waiting, samples])
        self._waiting = known[len(up) :] if len(up) < len(known) else None
        return self._poses(known[: len(up)], up)

    def finish(self) -> list[Poses]:
        """The poses that were still waiting."""
        up, waiting = self._tilt.finish(), self._waiting
        return [] if waiting is None else self._poses(waiting, up[: len(waiting)])

    def _poses(self, samples: Samples, up: Floats) -> list[Poses]:
        keep = slice(-self._rows % self._keep_every, None, self._keep_every)
        self._rows += len(up)
        up = up[keep]
        self._steadiness = self._steadiness.next()
        first = self._steadiness.poses
        self._steadiness.add(up, samples.acc_ms2)
        poses = Poses(samples.time_s[keep], up, self._steadiness, first)
        return [poses] if len(poses) else []
