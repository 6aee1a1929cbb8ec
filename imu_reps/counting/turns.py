"""Where the segment turns round, whatever the pose it started from and whichever way it goes.

Seen from the last turn, the segment goes farther and farther away; when it has come back from the
farthest pose by more than the scale, that pose was the next turn. Sway smaller than the scale is
no turn, and a rest pose need not be known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import PERIOD_S
from imu_reps.counting.track import LEAP_ROWS, Track
from imu_reps.motion.vectors import angles_deg, between_deg, lengths

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """The pose `up` (3,) at which the segment turned; the row and time at which it was there."""

    row: int
    time_s: float
    up: Floats


def turn_at(track: Track, row: int) -> Turn:
    """The pose of one row as a turn."""
    return Turn(row, track.at_s(row), track.up(row, row + 1)[0])


@dataclass(frozen=True, slots=True, eq=False)
class Leap:
    """Rows as they are seen from a turn: how far (n,) the segment has gone from it by then, in
    which of these rows (n,) it was there, -1 where before them, and the chord (n,) back from there.
    """

    reach_deg: Floats
    far: Integers
    back: Floats
    most_back: float

    def stop(self, scale: float, target_deg: float) -> int:
        """The first row that is back by more than a scale or reaches a target, else the last."""
        stops = (self.back > scale) | (self.reach_deg >= target_deg)
        i = int(stops.argmax())
        return i if stops[i] else len(stops) - 1


class Leaps:
    """The leaps over a track's latest rows. Scales that stand at the same turn share them."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self._known: dict[tuple[int, int, int, int], Leap] = {}

    def leap(self, last: Turn, far: Turn, row: int, end: int) -> Leap:
        """The rows from `row` to before `end`, after the turn `last`; `far` is the farthest yet."""
        key = (last.row, far.row, row, end)
        if key not in self._known:
            self._known[key] = _leap(self.track.up(row, end), last.up, far.up)
        return self._known[key]


def _leap(up: Floats, last_up: Floats, far_up: Floats) -> Leap:
    away_deg, reach_deg = angles_deg(up, last_up), between_deg(far_up, last_up)
    reach, far = np.full(len(up), reach_deg), np.full(len(up), -1)
    far_ups = far_up
    if away_deg.max() >= reach_deg:
        reach = np.maximum.accumulate(np.maximum(away_deg, reach_deg))
        far = np.maximum.accumulate(np.where(away_deg >= reach, np.arange(len(up)), -1))
        far_ups = np.where((far >= 0)[:, None], up[far], far_up)
    back = lengths(up - far_ups)
    return Leap(reach, far, back, float(back.max()))


class Turns:
    """The turns that are larger than `scale_deg`, the latest last."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._scale_rad = np.radians(scale_deg)
        self.row = first.row
        self.last = self.far = first
        self.reach_deg = 0.0
        """How far the segment has gone from the last turn, up to `far`."""

    def step(self, leaps: Leaps, until: int, target_deg: float) -> Turn | None:
        """Leap to where a new turn is known or the reach comes to the target; some rows at most."""
        leap = leaps.leap(self.last, self.far, self.row, min(self.row + LEAP_ROWS, until))
        quiet = leap.most_back <= self._scale_rad and leap.reach_deg[-1] < target_deg
        i = len(leap.far) - 1 if quiet else leap.stop(self._scale_rad, target_deg)
        if leap.far[i] >= 0:
            self.far = turn_at(leaps.track, self.row + int(leap.far[i]))
        self.reach_deg = float(leap.reach_deg[i])
        self.row += i + 1
        return self._turned(leaps.track) if leap.back[i] > self._scale_rad else None

    def _turned(self, track: Track) -> Turn:
        self.last = self.far
        known = track.row_at(track.at_s(self.row - 1) - PERIOD_S)
        self.row = max(self.last.row + 1, known)
        self.reach_deg = 0.0
        return self.last
