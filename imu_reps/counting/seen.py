"""An attempt as a set sees it, and whether two of them are the same movement."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import FULL_PART, NEAR_PART, part
from imu_reps.counting.measure import Measures
from imu_reps.motion.vectors import between_deg

BRISK_S = 2.0
"""A rep takes 2.5 s and more (domain), of which the ends below 10 % are a fifth: it takes `MANY`
quicker ones, as two like ones may be somebody shuffling into position."""

WANDER_PART, WANDER_DEG = 0.15, 4.0
"""Of the range, RMS aside of the plane: reps go one way, who pulls at a strap turns it anyhow. Less
than the second is what people sway who stand on one leg (domain: 1-5 degrees).
"""

STEADY_PART = 0.75
"""Of the larger one: two attempts in a row whose ranges and times are so alike need no third."""

SAME_WAY_DEG = 40.0
"""Attempts of one movement go the same way, give or take; across or back is another movement."""

SAME_TIME_PART = 0.5
"""Of the longer one: like attempts take about as long, a hold more or less."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a set is judged by: the attempt's plane, peak and times as the cycle saw them.

    With its measures, the sway (RMS) at rest before it, whether it was calm, and whether the data
    ended it.
    """

    plane: Plane
    peak_deg: float
    begin_s: float
    far_s: float
    end_s: float
    measures: Measures
    sway_deg: float
    calm: bool
    cut: bool

    @property
    def lasts_s(self) -> float:
        return self.end_s - self.begin_s

    @property
    def wanders(self) -> bool:
        """Whether it went out and back by no straight way."""
        return self.measures.wobble_deg > max(WANDER_PART * self.peak_deg, WANDER_DEG)

    def same_way(self, other: Seen) -> bool:
        """Whether both went the same way in the sensor's frame."""
        assert self.plane.way is not None
        assert other.plane.way is not None
        return between_deg(self.plane.way, other.plane.way) < SAME_WAY_DEG

    def like(self, other: Seen) -> bool:
        """Whether both are the same movement, neither a partial one beside the other."""
        apart_deg = self._apart_deg(other)
        return self.resembles(other) and apart_deg < NEAR_PART * max(self.peak_deg, other.peak_deg)

    def resembles(self, other: Seen) -> bool:
        """Whether both go as far, as long and the same way, wherever they began."""
        return (
            part(self.peak_deg, other.peak_deg) >= FULL_PART
            and part(self.lasts_s, other.lasts_s) >= SAME_TIME_PART
            and self.same_way(other)
        )

    def _apart_deg(self, other: Seen) -> float:
        rest_deg = between_deg(self.plane.rest_up, other.plane.rest_up)
        far_up, other_far_up = self.plane.pose(self.peak_deg), other.plane.pose(other.peak_deg)
        return min(rest_deg, between_deg(far_up, other_far_up))


def is_steady(like: list[Seen]) -> bool:
    """Whether attempts follow each other as in a set, as alike as two reps of one person."""
    pairs = list(pairwise(like))
    return all(
        part(one.peak_deg, other.peak_deg) > STEADY_PART
        and part(one.lasts_s, other.lasts_s) > STEADY_PART
        and other.begin_s - one.end_s < max(BRISK_S, one.lasts_s / 2)
        for one, other in pairs
    )
