"""Does somebody go to and fro between two poses? Nothing about either need be known before.

Strategy: the segment's turns are followed at several scales at once, as nobody can know beforehand
how large the reps and the sway will be. Three like strokes between the same two poses are worth a
closer look; it is taken when the third has gone most of its way.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import (
    FULL_PART,
    LEAVE_DEG,
    NEAR_PART,
    PERIOD_S,
    REACHED_PART,
    SCALES_DEG,
    SHORTEST_S,
)
from imu_reps.counting.track import Track
from imu_reps.counting.turns import Leaps, Turn, Turns, turn_at
from imu_reps.motion.vectors import between_deg, unit


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Two poses `ends` (2, 3) between which somebody goes to and fro, seen at row `known`.

    `first` is the row of the first turn that is known at one of them.
    """

    ends: Floats
    first: int
    known: int


class WaySearch:
    """Poses in, the ways that are gone to and fro out, in the order of their rows."""

    def __init__(self) -> None:
        self._scales: list[_Scale] = []
        self._row = 0

    def update(self, track: Track) -> list[Way]:
        """What becomes known up to the end of the track."""
        if not self._scales and track.end > track.begin:
            first = turn_at(track, max(track.begin, self._row))
            self._scales = [_Scale(scale_deg, first) for scale_deg in SCALES_DEG]
        leaps = Leaps(track)
        found = {
            (way.known, way.first): way for scale in self._scales for way in scale.update(leaps)
        }
        return [found[key] for key in sorted(found)]

    def restart(self, row: int) -> None:
        """Forget the turns so far: data are missing before this row."""
        self._scales, self._row = [], row


class _Scale:
    """The search at one scale."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._turns = Turns(scale_deg, first)
        self._recent = deque([first], maxlen=3)
        self._target_deg = np.inf

    def update(self, leaps: Leaps) -> list[Way]:
        found: list[Way] = []
        while self._turns.row < leaps.track.end:
            turn = self._turns.step(leaps, leaps.track.end, self._target_deg)
            if turn is not None:
                self._recent.append(turn)
                self._target_deg = self._next_target_deg()
            elif self._turns.reach_deg >= self._target_deg:
                self._target_deg = np.inf
                found += self._ways()
        return found

    def _next_target_deg(self) -> float:
        """How far the next stroke must go to be like the last two; infinite where they differ."""
        if len(self._recent) < 3:
            return np.inf
        one, two, three = self._recent
        sizes_deg = between_deg(one.up, two.up), between_deg(two.up, three.up)
        lasts_s = three.time_s - one.time_s
        like = (
            min(sizes_deg) >= max(LEAVE_DEG, FULL_PART * max(sizes_deg))
            and between_deg(one.up, three.up) <= NEAR_PART * max(sizes_deg)
            and SHORTEST_S <= lasts_s <= PERIOD_S
        )
        return REACHED_PART * sizes_deg[1] if like else np.inf

    def _ways(self) -> list[Way]:
        one, two, three = self._recent
        here = self._turns.far
        size_deg = between_deg(two.up, three.up)
        lasts_s = here.time_s - two.time_s
        apart_deg = between_deg(two.up, here.up)
        if apart_deg > NEAR_PART * size_deg or not SHORTEST_S <= lasts_s <= PERIOD_S:
            return []
        ends = unit(np.stack([one.up + three.up, two.up + here.up]))
        return [Way(ends, one.row, self._turns.row - 1)]
