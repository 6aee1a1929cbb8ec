"""The poses of the last minute and a half, by a row number that never changes."""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.poses import Poses

LEAP_ROWS = 256
"""Rows looked at in one leap: five seconds, so that a long chunk is not searched over and over."""

KEPT_S = 90.0
"""Longer than any attempt, and than the first attempts that wait for a second one."""


class Track:
    """Rows of poses, numbered from 0 at the first ever; the oldest are forgotten in time.

    `time_s` and `shake_ms2` are (n,), `up` and `mean_up` (n, 3), `spread_deg` (n,); `rows(a, b)`
    is the slice that holds the rows from number `a` to before number `b`.
    """

    def __init__(self) -> None:
        self._first = 0
        self._count = 0
        self._room = np.empty((1024, 9))

    @property
    def end(self) -> int:
        """The number that the next row will have."""
        return self._first + self._count

    @property
    def begin(self) -> int:
        """The number of the oldest row that is still known."""
        return self._first

    def append(self, poses: Poses) -> None:
        """Add rows at the end; forget those older than `KEPT_S` when room is short."""
        new = len(poses)
        if self._count + new > len(self._room):
            self._make_room(new, float(poses.time_s[0]) - KEPT_S)
        rows = self._room[self._count : self._count + new]
        rows[:, 0], rows[:, 1:4], rows[:, 4:7] = poses.time_s, poses.up, poses.mean_up
        rows[:, 7], rows[:, 8] = poses.spread_deg, poses.shake_ms2
        self._count += new

    def _make_room(self, new: int, oldest_s: float) -> None:
        known = self._room[: self._count]
        known = known[np.searchsorted(known[:, 0], oldest_s) :].copy()
        self._first += self._count - len(known)
        self._count = len(known)
        self._room = np.empty((max(1024, 2 * (len(known) + new)), 9))
        self._room[: len(known)] = known

    def _rows(self, start: int, end: int) -> Floats:
        return self._room[max(0, start - self._first) : max(0, min(end, self.end) - self._first)]

    def time_s(self, start: int, end: int) -> Floats:
        return self._rows(start, end)[:, 0]

    def up(self, start: int, end: int) -> Floats:
        return self._rows(start, end)[:, 1:4]

    def mean_up(self, start: int, end: int) -> Floats:
        return self._rows(start, end)[:, 4:7]

    def spread_deg(self, start: int, end: int) -> Floats:
        return self._rows(start, end)[:, 7]

    def shake_ms2(self, start: int, end: int) -> Floats:
        return self._rows(start, end)[:, 8]

    def at_s(self, row: int) -> float:
        """The time of one row."""
        return float(self._room[row - self._first, 0])

    def row_at(self, time_s: float) -> int:
        """The first row known that is not before this time; the end where there is none."""
        return self._first + int(np.searchsorted(self._room[: self._count, 0], time_s))
