"""The poses of a window, seen along a way: what its stays look like, and where a set's rest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane, wander_deg
from imu_reps.counting.gates import is_calm, is_still, still, sway_deg
from imu_reps.counting.limits import (
    HOME_PART,
    LEAVE_DEG,
    LONGEST_S,
    PLACE_PART,
    REST_MEAN_S,
    REST_S,
)
from imu_reps.counting.mount_check import SLIP_DEG
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.stays import Stay, rests
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import angles_deg, between_deg, median, median_direction

HUMP_PART = 0.5
"""Of the way: who has gone so far has tried a rep, and is not settling."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Where the reps of a set go from and to: poses (3,), and the row of the rest before them.

    From row `settled` on somebody was in position, from row `left` on in the first rep.
    """

    begin: int
    begin_s: float
    rest_up: Floats
    far_up: Floats
    settled: int
    left: int
    strokes_s: float = 0.0
    """How long strokes out and back take together, as far as that is known."""
    doubt_s: float = 0.0
    """How long more reps are waited for that may tell otherwise."""
    before: tuple[Attempt, ...] = ()
    """Reps that were over before the strap slipped, and the rest pose with it."""
    home_up: Floats | None = None
    """Where its reps came back to (3,), which may be nearer to the far end than the first rest."""

    @property
    def range_deg(self) -> float:
        return between_deg(self.rest_up, self.far_up)


@dataclass(frozen=True, slots=True)
class Span:
    """One rep as the chain of stays shows it: from the last row at rest to the first one back."""

    left: int
    row: int
    lasts_s: float


class Ground:
    """The poses from row `start`, seen along the way between two poses `ends` (2, 3).

    `rest` is the end, 0 or 1, that is known to be rest, or None.
    """

    def __init__(self, track: Track, ends: Floats, start: int, rest: int | None) -> None:
        self._track, self._ends, self._rest, self.start = track, ends, rest, start
        self._plane = Plane(ends[0]).towards(ends[1])
        self._size_deg = between_deg(ends[0], ends[1])
        self._wobbles_deg: dict[tuple[int, int], float] = {}

    def may_begin(self, rest: Stay) -> bool:
        """Whether somebody was in position at a stay, still for a moment."""
        begin, end = self.start + rest.begin, self.start + rest.end
        known = self._rest in (None, rest.place)
        return known and (begin == 0 or is_still(self._track, begin, end, self._size_deg))

    def may_be_rep(self, rest: Stay, again: Stay) -> bool:
        """Whether between these two was gone out and back as in a rep."""
        left, row = self.start + rest.end - 1, self.start + again.begin
        return is_calm(self._track, left, row, self._size_deg)

    def _settled(self, stay: Stay, first: int) -> int:
        """The row, `first` or later, from which on somebody was in position at a stay.

        Where somebody stood before getting into position is no rest, near as it may be.
        """
        end = self.start + stay.end
        off = self._off(first, end, stay.place)
        # The last row stays: over a gap even that may lie beyond.
        beyond = np.flatnonzero(off[:-1] < -HUMP_PART)
        first += int(beyond[-1]) + 1 if len(beyond) else 0
        off = off[first - end :]
        rests = (np.abs(off) < PLACE_PART) & still(self._track, first, end, self._size_deg)
        return first + int(np.argmax(rests))

    def _begin(self, stay: Stay) -> int:
        """The row from which a cycle sees the rest at a stay's end, and a small first rep in it."""
        first = max(self.start + stay.begin, self._track.row_at(stay.end_s - LONGEST_S))
        settled = self._settled(stay, first)
        humps = np.flatnonzero(self._off(settled, self.start + stay.end, stay.place) > HUMP_PART)
        end_s = self._track.at_s(settled + int(humps[0])) if len(humps) else stay.end_s
        return max(settled, self._track.row_at(end_s - REST_MEAN_S))

    def _off(self, first: int, end: int, place: int) -> Floats:
        """How far (n,) these rows' poses are from an end, as parts of the way to the other."""
        part = self._plane.excursion_deg(self._track.up(first, end)) / self._size_deg
        return 1.0 - part if place else part

    def _pose(self, stay: Stay) -> Floats:
        """The pose (3,) in which a stay ends, without turns that were too small for a rep."""
        end = self.start + stay.end
        begin = max(self.start + stay.begin, self._track.row_at(stay.end_s - REST_MEAN_S))
        near = np.abs(self._off(begin, end, stay.place)) < PLACE_PART
        near[-1] = True
        rests = near & still(self._track, begin, end, self._size_deg)
        up = self._track.up(begin, end)
        return median_direction(up[rests if rests.any() else near])

    def _has_rested(self, stay: Stay) -> bool:
        """Whether somebody was still before leaving a stay, and did not only turn round there, as
        who gets into position does. Nobody begins a set so. Right after the data begin, nobody can
        tell.
        """
        if self._track.begin == 0 and stay.begin_s - self._track.at_s(0) < REST_MEAN_S:
            return True
        end, first = self.start + stay.end, self._track.row_at(stay.end_s - REST_MEAN_S)
        up = self._track.up(first, end)
        there_up = median_direction(up[max(0, self.start + stay.begin - first) :])
        near = angles_deg(up, there_up) < max(LEAVE_DEG, HOME_PART * self._size_deg)
        steps_s = np.diff(self._track.time_s(first, end), append=stay.end_s)
        return bool(steps_s[near].sum() >= REST_S)

    def sway_deg(self, at_rest: Sequence[Stay]) -> float:
        """The sway (RMS) in a set with these rests: before its reps, and aside of their way."""
        before = [sway_deg(self._track, self.start + rest.end - 1) for rest in at_rest[:-1]]
        return max(min(before), median([self.wobble_deg(*pair) for pair in pairwise(at_rest)]))

    def wobble_deg(self, rest: Stay, again: Stay) -> float:
        """How far aside was gone between these two, RMS."""
        left, row = self.start + rest.end - 1, self.start + again.begin
        if (left, row) not in self._wobbles_deg:
            across_deg = self._plane.across_deg(self._track.up(left, row + 1))
            self._wobbles_deg[left, row] = wander_deg(across_deg)
        return self._wobbles_deg[left, row]

    def pattern(self, chain: Sequence[Stay], first: int, reps: list[Span]) -> Pattern:
        """The set that fills a chain from stay `first` on, -1 where it began before the data."""
        if first < 0:
            far = chain[0].place
            begin_s = self._track.at_s(self.start)
            rest_up, far_up = self._ends[1 - far], self._ends[far]
            return Pattern(self.start, begin_s, rest_up, far_up, self.start, self.start)
        place = chain[first].place
        rest_up, far_up = self._ends[place], self._ends[1 - place]
        at_rest = rests(chain, first)
        poses = [self._pose(stay) for stay in at_rest]
        near_deg = max(PLACE_PART * self._size_deg, SLIP_DEG)
        off = [i for i, up in enumerate(poses[:-1]) if between_deg(up, rest_up) > near_deg]
        now = off[-1] + 1 if off else 0
        begin = self._begin(at_rest[now])
        if between_deg(poses[now], rest_up) <= near_deg:
            rest_up = poses[now]
        whole = {rep.left: rep for rep in reps}
        before = tuple(
            self._rep(whole[left], [poses[i], poses[i + 1]], far_up)
            for i in range(now)
            if (left := self.start + at_rest[i].end - 1) in whole
            and (i > 0 or self._has_rested(at_rest[0]))
        )
        settled = self._settled(at_rest[now], self.start + at_rest[now].begin)
        left = self.start + at_rest[now].end
        begin_s = self._track.at_s(begin)
        home_up = median_direction(np.array(poses[now + 1 :])) if poses[now + 1 :] else None
        return Pattern(
            begin, begin_s, rest_up, far_up, settled, left, before=before, home_up=home_up
        )

    def _rep(self, rep: Span, rest_ups: list[Floats], far_up: Floats) -> Attempt:
        """A rep between two rest poses, seen from the one from which it is as large as the way."""
        rest_up = min(rest_ups, key=lambda up: abs(between_deg(up, far_up) - self._size_deg))
        up = self._track.up(rep.left, rep.row + 1)
        away_deg = angles_deg(up, rest_up)
        there = Plane(rest_up).towards(far_up).excursion_deg(up) > 0
        far = int(np.argmax(np.where(there, away_deg, 0.0)))
        plane, peak_deg = Plane(rest_up).towards(up[far]), float(away_deg[far])
        return Attempt(rep.left, rep.left, rep.left + far, rep.row, plane, peak_deg)
