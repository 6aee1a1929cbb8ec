"""Does somebody go to and fro between two poses? Nothing about either need be known before.

Strategy: the segment's turns are followed at several scales at once, as nobody can know beforehand
how large the reps and the sway will be. Three like strokes between the same two poses are worth a
closer look; it is taken when the third has gone most of its way.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property

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
from imu_reps.counting.track import LEAP_ROWS, Track
from imu_reps.counting.turns import Leaps, Turn, Turns, turn_at
from imu_reps.motion.vectors import Pose, angle_deg, chord, chord_of, farthest, middle


class Way:
    """Two poses `ends` (2, 3) between which somebody goes to and fro, seen at row `known`.

    `turns` are the last three turns, and how far it has gone from there until then. `first` is the
    row of the first of them.
    """

    def __init__(self, turns: tuple[Turn, Turn, Turn, Turn], known: int) -> None:
        self._turns = turns
        self.first, self.known = turns[0].row, known

    @cached_property
    def ends(self) -> Floats:
        """Each end is the mean of the two turns there."""
        one, two, three, four = (turn.up for turn in self._turns)
        return np.array([middle(one, three), middle(two, four)])


class Gone:
    """How far the segment has gone at the most, from stop to stop and on to where it is: chords.

    Who has gone less than some way has been nowhere farther away. So rows can wait that bring
    nothing: chunks are small where a sensor is live, and each look at them costs the same.
    """

    def __init__(self) -> None:
        self._until_stop = 0.0
        self._stop: Pose = (0.0, 0.0, 0.0)
        self.ahead = 0.0
        """How far it has gone at the farthest of the latest poses."""

    def on(self, up: Floats) -> None:
        """Take the latest poses (n, 3)."""
        self.ahead = self._until_stop + farthest(up, self._stop)

    def to(self, here: Pose) -> float:
        """How far it has gone when it makes its next stop here."""
        self._until_stop += chord(self._stop, here)
        self._stop = here
        return self._until_stop


class WaySearch:
    """Poses in, the ways that are gone to and fro out, in the order of their rows."""

    def __init__(self) -> None:
        self._scales: list[_Scale] = []
        self._row = 0
        self.gone = Gone()

    def update(self, track: Track) -> list[Way]:
        """What becomes known up to the end of the track."""
        begin, end = max(track.begin, self._row), track.end
        if end <= begin:
            return []
        if not self._scales:
            first = turn_at(track, begin)
            self._scales = [_Scale(scale_deg, first) for scale_deg in SCALES_DEG]
        self.gone.on(track.up(begin, end))
        self._row = end
        awake = [scale for scale in self._scales if scale.may_find(end, self.gone.ahead)]
        if not awake:
            return []
        leaps, here = Leaps(track), track.pose(end - 1)
        gone, found = self.gone.to(here), dict[tuple[int, int], Way]()
        for scale in awake:
            scale.skip(track, begin)
            found |= {(way.known, way.first): way for way in scale.update(leaps)}
            scale.sleep(here, gone)
        return [found[key] for key in sorted(found)]

    def restart(self, row: int) -> None:
        """Forget the turns so far: data are missing before this row."""
        self._scales, self._row = [], row


SURE_PART = 0.99
"""Of the way to where something may be found: the rest is for rounding."""


class _Scale:
    """The search at one scale."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._turns = Turns(scale_deg, first)
        self._recent = deque([first], maxlen=3)
        self._stroke_deg = 0.0
        self._target = np.inf
        self._until = 0.0

    def may_find(self, end: int, gone: float) -> bool:
        """Whether something may be found before row `end`, when so far has been gone by then."""
        return gone >= self._until or end - self._turns.row >= LEAP_ROWS

    def skip(self, track: Track, until: int) -> None:
        """Pass the rows up to before `until`, through which it has slept."""
        if self._turns.row < until:
            self._turns.skip(track, until)

    def sleep(self, here: Pose, gone: float) -> None:
        """Sleep from the pose `here` on, so far along, until something may be found."""
        self._until = gone + SURE_PART * self._turns.room(here, self._target)

    def update(self, leaps: Leaps) -> list[Way]:
        """What becomes known up to the end of the track."""
        found: list[Way] = []
        while self._turns.row < leaps.track.end:
            turn = self._turns.step(leaps, leaps.track.end, self._target)
            if turn is not None:
                self._turned(turn)
            elif self._turns.reach >= self._target:
                self._target = np.inf
                found += self._ways()
        return found

    def _turned(self, turn: Turn) -> None:
        """Take a new turn, and the chord that a third stroke must reach to be like the last two."""
        before_deg, self._stroke_deg = self._stroke_deg, _apart_deg(self._recent[-1], turn)
        self._recent.append(turn)
        self._target = np.inf
        if self._are_alike(before_deg):
            self._target = chord_of(REACHED_PART * self._stroke_deg)

    def _are_alike(self, before_deg: float) -> bool:
        """Whether the last two strokes, `before_deg` and the latest, go out and back."""
        if len(self._recent) < 3:
            return False
        one, _, three = self._recent
        small_deg, large_deg = sorted((before_deg, self._stroke_deg))
        return (
            small_deg >= max(LEAVE_DEG, FULL_PART * large_deg)
            and SHORTEST_S <= three.time_s - one.time_s <= PERIOD_S
            and _apart_deg(one, three) <= NEAR_PART * large_deg
        )

    def _ways(self) -> list[Way]:
        one, two, three = self._recent
        here = self._turns.far
        lasts_s = here.time_s - two.time_s
        if not SHORTEST_S <= lasts_s <= PERIOD_S:
            return []
        if _apart_deg(two, here) > NEAR_PART * self._stroke_deg:
            return []
        # The third turn may have become known only after this stroke had gone so far.
        return [Way((one, two, three, here), max(self._turns.row - 1, self._turns.known))]


def _apart_deg(one: Turn, other: Turn) -> float:
    return angle_deg(chord(one.up, other.up))
