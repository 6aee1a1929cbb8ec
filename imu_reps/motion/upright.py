"""Which way of the sensor is up when its wearer stands, and forwards: learned from steps.

Nobody knows how a strap sits on a limb, but all walk upright: over some strides a thigh, a shank
and a chest point up on average. On real walks (shank, 40 Hz; phone in a pocket, 100 Hz) strides
differ by 1-5 % and most looks see them; no rep shakes the limb as steps do. A leg swings forwards
in some 40 % of a stride (Perry 1992), so faster than back: of 904 looks at six of these walks 869
tell which way that is, and 859 of them the same as most others of their walk (97 at two people's
thighs, the rest at one shank; nobody wrote down which way was forwards).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.poses import Poses, joined
from imu_reps.motion.vectors import mean_direction, median

WALK_S = 4.0
"""So long a look holds two strides of a slow walk."""

SWING_DEG = 3.0
"""RMS: a leg swings by 10-25 degrees, a chest by 3-6; who stands sways by less."""

STEPS_MS2 = 1.0
"""Of `shake_ms2`, on average: half of a walking leg's (thigh 1.5-1.9, shank 2.5)."""

STRIDES, STRIDE_S = 2, (0.7, 1.9)
"""At least so many whole ones; a stroll's takes 1.6 s, a run's 0.7."""

UNEVEN_PART = 0.2
"""Of a stride: walkers' differ by less, who pulls at a strap turns it anyhow."""

ASIDE_PART = 0.5
"""Of the swing: a leg swings to and fro, and across by less (real walks: 0.2-0.4)."""

LEAST_SKEW = 0.25
"""Of a swing's speeds: half of what it is (0.49) where two fifths of a stride go forwards."""

TOLD_S = 100.0
"""So long before is looked for walks that tell which way is forwards: a strap may be turned."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A walk until `end_s`: `up` (3,) of the sensor, and which way (3,) it goes there while the leg
    swings forwards, so that the segment leans back; None where that cannot be told.
    """

    end_s: float
    up: Floats
    back: Floats | None

    def lean_deg(self, up: Floats) -> float:
        """How far a segment with `up` (3,) leans back, -180 to 180; not a number if untold."""
        if self.back is None:
            return math.nan
        return math.degrees(math.atan2(float(up @ self.back), float(up @ self.up)))


class Upright:
    """Remembers, from poses in any chunks, the walks among them."""

    def __init__(self) -> None:
        self._waiting: list[Poses] = []
        self._walks: list[Walk] = []

    def update(self, poses: Poses) -> None:
        """Look at each `WALK_S` of poses once they are all there."""
        self._waiting.append(poses)
        if poses.time_s[-1] - self._waiting[0].time_s[0] < WALK_S:
            return
        run, row = joined(self._waiting), 0
        time_s, shake_ms2 = run.time_s, run.shake_ms2
        while row < len(run) and time_s[-1] - time_s[row] >= WALK_S:
            end = int(time_s.searchsorted(time_s[row] + WALK_S))
            if is_shaken(shake_ms2[row:end]) and is_walk(run[row:end]):
                self._walks.append(walk_in(run[row:end]))
            row = end
        self._waiting = [run[row:]] if row < len(run) else []

    def before(self, time_s: float) -> Floats | None:
        """The sensor's up (3,) when its wearer last walked before this time; None if never."""
        return next((walk.up for walk in reversed(self._walks) if walk.end_s <= time_s), None)

    def lean_deg(self, up: Floats, time_s: float) -> float:
        """How far the segment leans back with `up` (3,), -180 to 180, by most walks of the last
        `TOLD_S` before this time that tell which way is forwards; not a number where none does.
        """
        walks = [walk for walk in self._walks if time_s - TOLD_S < walk.end_s <= time_s]
        known = [deg for walk in walks if not math.isnan(deg := walk.lean_deg(up))]
        return median(known) if known else math.nan

    def forget(self, time_s: float) -> None:
        """Forget all walks before this time, but for the last of them."""
        later = [walk for walk in self._walks if walk.end_s > time_s]
        self._walks = self._walks[-len(later) - 1 :]


def is_shaken(shake_ms2: Floats) -> bool:
    """Whether a limb is shaken (n,) as by steps. Most of the time it is not."""
    return float(np.add.reduce(shake_ms2)) >= STEPS_MS2 * len(shake_ms2)


def is_walk(poses: Poses) -> bool:
    """Whether these poses (n,) are those of somebody who walks or climbs stairs."""
    if not is_shaken(poses.shake_ms2):
        return False
    _, sizes, ways = np.linalg.svd(poses.up - mean_direction(poses.up), full_matrices=False)
    swing = (poses.up - mean_direction(poses.up)) @ ways[0]
    strides_s = np.diff(poses.time_s[1:][(swing[1:] > 0) & (swing[:-1] <= 0)])
    return bool(
        np.degrees(swing.std()) > SWING_DEG
        and sizes[1] < ASIDE_PART * sizes[0]
        and len(strides_s) >= STRIDES
        and STRIDE_S[0] < strides_s.mean() < STRIDE_S[1]
        and strides_s.std() < UNEVEN_PART * strides_s.mean()
    )


def walk_in(poses: Poses) -> Walk:
    """What these poses (n,) of somebody who walks tell."""
    up = mean_direction(poses.up)
    way = np.linalg.svd(poses.up - up, full_matrices=False)[2][0]
    speed = np.gradient(poses.up @ way, poses.time_s)
    skew = float((speed**3).mean() / (speed**2).mean() ** 1.5)
    back = math.copysign(1.0, skew) * way if abs(skew) > LEAST_SKEW else None
    return Walk(float(poses.time_s[-1]), up, back)
