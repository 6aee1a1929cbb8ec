"""Evenly spaced samples of one stretch without gaps in, poses out.

tilt -> trailing mean, spread and shake -> thinned out to what a leg's movement needs.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples, joined
from imu_reps.motion.filters import RunningMean
from imu_reps.motion.poses import Poses
from imu_reps.motion.tilt import Tilt
from imu_reps.motion.vectors import lengths, spread_deg

STILL_S = 0.6
"""The window in which stillness is judged: the shortest pause that a person would call one."""

SHAKE_S = 1.5
"""The window in which shaking is judged: at least two steps of a walk, longer than one bump."""

SHAKE_LIMIT_MS2 = 4.0
"""What one instant can add to the shaking: a heel on the floor, or a leg dropped on the bench."""

POSE_RATE_HZ = 50.0
"""Leg movements hold nothing above 3 Hz: poses come at this rate or up to twice as often."""

CLOCK_SLACK = 1.02
"""A sensor of 100 samples a second by its own clock is one, though it were 98 by ours."""


class Stretch:
    """The filters of one stretch; `tilt` may be late, its poses carry the right times."""

    def __init__(self, rate_hz: float, tilt: Tilt) -> None:
        self._tilt = tilt
        self._keep_every = max(1, int(rate_hz * CLOCK_SLACK / POSE_RATE_HZ))
        self._shake = RunningMean(SHAKE_S * rate_hz)
        self._still = RunningMean(STILL_S * rate_hz / self._keep_every)
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
        excess = np.minimum(np.abs(lengths(samples.acc_ms2) - GRAVITY_MS2), SHAKE_LIMIT_MS2)
        up = up[keep]
        means = self._still.update(np.concatenate([up, up * up], axis=1))
        poses = Poses(
            time_s=samples.time_s[keep],
            up=up,
            mean_up=means[:, :3],
            spread_deg=spread_deg(means[:, :3], means[:, 3:]),
            shake_ms2=self._shake.update(excess[:, None])[keep, 0],
        )
        return [poses] if len(poses) else []
