"""From attempts to sets: what belongs together, what counts, and when a set is over."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.fit import Tempo
from imu_reps.counting.ground import Pattern
from imu_reps.counting.limits import (
    BREAK_S,
    FULL_PART,
    LEAVE_PART,
    NEAR_PART,
    SAME_TIME_PART,
    WANDER_PART,
    part,
)
from imu_reps.counting.measure import Measures
from imu_reps.counting.mount_check import SLIP_DEG, SWAY_TIMES, slipped
from imu_reps.counting.oddities import STRAY_DEG, oddities
from imu_reps.counting.seen import Seen, typical_deg
from imu_reps.motion.vectors import median

ODDITIES = 2
"""One thing may be odd in a rep; who does two things unlike the others does something else."""

OVER_TIMES = 2.0
"""Of what is typical: nobody goes twice as far in a rep as in the others."""

TEMPO_OF = 2
"""Full attempts that tell a set's tempo: one alone may be the odd one."""

KNOWN_OF = 3
"""Full attempts from which on a set's own ways are known."""

TYPICAL_OF = 5
"""Full attempts whose median is the typical range: fatigue moves it, one odd rep does not."""

BRIEF_S = 1.0
"""No rep is over in 1.2 s (domain), of which the ends below 10 % of the peak are a sixth."""

LINGER_TIMES = 2.5
"""Of the longest of the last reps: nobody takes so much longer for the next, who gets up does."""

LINGER_PART = 1.5
"""Of the longest rep so far: who has not come back by then, when the data end, will not."""


class SetGate:
    """Attempts in, events out, of the sets that are opened."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._movement = movement
        self._leg = leg
        self._mount = mount
        self._pattern: Pattern | None = None
        self._full: list[Seen] = []
        self._begun = False
        self._interrupted = False
        """Whether the last attempt was none of the set's: the next must begin and end as its do."""
        self._resumed = False
        """Whether the set goes on from another rest pose, which the next attempt will show."""
        self._sets = 0
        self._reps = 0
        self._partials = 0
        self._seen_s = -np.inf
        self._last_s = -np.inf
        self._told_s = -np.inf
        self._told: set[str] = set()
        self._told_ever: set[str] = set()

    @property
    def known_way(self) -> Floats | None:
        """The way (3,) that the reps of the set that goes on are known to go."""
        return self._full[-1].plane.way if self._begun and self._full else None

    @property
    def tempo(self) -> Tempo | None:
        """How the set that goes on is done as a rule, once there are two reps to tell it by."""
        if self._pattern is None or len(self._full) < TEMPO_OF:
            return None
        strokes = [seen.strokes for seen in self._full]
        return Tempo(
            median([s.out.lasts_s for s in strokes]),
            median([s.back.lasts_s for s in strokes]),
            median([s.far_deg for s in strokes]),
        )

    def open(self, pattern: Pattern) -> list[Event]:
        """A set begins; or goes on, where this is how the last one went until a moment ago."""
        if self._pattern is not None and self._is_same(pattern):
            self._pattern = pattern
            self._resumed, self._interrupted = True, False
            return []
        out = self._end()
        self._pattern, self._full, self._begun = pattern, [], False
        self._interrupted = self._resumed = False
        self._seen_s, self._reps, self._partials, self._told = np.inf, 0, 0, set()
        return out

    def _is_same(self, pattern: Pattern) -> bool:
        assert self._pattern is not None
        return (
            part(pattern.range_deg, self._typical_deg) >= FULL_PART
            and part(pattern.rep_s, self._pattern.rep_s) >= SAME_TIME_PART
        )

    def attempt(self, seen: Seen) -> list[Event]:
        """What an attempt says at the row at which it was over."""
        if seen.lasts_s < BRIEF_S or seen.far_s <= self._last_s:
            return []
        if not self._belongs(seen):
            is_large = self._pattern is not None and seen.peak_deg > FULL_PART * self._typical_deg
            self._interrupted = self._interrupted or is_large
            return []
        self._interrupted = self._resumed = False
        self._seen_s = seen.end_s
        return self._judge(seen)

    def _belongs(self, seen: Seen) -> bool:
        if self._pattern is None or seen.peak_deg > OVER_TIMES * self._typical_deg:
            return False
        if not self._full:
            return self._may_be_first(seen, self._pattern)
        if not seen.same_way(self._full[-1]) or not self._follows(seen):
            return False
        if self._lingers(seen) or self._is_sway(seen):
            return False
        if not seen.calm and not seen.like(self._full[-1]):
            return False
        return len(self._full) < KNOWN_OF or self._oddities(seen) < ODDITIES

    def _oddities(self, seen: Seen) -> int:
        """In how much it is unlike the last reps."""
        is_off = not self._is_elsewhere(seen) and seen.is_off(self._full)
        return sum(oddities(seen, self._full, seen.begin_s - self._last_s)) + is_off

    def _is_sway(self, seen: Seen) -> bool:
        """Whether a partial attempt goes hardly farther than the set's reps sway aside."""
        sway_deg = median([s.wander_deg for s in self._full])
        return seen.is_partial(self._typical_deg) and seen.peak_deg < SWAY_TIMES * sway_deg

    def _lingers(self, seen: Seen) -> bool:
        """Whether an attempt takes so long that it is somebody getting up, or never to end."""
        longest_s = max(s.lasts_s for s in self._full)
        if seen.cut:
            return seen.lasts_s > LINGER_PART * longest_s
        return len(self._full) >= KNOWN_OF and seen.lasts_s > LINGER_TIMES * longest_s

    def _follows(self, seen: Seen) -> bool:
        """Whether an attempt may come after what came before it: a slip, or something else."""
        if self._is_elsewhere(seen):
            return any(seen.resembles(s) for s in self._full)
        return not self._interrupted or seen.same_ends(self._full[-1])

    def _is_elsewhere(self, seen: Seen) -> bool:
        """Whether an attempt sets out from another rest pose than the one before."""
        return self._resumed or seen.moved_deg > NEAR_PART * self._typical_deg

    def _may_be_first(self, seen: Seen, pattern: Pattern) -> bool:
        """Whether this is the set's first rep, and not somebody getting into position."""
        return (
            seen.calm
            and seen.peak_deg >= FULL_PART * pattern.range_deg
            and part(seen.measures.lasts_s, pattern.rep_s) >= SAME_TIME_PART
            and seen.wander_deg < max(WANDER_PART * pattern.range_deg, STRAY_DEG)
        )

    def passed(self, time_s: float) -> list[Event]:
        """What the time says when nothing has been attempted until then."""
        return self._end() if time_s - self._seen_s > BREAK_S else []

    def once(self, warning: Warn) -> list[Event]:
        """A warning that a set hears only once."""
        if self._pattern is None or warning.code in self._told:
            return []
        self._told.add(warning.code)
        return [warning]

    def not_seen(self, warning: Warn) -> list[Event]:
        """A warning that the strap cannot see the movement: heard once, and never after a set that
        it has seen.
        """
        if self._sets or warning.code in self._told_ever:
            return []
        self._told_ever.add(warning.code)
        return [warning]

    def finish(self) -> list[Event]:
        """The data are over, and with them the set."""
        return self._end()

    @property
    def _typical_deg(self) -> float:
        if self._full:
            return typical_deg(self._full)
        assert self._pattern is not None
        return self._pattern.range_deg

    def _start(self, time_s: float) -> SetStart:
        return SetStart(self._sets, self._movement.name, self._leg, self._mount, time_s)

    def _judge(self, seen: Seen) -> list[Event]:
        if seen.peak_deg < LEAVE_PART * self._typical_deg:
            return []
        self._last_s = seen.end_s
        measures = seen.measures.after(self._told_s)
        self._told_s = measures.end_s
        out: list[Event] = [] if self._begun else self._begin(measures.start_s)
        slips = self.once(slipped(seen.moved_deg)) if seen.moved_deg > SLIP_DEG else []
        if seen.is_partial(self._typical_deg):
            self._partials += 1
            return [*out, self._partial(measures), *slips]
        self._reps += 1
        self._full = [*self._full, seen][-TYPICAL_OF:]
        return [*out, self._rep(measures), *slips]

    def _begin(self, time_s: float) -> list[Event]:
        self._begun = True
        self._sets += 1
        return [SetStart(self._sets, self._movement.name, self._leg, self._mount, time_s)]

    def _rep(self, measures: Measures) -> Rep:
        return Rep(
            set=self._sets,
            number=self._reps,
            movement=self._movement.name,
            leg=self._leg,
            mount=self._mount,
            **_by_name(measures),
        )

    def _partial(self, measures: Measures) -> Partial:
        return Partial(
            set=self._sets,
            movement=self._movement.name,
            leg=self._leg,
            mount=self._mount,
            reason="range",
            **_by_name(measures),
        )

    def _end(self) -> list[Event]:
        begun, self._begun, self._pattern = self._begun, False, None
        if not begun:
            return []
        return [SetEnd(self._sets, self._reps, self._partials, self._told_s)]


def _by_name(measures: Measures) -> dict[str, float]:
    """Its numbers by their names; `asdict` copies each of them, and takes ten times as long."""
    return {field.name: getattr(measures, field.name) for field in fields(measures)}
