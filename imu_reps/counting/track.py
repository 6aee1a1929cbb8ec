"""The poses of the last two minutes, by a row number that never changes."""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import BREAK_S, LOOK_BACK_S
from imu_reps.motion.poses import Poses, told_by
from imu_reps.motion.vectors import Pose

LEAP_ROWS = 256
"""Rows looked at in one leap: five seconds, so that a long chunk is not searched over and over."""

KEPT_S = LOOK_BACK_S + BREAK_S + 10.0
"""A set that is in doubt for as long as a break may have begun so far back; and some more, as poses
come in chunks, and are looked at from a second before an attempt on.
"""

ROWS = 8
"""Numbers that are kept of a pose: its time, its direction, how steady it is, how it is lifted."""


class Track:
    """Rows of poses, numbered from 0 at the first ever; the oldest are forgotten in time.

    `up` is (n, 3), what else is told of rows is (n,), from row number `start` to before number
    `end`.
    """

    def __init__(self) -> None:
        self._first = 0
        self._count = 0
        # A row's numbers stand below each other: x, y and z of many rows lie side by side.
        self._room = np.empty((ROWS, 1024))
        self._unasked: list[Poses] = []
        """The latest poses, of which nobody has asked yet how steady they are."""
        self._asked = 0

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
        if self._count + new > self._room.shape[1]:
            self._make_room(new, float(poses.time_s[0]) - KEPT_S)
        rows = self._room[:4, self._count : self._count + new]
        rows[0], rows[1:] = poses.time_s, poses.up.T
        self._unasked.append(poses)
        self._count += new
        if self._count - self._asked >= LEAP_ROWS:
            self._ask()

    def _ask(self) -> None:
        """Put down how steady the latest poses are."""
        for steadiness, theirs in told_by(self._unasked):
            end = self._asked + theirs.stop - theirs.start
            rows = self._room[4:, self._asked : end]
            known = steadiness.known
            rows[0], rows[1] = known.spread_deg[theirs], known.shake_ms2[theirs]
            rows[2], rows[3] = known.felt_deg[theirs], known.lift_ms2[theirs]
            self._asked = end
        self._unasked = []

    def _make_room(self, new: int, oldest_s: float) -> None:
        self._ask()
        known = self._room[:, : self._count]
        known = known[:, known[0].searchsorted(oldest_s) :].copy()
        kept = known.shape[1]
        self._first += self._count - kept
        self._count = self._asked = kept
        self._room = np.empty((ROWS, max(1024, 2 * (kept + new))))
        self._room[:, :kept] = known

    def _rows(self, start: int, end: int) -> Floats:
        first, last = start - self._first, min(end - self._first, self._count)
        return self._room[:, max(0, first) : max(0, last)]

    def time_s(self, start: int, end: int) -> Floats:
        time_s: Floats = self._rows(start, end)[0]
        return time_s

    def up(self, start: int, end: int) -> Floats:
        up: Floats = self._rows(start, end)[1:4].T
        return up

    def spread_deg(self, start: int, end: int) -> Floats:
        self._ask()
        spread_deg: Floats = self._rows(start, end)[4]
        return spread_deg

    def shake_ms2(self, start: int, end: int) -> Floats:
        self._ask()
        shake_ms2: Floats = self._rows(start, end)[5]
        return shake_ms2

    def felt_deg(self, start: int, end: int) -> Floats:
        self._ask()
        felt_deg: Floats = self._rows(start, end)[6]
        return felt_deg

    def lift_ms2(self, start: int, end: int) -> Floats:
        self._ask()
        lift_ms2: Floats = self._rows(start, end)[7]
        return lift_ms2

    def at_s(self, row: int) -> float:
        """The time of one row."""
        return float(self._room[0, row - self._first])

    def pose(self, row: int) -> Pose:
        """The pose of one row."""
        x, y, z = self._room[1:4, row - self._first].tolist()
        return x, y, z

    def row_at(self, time_s: float) -> int:
        """The first row known that is not before this time; the end where there is none."""
        return self._first + int(self._room[0, : self._count].searchsorted(time_s))
