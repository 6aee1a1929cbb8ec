"""How the segment lies at the ends of a way, and which way it turns from one to the other, told
where one has walked before: which of them is rest, and whether somebody sits.
"""

from __future__ import annotations

import math

from imu_reps.core.movement import View
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount
from imu_reps.counting.track import KEPT_S
from imu_reps.motion.lean import FREE, lean_likelihood
from imu_reps.motion.poses import Poses
from imu_reps.motion.upright import TOLD_S, Upright
from imu_reps.motion.vectors import between_deg

MOST_LEAD = 2.0
"""Seven times likelier, by how the segment leans and by which way it turns: the strap may have been
pulled since, so neither decides alone, but both do.
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
    """What a movement's profile says of the segment's lean at rest and at the far end."""

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
        """How much likelier the first of two poses `ends` (2, 3) is rest than the second, by the
        walks before then: natural logarithm, 0 where nothing tells.
        """
        up = None if self._upright is None else self._upright.before(before_s)
        if up is None:
            return 0.0
        leans = between_deg(ends[0], up), between_deg(ends[1], up)
        turn_deg = between_deg(ends[0], ends[1])
        first, second = (
            lean_likelihood(self._view, self._mount, turn_deg, walk, None)
            for walk in (leans, leans[::-1])
        )
        lead = min(max(math.log(first / second), -MOST_LEAD), MOST_LEAD)
        return lead + self._lead_by_way(ends, before_s)

    def _lead_by_way(self, ends: Floats, before_s: float) -> float:
        """The same by whether a leg turns back or forwards from the first to the second. A chest
        does not swing as legs do.
        """
        assert self._upright is not None
        assert self._view.pitch_deg is not None
        if self._mount is Mount.CHEST:
            return 0.0
        before_deg, after_deg = (self._upright.lean_deg(up, before_s) for up in ends)
        turned_deg = (after_deg - before_deg + 180.0) % 360.0 - 180.0
        if not abs(turned_deg) > ALONG_PART * between_deg(ends[0], ends[1]):
            return 0.0
        rest_deg, far_deg = self._view.pitch_deg
        return math.copysign(MOST_LEAD, turned_deg * (far_deg - rest_deg))

    def may_sit(self, ends: Floats, before_s: float) -> bool:
        """Whether a thigh that leans forwards in the movement only leans back between two poses
        `ends` (2, 3), by the walks before then: as if its wearer sat there, the knee in front.
        """
        if self._upright is None or not self._leans_forwards:
            return False
        leans_deg = [self._upright.lean_deg(up, before_s) for up in ends]
        return max(leans_deg) > SEATED_DEG and min(leans_deg) > -STANDING_DEG
