"""Where the segment turns round, whatever the pose it started from and whichever way it goes.

Seen from the last turn, the segment goes farther and farther away; when it has come back from the
farthest pose by more than the scale, that pose was the next turn. Sway smaller than the scale is
no turn, and a rest pose need not be known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import PERIOD_S
from imu_reps.counting.track import LEAP_ROWS, Track
from imu_reps.motion.vectors import angles_deg, lengths


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """The pose `up` (3,) at which the segment turned; the row and time at which it was there."""

    row: int
    time_s: float
    up: Floats


def turn_at(track: Track, row: int) -> Turn:
    """The pose of one row as a turn."""
    return Turn(row, track.at_s(row), track.up(row, row + 1)[0])


class Turns:
    """The turns that are larger than `scale_deg`, the latest last."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._scale_rad = np.radians(scale_deg)
        self.row = first.row
        self.last = self.far = first
        self.reach_deg = 0.0
        """How far the segment has gone from the last turn, up to `far`."""

    def step(self, track: Track, until: int, target_deg: float) -> Turn | None:
        """Leap to where a new turn is known or the reach comes to the target; some rows at most."""
        end = min(self.row + LEAP_ROWS, until)
        up = track.up(self.row, end)
        away_deg = angles_deg(up, self.last.up)
        reach = np.maximum.accumulate(np.maximum(away_deg, self.reach_deg))
        at = np.maximum.accumulate(np.where(away_deg >= reach, np.arange(len(up)), -1))
        far_up = np.where((at >= 0)[:, None], up[at], self.far.up)
        back = lengths(up - far_up) > self._scale_rad
        stops = back | (reach >= target_deg)
        i = int(np.argmax(stops))
        last = i if stops[i] else len(up) - 1
        if at[last] >= 0:
            self.far = turn_at(track, self.row + int(at[last]))
        self.reach_deg = float(reach[last])
        self.row += last + 1
        return self._turned(track) if back[last] else None

    def _turned(self, track: Track) -> Turn:
        self.last = self.far
        known = track.row_at(track.at_s(self.row - 1) - PERIOD_S)
        self.row = max(self.last.row + 1, known)
        self.reach_deg = 0.0
        return self.last
