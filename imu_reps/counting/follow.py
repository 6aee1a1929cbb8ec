"""The pattern that is believed, and its attempts: the search proposes, a rep cycle follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from imu_reps.counting.cycle import RepCycle
from imu_reps.counting.limits import FULL_PART, LONGEST_S, NEAR_PART, SHORTEST_S, WOBBLE_PART, part
from imu_reps.counting.outcome import Attempt, Phase
from imu_reps.counting.search import Pattern, PatternSearch
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import angles_deg


class Follower:
    """Poses in, attempts out; a pattern that explains them better begins a new cycle."""

    def __init__(self) -> None:
        self._search = PatternSearch()
        self.cycle: RepCycle | None = None
        self._told: list[Attempt] = []
        self.rested = 0
        """The last row of rest before the latest pattern."""
        self.trusted = False
        """Whether the cycle's attempts make a set: to be said by who judges them, one by one."""

    def update(self, track: Track) -> Iterator[Attempt | Pattern]:
        """The attempts that are over in the rows which the track has got, each pattern before its
        own; attempts of a pattern that another one follows at once may have been wrong.
        """
        for pattern in self._search.update(track):
            yield from self._follow(track, pattern.known)
            if self.cycle is None or self._is_other(pattern, self.cycle):
                self.rested = self.rested_before(pattern.known)
                yield self._begin(track, pattern)
        yield from self._follow(track, track.end)

    def rested_before(self, row: int) -> int:
        """The last row, of those before this one, at which the segment is known to have rested."""
        return row - 1 if self.cycle is None else self.cycle.rested_until

    def finish(self, track: Track) -> list[Attempt]:
        """The attempt that is under way when the data end."""
        last = self.cycle.finish(track) if self.cycle else None
        return [] if last is None else [last]

    def interrupt(self, track: Track, missing_s: float) -> None:
        """Data are missing: what was under way is not counted, the rest pose is still believed."""
        if missing_s < SHORTEST_S:
            return
        self._search.restart(track.end)
        if missing_s > LONGEST_S:
            self.cycle = None
        if self.cycle is not None:
            self.cycle.interrupt(track.end)

    def _begin(self, track: Track, pattern: Pattern) -> Pattern:
        """Follow this pattern; from after the last attempts, if they were it before a slip."""
        like = [a for a in self._told if part(a.peak_deg, pattern.range_deg) >= FULL_PART]
        if len(like) > 1 and like[-1].row > pattern.begin:
            row = like[-1].row
            pattern = replace(pattern, begin=row, begin_s=track.at_s(row))
        self.cycle, self.trusted, self._told = RepCycle(pattern), False, []
        return pattern

    def _follow(self, track: Track, until: int) -> Iterator[Attempt]:
        while self.cycle is not None and self.cycle.row < until:
            outcome = self.cycle.step(track, until)
            if isinstance(outcome, Attempt):
                self._told = [*self._told[-2:], outcome]
                yield outcome
            elif outcome is not None:
                self.cycle = None

    def _is_other(self, pattern: Pattern, cycle: RepCycle) -> bool:
        """Whether a pattern is another movement than the cycle's, seen from either end."""
        if not self.trusted and pattern.begin_s < cycle.begin_s - SHORTEST_S:
            return pattern.range_deg > FULL_PART * cycle.range_deg
        range_deg, plane = cycle.range_deg, cycle.plane
        ends = np.stack([pattern.rest_up, pattern.far_up])
        off_rest_deg = angles_deg(ends, plane.rest_up)
        off_far_deg = angles_deg(ends, plane.pose(range_deg))
        same_deg = max(off_rest_deg[0], off_far_deg[1])
        turned_deg = max(off_rest_deg[1], off_far_deg[0])
        if len(self._told) > 1 and turned_deg < min(same_deg, range_deg):
            return False
        busy = cycle.phase is not Phase.REST and pattern.range_deg < WOBBLE_PART * range_deg
        if (self.trusted or busy) and plane.holds(ends, range_deg, NEAR_PART * range_deg).all():
            # Turns on the way of an attempt are its wobble, in a set also its partials.
            return False
        near_deg = NEAR_PART * min(range_deg, pattern.range_deg)
        return bool(min(same_deg, turned_deg) > near_deg)
