"""Is somebody doing reps, and between which two poses? Nothing about either need be known before.

Strategy: the segment's turns are followed at several scales at once, as nobody can know beforehand
how large the reps and the sway will be. Three like strokes between the same two poses are a
pattern: it is known before the second rep is over. Which of its two poses is rest the time before
tells: the one that was dwelt in first.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import (
    ASIDE_DEG,
    ASIDE_PART,
    FULL_PART,
    LEAVE_DEG,
    LONGEST_S,
    NEAR_PART,
    PERIOD_S,
    PLACE_PART,
    REACHED_PART,
    REST_MEAN_S,
    REST_S,
    SCALES_DEG,
    SETTLED_TIMES,
    SHORTEST_S,
)
from imu_reps.counting.track import Track
from imu_reps.counting.turns import Leaps, Turn, Turns, turn_at
from imu_reps.motion.vectors import between_deg, mean_direction, unit

Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Where reps seem to go from and to: poses (3,), and the row of the rest before the first.

    It was known at `known` and not before; `first` is the row of its first turn.
    """

    known: int
    first: int
    begin: int
    begin_s: float
    rest_up: Floats
    far_up: Floats

    @property
    def range_deg(self) -> float:
        return between_deg(self.rest_up, self.far_up)


@dataclass(frozen=True, slots=True)
class _Stay:
    """A visit to one end of the way, from row `begin` to before row `end`."""

    place: int
    begin: int
    end: int
    lasts_s: float


class PatternSearch:
    """Poses in, the patterns that become known out, in the order of their rows."""

    def __init__(self) -> None:
        self._scales: list[_Scale] = []
        self._row = 0

    def update(self, track: Track) -> list[Pattern]:
        """The patterns that become known up to the end of the track."""
        if not self._scales and track.end > track.begin:
            self._begin(track)
        leaps = Leaps(track)
        found = [pattern for scale in self._scales for pattern in scale.update(leaps)]
        return sorted(found, key=lambda pattern: pattern.known)

    def restart(self, row: int) -> None:
        """Forget the turns so far: data are missing before this row."""
        self._scales, self._row = [], row

    def _begin(self, track: Track) -> None:
        first = turn_at(track, max(track.begin, self._row))
        self._scales = [_Scale(scale_deg, first) for scale_deg in SCALES_DEG]


class _Scale:
    """The search at one scale."""

    def __init__(self, scale_deg: float, first: Turn) -> None:
        self._turns = Turns(scale_deg, first)
        self._recent = deque([first], maxlen=3)
        self._target_deg = np.inf

    def update(self, leaps: Leaps) -> list[Pattern]:
        track, found = leaps.track, list[Pattern]()
        while self._turns.row < track.end:
            turn = self._turns.step(leaps, track.end, self._target_deg)
            if turn is not None:
                self._recent.append(turn)
                self._target_deg = self._next_target_deg()
            elif self._turns.reach_deg >= self._target_deg:
                self._target_deg = np.inf
                found += self._patterns(track)
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

    def _patterns(self, track: Track) -> list[Pattern]:
        one, two, three = self._recent
        here = self._turns.far
        size_deg = between_deg(two.up, three.up)
        lasts_s = here.time_s - two.time_s
        apart_deg = between_deg(two.up, here.up)
        if apart_deg > NEAR_PART * size_deg or not SHORTEST_S <= lasts_s <= PERIOD_S:
            return []
        ends = unit(np.stack([one.up + three.up, two.up + here.up]))
        return [_pattern(track, one.row, self._turns.row - 1, ends)]


def _pattern(track: Track, first: int, known: int, ends: Floats) -> Pattern:
    """The pattern between two poses `ends` (2, 3), by what came before the row `first`."""
    start = track.row_at(track.at_s(first) - LONGEST_S)
    size_deg = between_deg(ends[0], ends[1])
    plane = Plane(ends[0]).towards(ends[1])
    slack_deg = max(ASIDE_PART * size_deg, ASIDE_DEG)
    outside = ~plane.holds(track.up(start, first + 1), size_deg, slack_deg)
    start += int(np.flatnonzero(outside)[-1]) + 1 if outside.any() else 0
    time_s, up = track.time_s(start, known + 1), track.up(start, known + 1)
    part = plane.excursion_deg(up) / size_deg
    stays = _stays(time_s, part)
    rest = _settled(stays)
    if rest is None and start == 0 and not _is_resting(time_s, stays[0]):
        # The data begin on the way to an end: they came from the other one.
        end = next((stay.place for stay in stays if stay.lasts_s >= REST_S), stays[0].place)
        return Pattern(known, first, start, track.at_s(start), ends[1 - end], ends[end])
    rest = rest or next((stay for stay in stays if stay.lasts_s >= REST_S), stays[0])
    begin = max(rest.begin, int(np.searchsorted(time_s, time_s[rest.end - 1] - REST_MEAN_S)))
    rest_up = mean_direction(up[begin : rest.end])
    if between_deg(rest_up, ends[rest.place]) > PLACE_PART * size_deg:
        rest_up = ends[rest.place]
    return Pattern(known, first, start + begin, float(time_s[begin]), rest_up, ends[1 - rest.place])


def _stays(time_s: Floats, part: Floats) -> list[_Stay]:
    """The stays at either end of the way, by the parts (n,) of it that the poses have gone.

    Who comes back to an end without having been at the other one has not left it.
    """
    place = np.where(part < PLACE_PART, 0, np.where(part > 1.0 - PLACE_PART, 1, -1))
    there = np.flatnonzero(place >= 0)
    last = np.flatnonzero(np.diff(place[there])) if len(there) else there
    firsts, lasts = there[[0, *(last + 1)]], there[[*last, -1]]
    return [
        _Stay(int(place[a]), int(a), int(b) + 1, float(time_s[b] - time_s[a]))
        for a, b in zip(firsts, lasts, strict=True)
    ]


def _is_resting(time_s: Floats, stay: _Stay) -> bool:
    """Whether the data begin with a stay, sway aside, and not with a movement."""
    return time_s[stay.begin] - time_s[0] < REST_S / 2 and stay.lasts_s >= REST_S


def _settled(stays: list[_Stay]) -> _Stay | None:
    """The stay before the first rep, by the last one that is much longer than the next at its end.

    Between reps one rests about as long each time, and holds as long: None if all are alike. What
    was as regular before that one were reps too, before a partial or a pause.
    """
    longer = [_is_longer(*pair) for pair in zip(stays, stays[2:-1], strict=False)]
    if not any(longer):
        return None
    last = len(longer) - 1 - longer[::-1].index(True)
    while last >= 2 and not longer[last - 1]:
        last -= 2
    return stays[last]


def _is_longer(stay: _Stay, again: _Stay) -> bool:
    return stay.lasts_s > SETTLED_TIMES * again.lasts_s + REST_S
