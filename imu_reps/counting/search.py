"""Which pose is rest? Every pose in which the segment dwells may be; the one it returns to is.

Each candidate has a rep cycle of its own. Coming back to an older one shows that the younger were
only far ends; two like attempts from a younger one show that the older ones were left for good.
"""

from __future__ import annotations

from dataclasses import replace

from imu_reps.counting.cycle import RepCycle
from imu_reps.counting.limits import FULL_PART, HOME_PART, LEAVE_DEG, LONGEST_S, SHORTEST_S
from imu_reps.counting.outcome import Attempt, Dwell, Outcome
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import between_deg

MOST = 6
"""Candidates at a time: a person does not try more poses than this in twenty seconds."""


class RestSearch:
    """A family of cycles, eldest first. Poses in, the attempts of the one that is right out."""

    def __init__(self) -> None:
        self._family: list[_Candidate] = []
        self._told_until = -1

    @property
    def cycle(self) -> RepCycle | None:
        """The cycle that is believed, None before the first pose."""
        return self._family[0].cycle if self._family else None

    def update(self, track: Track) -> list[Attempt]:
        """The attempts that are known to be over in the rows which the track has got."""
        if not self._family and track.end > track.begin:
            self._born(track, track.begin, [])
        told: list[Attempt] = []
        while (first := self._first_to_tell(track)) is not None:
            outcome, first.outcome = first.outcome, None
            assert outcome is not None
            told += self._take(track, first, outcome)
        return told

    def finish(self, track: Track) -> list[Attempt]:
        """The attempt that is under way when the data end, and those that waited for a second."""
        told: list[Attempt] = []
        for candidate in self._family:
            last = candidate.cycle.finish(track)
            attempts = candidate.attempts + ([] if last is None else [last])
            if candidate is self._family[0] or any(not a.cut for a in candidate.attempts):
                told = attempts
        return self._news(told)

    def interrupt(self, track: Track, missing_s: float) -> None:
        """Data are missing: what was under way is not counted, the rest pose is still believed."""
        if missing_s < SHORTEST_S:
            return
        if missing_s > LONGEST_S:
            del self._family[1:]
        for candidate in self._family:
            candidate.cycle.interrupt(track.end)
            if missing_s > LONGEST_S:
                candidate.before, candidate.attempts = [], []

    def _born(self, track: Track, row: int, before: list[Attempt]) -> None:
        if len(self._family) == MOST:
            # The one that has explained the least; of these the oldest.
            self._family.remove(min(self._family, key=lambda c: len(c.before) + len(c.attempts)))
        self._family.append(_Candidate(RepCycle(track.mean_up(row, row + 1)[0], row), before))

    def _first_to_tell(self, track: Track) -> _Candidate | None:
        for candidate in self._family:
            candidate.advance(track)
        telling = [candidate for candidate in self._family if candidate.outcome is not None]
        return min(telling, key=lambda c: c.outcome.row if c.outcome else 0, default=None)

    def _take(self, track: Track, teller: _Candidate, outcome: Outcome) -> list[Attempt]:
        if isinstance(outcome, Attempt):
            return self._returned(teller, outcome)
        if isinstance(outcome, Dwell):
            self._dwelt(track, teller, outcome)
            return []
        return self._lost(track, teller, outcome.row)

    def _dwelt(self, track: Track, teller: _Candidate, dwell: Dwell) -> None:
        here_up = track.mean_up(dwell.row, dwell.row + 1)[0]
        near_deg = max(LEAVE_DEG, HOME_PART * between_deg(here_up, teller.anchor_up))
        if all(between_deg(here_up, c.anchor_up) > near_deg for c in self._family):
            self._born(track, dwell.row, _moved(track, dwell))

    def _returned(self, teller: _Candidate, attempt: Attempt) -> list[Attempt]:
        place = self._family.index(teller)
        teller.attempts.append(attempt)
        teller.last_deg = attempt.peak_deg
        if place and not self._proven(teller):
            return []
        del self._family[place + 1 :]
        return self._believe(place)

    def _proven(self, younger: _Candidate) -> bool:
        last = younger.attempts[-1].peak_deg
        others = [a.peak_deg for a in younger.before + younger.attempts[:-1]]
        if self._family[0].proven:
            others.append(self._family[0].last_deg)
        return any(min(last, deg) >= FULL_PART * max(last, deg) for deg in others)

    def _believe(self, place: int) -> list[Attempt]:
        del self._family[:place]
        first = self._family[0]
        first.proven = first.proven or place > 0
        told, first.before, first.attempts = first.before + first.attempts, [], []
        return self._news(told)

    def _news(self, attempts: list[Attempt]) -> list[Attempt]:
        """Those that no other candidate has told of before."""
        news = [attempt for attempt in attempts if attempt.far > self._told_until]
        if news:
            self._told_until = news[-1].row
        return news

    def _lost(self, track: Track, teller: _Candidate, row: int) -> list[Attempt]:
        if teller is self._family[-1]:
            teller.cycle.settle(track.mean_up(row - 1, row)[0], row)
            return []
        self._family.remove(teller)
        return self._believe(0)


def _moved(track: Track, dwell: Dwell) -> list[Attempt]:
    """The attempt that came back to this pose instead of the one it had left, if there was one."""
    if dwell.attempt is None:
        return []
    far_up = track.up(dwell.attempt.far, dwell.attempt.far + 1)[0]
    rest_up = track.mean_up(dwell.row, dwell.row + 1)[0]
    return [replace(dwell.attempt, peak_deg=between_deg(far_up, rest_up))]


class _Candidate:
    """One cycle, what it has to tell next, and the attempts that it has not been believed yet."""

    def __init__(self, cycle: RepCycle, before: list[Attempt]) -> None:
        self.cycle = cycle
        self.anchor_up = cycle.plane.rest_up
        self.last_deg = 0.0
        self.proven = False
        self.before = before
        self.outcome: Outcome | None = None
        self.attempts: list[Attempt] = []

    def advance(self, track: Track) -> None:
        while self.outcome is None and self.cycle.row < track.end:
            self.outcome = self.cycle.step(track)
