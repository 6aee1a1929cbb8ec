"""Samples in, poses out: the motion room's one front door.

grid -> stretches without gaps -> tilt and poses. After a gap the tilt starts anew, as the sensor
may have moved. A gyro that contradicts gravity is noticed and done without.
"""

from __future__ import annotations

from collections.abc import Sequence

from imu_reps.core.events import Gap, Warn
from imu_reps.core.samples import GRAVITY_MS2, Samples
from imu_reps.motion.grid import Grid, Run
from imu_reps.motion.gyro_check import Verdict
from imu_reps.motion.poses import Poses
from imu_reps.motion.slipping import FastenedTilt
from imu_reps.motion.strap import Slip, Strap
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt
from imu_reps.motion.trial import GyroOnTrial

LIGHT_PART, HEAVY_PART = 0.6, 1.6
"""Of standard gravity, over the first third of a second: a moving leg stays within, a wrong unit
(g instead of m/s², a range set wrong) does not.
"""

Tracked = Poses | Gap | Warn | Slip


class PoseTracker:
    """Samples in any chunks in; poses, the gaps between them, slips and warnings out. The `strap`
    is known already where another tracker has seen it.
    """

    def __init__(self, strap: Strap | None = None) -> None:
        self._grid = Grid()
        self._gyro, self._weight = Verdict.OPEN, 0.0
        """What is known of the gyro, and how likely."""
        self._told_gravity = False
        self._stretch: Stretch | GyroOnTrial | None = None
        self._tilt: GyroTilt | GyroOnTrial | None = None
        self._strap = strap or Strap()

    def update(self, samples: Samples) -> list[Tracked]:
        """The poses that are known up to the last of these samples."""
        return self._track(self._grid.update(samples))

    def finish(self) -> list[Tracked]:
        """What was still waiting for later samples."""
        return self._track(self._grid.finish()) + self._end()

    def _track(self, runs: list[Run]) -> list[Tracked]:
        out = self._weighed()
        for run in runs:
            if isinstance(run, Samples):
                self._stretch = self._stretch or self._begin(run)
                out += self._with_slips(self._stretch.update(run))
            else:
                out += [*(self._end() if isinstance(run, Gap) else []), run]
        return out

    def _with_slips(self, told: Sequence[Poses | Warn]) -> list[Tracked]:
        """The poses with the strap's slips between them, each before the poses that follow it."""
        out, slips = list[Tracked](), self._strap.slips()
        for item in told:
            left = item
            while isinstance(left, Poses) and slips and slips[0].time_s < left.time_s[-1]:
                row = int(left.time_s.searchsorted(slips[0].time_s, "right"))
                out += [*([left[:row]] if row else []), slips.pop(0)]
                left = left[row:]
            out.append(left)
        return out + slips

    def _weighed(self) -> list[Tracked]:
        """Once, as soon as it is known: the warning that gravity is not what it should be."""
        gravity_ms2 = self._grid.gravity_ms2
        if self._told_gravity or gravity_ms2 is None:
            return []
        self._told_gravity = True
        if LIGHT_PART < gravity_ms2 / GRAVITY_MS2 < HEAVY_PART:
            return []
        return [
            Warn(
                "not_gravity",
                f"the accelerometer shows {gravity_ms2:.2g} m/s² where gravity is 9.8: counts "
                "cannot be trusted until its unit is right; check the scale or the columns' unit",
            )
        ]

    def _begin(self, first: Samples) -> Stretch | GyroOnTrial:
        rate_hz = self._grid.rate_hz
        assert rate_hz is not None
        if first.gyr_rads is None or self._gyro is Verdict.LIES:
            return Stretch(rate_hz, AccelerometerTilt(rate_hz))
        if self._gyro is Verdict.SOUND:
            self._tilt = GyroTilt(rate_hz, self._tilt.bias_rads if self._tilt else None)
            return Stretch(rate_hz, FastenedTilt(rate_hz, self._tilt, self._strap))
        self._tilt = trial = GyroOnTrial(rate_hz, self._strap, self._weight)
        return trial

    def _end(self) -> list[Tracked]:
        if self._stretch is None:
            return []
        owed, stretch, self._stretch = self._stretch.finish(), self._stretch, None
        if isinstance(stretch, GyroOnTrial):
            self._gyro, self._weight = stretch.verdict, stretch.weight
        return self._with_slips(owed)
