"""Which way the segment turns from one end of a way to the other, told where one has walked before:
which of them is rest, and whether somebody sits.
"""

from __future__ import annotations

import math

from imu_reps.core.movement import View
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount
from imu_reps.counting.track import KEPT_S
from imu_reps.motion.lean import FREE
from imu_reps.motion.poses import Poses
from imu_reps.motion.upright import TOLD_S, Upright
from imu_reps.motion.vectors import between_deg

WAY_WEIGHT = 2.0
"""Seven times likelier a leg turns the way that it does in the movement: the strap may have been
pulled since the walk, so that does not decide alone.
"""

ALONG_PART = 0.5
"""Of a turn, as a walk sees it: with less the strap has been turned by more than 60 degrees."""

SEATED_DEG, STANDING_DEG = 30.0, 15.0
"""Who sits leans the thigh back by more than in a step (10 to 25 degrees), and stands up to where
it hangs; who lifts the knee between reps bends forwards from there.
"""

REMEMBERED_S = TOLD_S + KEPT_S
"""Walks that are older matter by the last of them only: nothing is asked of earlier times than the
poses that are kept.
"""


class Posture:
    """What a movement's profile says of the way that the segment turns."""

    def __init__(self, view: View, mount: Mount) -> None:
        self._view, self._mount = view, mount
        leans_deg = view.pitch_deg or (0.0,)
        is_thigh = mount in (Mount.THIGH, Mount.FREE_THIGH)
        self._leans_forwards = is_thigh and max(leans_deg, key=abs) < -SEATED_DEG
        # A free leg that is carried along goes with the pelvis, or beside the leg that works.
        is_carried = mount in FREE and view.axis == "carried"
        self._upright = None if view.pitch_deg is None or is_carried else Upright()

    def update(self, poses: Poses) -> None:
        """Remember which way was up in the walks among these poses."""
        if self._upright is None or not len(poses):
            return
        self._upright.update(poses)
        self._upright.forget(float(poses.time_s[0]) - REMEMBERED_S)

    def lead(self, ends: Floats, before_s: float) -> float:
        """How much likelier the first of two poses `ends` (2, 3) is rest than the second (natural
        logarithm), by whether a leg turns back or forwards between them, as the walks before then
        tell it; 0 where nothing does. A chest does not swing as legs do.
        """
        if self._upright is None or self._view.pitch_deg is None or self._mount is Mount.CHEST:
            return 0.0
        before_deg, after_deg = (self._upright.lean_deg(up, before_s) for up in ends)
        turned_deg = (after_deg - before_deg + 180.0) % 360.0 - 180.0
        if not abs(turned_deg) > ALONG_PART * between_deg(ends[0], ends[1]):
            return 0.0
        rest_deg, far_deg = self._view.pitch_deg
        return math.copysign(WAY_WEIGHT, turned_deg * (far_deg - rest_deg))

    def may_sit(self, ends: Floats, before_s: float) -> bool:
        """Whether a thigh that leans forwards in the movement only leans back between two poses
        `ends` (2, 3), by the walks before then: as if its wearer sat there, the knee in front.
        """
        if self._upright is None or not self._leans_forwards:
            return False
        leans_deg = [self._upright.lean_deg(up, before_s) for up in ends]
        return max(leans_deg) > SEATED_DEG and min(leans_deg) > -STANDING_DEG
