"""An attempt as a set sees it, and whether two of them are the same movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane
from imu_reps.counting.fit import MOST_SWAY_DEG
from imu_reps.counting.limits import FULL_PART, NEAR_PART, SAME_TIME_PART, SHORTEST_S, part
from imu_reps.counting.measure import Measures
from imu_reps.counting.strokes import Strokes
from imu_reps.motion.vectors import between_deg, median

SAME_WAY_DEG = 50.0
"""Attempts of one movement go the same way, give or take; across or back is another movement."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What a set is judged by: the attempt's plane, peak and times as the cycle saw them.

    With its strokes as they were by themselves, its measures in the tempo of the set, how far it
    wandered aside, whether it was calm, how shaken the limb was when it was over, how far the rest
    pose had jumped before it, and whether the data began in it, or hardly before.
    """

    plane: Plane
    peak_deg: float
    begin_s: float
    far_s: float
    end_s: float
    strokes: Strokes
    measures: Measures
    wander_deg: float
    calm: bool
    shake_ms2: float
    moved_deg: float
    begun: bool

    @property
    def lasts_s(self) -> float:
        return self.end_s - self.begin_s

    def is_partial(self, typical_deg: float) -> bool:
        """Whether it goes less far than a rep of such a set: in the doubt of sway it counts."""
        return self.peak_deg < FULL_PART * typical_deg - min(self.wander_deg, MOST_SWAY_DEG)

    def same_way(self, other: Seen) -> bool:
        """Whether both went the same way in the sensor's frame."""
        assert self.plane.way is not None
        assert other.plane.way is not None
        return between_deg(self.plane.way, other.plane.way) < SAME_WAY_DEG

    def like(self, other: Seen) -> bool:
        """Whether both are the same movement, neither a partial one beside the other."""
        apart_deg = self.apart_deg(other)
        return self.resembles(other) and apart_deg < NEAR_PART * max(self.peak_deg, other.peak_deg)

    def resembles(self, other: Seen) -> bool:
        """Whether both go as far, as long and the same way, wherever they began."""
        return (
            not self.is_partial(other.peak_deg)
            and not other.is_partial(self.peak_deg)
            and part(self.lasts_s, other.lasts_s) >= SAME_TIME_PART
            and self.same_way(other)
        )

    def is_hasty(self, other: Seen) -> bool:
        """Whether it is over sooner than reps as a rule, and than half of the other's time."""
        return self.lasts_s < min(SHORTEST_S, SAME_TIME_PART * other.lasts_s)

    def same_ends(self, other: Seen) -> bool:
        """Whether both begin and turn at the same poses, as far as reps of one set do."""
        near_deg = NEAR_PART * max(self.peak_deg, other.peak_deg)
        return self.like(other) and max(self._ends_apart_deg(other)) < near_deg

    def apart_deg(self, other: Seen) -> float:
        """How far both ends are from the other's, the nearer one."""
        return min(self._ends_apart_deg(other))

    def _ends_apart_deg(self, other: Seen) -> tuple[float, float]:
        rest_deg = between_deg(self.plane.rest_up, other.plane.rest_up)
        return rest_deg, between_deg(self.far_up, other.far_up)

    @cached_property
    def far_up(self) -> Floats:
        return self.plane.pose(self.peak_deg)


def unhurried(seen: Sequence[Seen]) -> list[Seen]:
    """Those, one at least, that are not over too soon beside the middle one by their times."""
    middle = sorted(seen, key=lambda one: one.lasts_s)[len(seen) // 2]
    return [one for one in seen if not one.is_hasty(middle)]


def typical_deg(seen: Sequence[Seen]) -> float:
    """How far these go, one at least, as a rule."""
    return median([one.peak_deg for one in seen])
