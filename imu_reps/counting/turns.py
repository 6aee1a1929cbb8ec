"""Where the segment turns round, whatever the pose it started from and whichever way it goes.

Seen from the last turn, the segment goes farther and farther away; when it has come back from the
farthest pose by more than the scale, that pose was the next turn. Sway smaller than the scale is
no turn, and a rest pose need not be known. How far poses are apart is told by their chord, which
grows with their angle and takes no arcsine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import PERIOD_S
from imu_reps.counting.track import LEAP_ROWS, Track
from imu_reps.motion.vectors import FEW_ROWS, Pose, chord, lengths

Integers = NDArray[np.int64]


class Turn(NamedTuple):
    """The pose `up` at which the segment turned; the row and time at which it was there."""

    row: int
    time_s: float
    up: Pose


def turn_at(track: Track, row: int) -> Turn:
    """The pose of one row as a turn."""
    return Turn(row, track.at_s(row), track.pose(row))


@dataclass(frozen=True, slots=True, eq=False)
class Leap:
    """Rows from `begin` on as they are seen from a turn: how far (n,) the segment has gone from it
    by then, in which of these rows (n,) it was there, -1 where before them, and how far (n,) it is
    back from there. All are chords.
    """

    begin: int
    reach: Floats
    far: Integers
    back: Floats
    most_reach: float
    most_back: float

    @property
    def end(self) -> int:
        return self.begin + len(self.back)

    def stop(self, row: int, scale: float, target: float) -> int:
        """The first row, from this one on, that is back by more than a scale or reaches a target,
        else the last.
        """
        first, stop = row - self.begin, len(self.back) - 1
        if self.most_back > scale:
            is_back = self.back[first:] > scale
            i = int(is_back.argmax())
            stop = first + i if is_back[i] else stop
        if self.most_reach >= target:
            stop = min(stop, max(first, int(self.reach.searchsorted(target))))
        return self.begin + stop


class Leaps:
    """The leaps over a track's latest rows. Scales that stand at the same turn share them."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self._known: dict[tuple[int, int, int, int], Leap] = {}
        self._turns: dict[int, Turn] = {}

    def leap(self, last: Turn, far: Turn, row: int, end: int) -> Leap:
        """The rows from `row` to before `end`, after the turn `last`; `far` is the farthest yet."""
        key = (last.row, far.row, row, end)
        if key not in self._known:
            self._known[key] = _leap(row, self.track.up(row, end), last.up, far.up)
        return self._known[key]

    def turn(self, row: int) -> Turn:
        """The pose of one row as a turn."""
        if row not in self._turns:
            self._turns[row] = turn_at(self.track, row)
        return self._turns[row]


def _leap(begin: int, up: Floats, last_up: Pose, far_up: Pose) -> Leap:
    away, least = lengths(up - last_up), chord(far_up, last_up)
    if away.max() < least:
        back = lengths(up - far_up)
        far = np.full(len(up), -1)
        return Leap(begin, np.full(len(up), least), far, back, least, float(back.max()))
    reach = np.maximum.accumulate(np.maximum(away, least))
    farther = away >= reach
    far = np.maximum.accumulate(np.where(farther, np.arange(len(up)), -1))
    far_ups = up.T.take(far, axis=1).T
    far_ups[: farther.argmax()] = far_up
    back = lengths(up - far_ups)
    return Leap(begin, reach, far, back, float(reach[-1]), float(back.max()))


class Turns:
    """The turns that are larger than `scale_deg`, the latest last."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._scale = math.radians(scale_deg)
        self.row = first.row
        self.known = first.row
        """The row at which the last turn became known."""
        self.last = self.far = first
        self.reach = 0.0
        """How far the segment has gone from the last turn, up to `far`: a chord."""
        self._leap: Leap | None = None

    def step(self, leaps: Leaps, until: int, target: float) -> Turn | None:
        """Go to where a new turn is known or the reach comes to the target; some rows at most."""
        end = min(self.row + LEAP_ROWS, until)
        if self._leap is None or self.row >= self._leap.end:
            is_few = end - self.row <= FEW_ROWS
            self._leap = None if is_few else leaps.leap(self.last, self.far, self.row, end)
        if self._leap is None:
            back = self._walk(leaps.track, end, target)
        else:
            back = self._jump(leaps, self._leap, target)
        return self._turned(leaps.track) if back > self._scale else None

    def _jump(self, leaps: Leaps, leap: Leap, target: float) -> float:
        """Go there in one leap; how far it is back there."""
        stop = leap.stop(self.row, self._scale, target)
        i = stop - leap.begin
        if leap.far[i] >= 0:
            self.far = leaps.turn(leap.begin + int(leap.far[i]))
        self.reach = float(leap.reach[i])
        self.row = stop + 1
        return float(leap.back[i])

    def _walk(self, track: Track, end: int, target: float) -> float:
        """Go there row by row, as few rows come from a sensor that is live; how far it is back."""
        far, far_up, back = self.far.row, self.far.up, 0.0
        for here in track.up(self.row, end).tolist():
            away = chord(here, self.last.up)
            if away >= self.reach:
                self.reach, far, far_up = away, self.row, here
            back = chord(here, far_up)
            self.row += 1
            if back > self._scale or self.reach >= target:
                break
        if far != self.far.row:
            self.far = Turn(far, track.at_s(far), far_up)
        return back

    def skip(self, track: Track, until: int) -> None:
        """Pass the rows up to before `until`, in which there is no turn and no reaching."""
        away = lengths(track.up(self.row, until) - self.last.up)
        farthest = len(away) - 1 - int(away[::-1].argmax())
        if away[farthest] >= self.reach:
            self.reach = float(away[farthest])
            self.far = turn_at(track, self.row + farthest)
        self.row = until

    def room(self, here: Pose, target: float) -> float:
        """How far one may go from the pose `here` of the last row, and there is no turn in it
        and no reaching of the target.
        """
        reach, back = max(self.reach, chord(here, self.last.up)), chord(here, self.far.up)
        # A turn is known once it is back by a scale from the farthest pose. That pose may be
        # ahead itself: half a scale on to it and half a scale back is the shortest way to a turn.
        return min(self._scale / 2, self._scale - back, target - reach)

    def _turned(self, track: Track) -> Turn:
        self.last, self._leap, self.known = self.far, None, self.row - 1
        oldest = track.row_at(track.at_s(self.known) - PERIOD_S)
        self.row = max(self.last.row + 1, oldest)
        self.reach = 0.0
        return self.last
