"""From attempts to sets: what belongs together, what counts, and when a set is over."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from imu_reps.core.events import Event, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.earlier import Course, Courses
from imu_reps.counting.fit import Tempo
from imu_reps.counting.ground import Pattern
from imu_reps.counting.limits import BREAK_S, FULL_PART, LEAVE_PART, NEAR_PART, OVER_TIMES, part
from imu_reps.counting.mount_check import SLIP_DEG, slipped
from imu_reps.counting.reading import SIZE_SPREAD
from imu_reps.counting.register import Register
from imu_reps.counting.seen import Seen, typical_deg, unhurried
from imu_reps.counting.unlike import unlikeliness
from imu_reps.motion.strap import Slip
from imu_reps.motion.vectors import between_deg, median

UNLIKELY = 10.0
"""Natural logarithm: two traits are off by six times their spread, or all eight by 1.6 times.
Hardly any rep is, and most of what people do before and after a set.
"""

UNLIKELY_BEFORE, SETTLING_PART = 6.0, 0.25
"""The same of a partial attempt before the first rep, where it has to be fifty times likelier, and
the part of what is typical that it goes farther than: people settle before a set.
"""

FIRST_OF = 3
"""So many reps tell whether the first of them was one: of two it may be either that is odd."""

TEMPO_OF = 2
"""Full attempts that tell a set's tempo: one alone may be the odd one."""

ALIKE_OF = 5
"""The latest full attempts, which tell how the reps are alike: tempo and fatigue move on."""

KNOWN_OF = 3
"""Full attempts from which on a set's own way is known."""

TYPICAL_OF = 10
"""Full attempts whose median is the set's typical range: as many as most sets have."""


class SetGate:
    """Attempts in, events out, of the sets that are opened.

    An attempt that is unlike the set's reps waits. Where the next one is like them, both are told:
    people hesitate. Where none comes, it was somebody leaving. Early in a set one waits, too, that
    may be a partial: one rep more may tell. It is told in any case.
    """

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._register = Register(movement, leg, mount)
        self._pattern: Pattern | None = None
        self._full: list[Seen] = []
        """The last attempts that were told and not partial, `TYPICAL_OF` at most."""
        self._waiting: list[Seen] = []
        """The attempts since then: it is not known whether they are the set's, or which kind."""
        self._tried: list[Seen] = []
        """The attempts before the first rep, in position: some of them may be partial ones."""
        self._likely = 0
        """So many of them are the set's, whatever comes after them."""
        self._interrupted = False
        """Whether the last attempt was none of the set's: the next must begin and end as its do."""
        self._courses = Courses()
        self._seen_s = np.inf
        self._last_s = -np.inf
        self._slip: Slip | None = None
        self._said: set[str] = set()
        self._said_ever: set[str] = set()

    @property
    def courses(self) -> Courses:
        """How the reps of the set that goes on go, and how those of the last one went."""
        return replace(self._courses, known=self._course if self._register.begun else None)

    @property
    def _course(self) -> Course | None:
        return Course(self._full[-1].plane, self._typical_deg) if self._full else None

    def holds(self, seen: Seen) -> bool:
        """Whether this attempt is the set's, and waits for its kind to be known."""
        return self._likely > 0 and self._waiting[self._likely - 1] is seen

    @property
    def tempo(self) -> Tempo | None:
        """How the set that goes on is done as a rule, once there are two reps to tell it by."""
        if self._pattern is None or len(self._full) < TEMPO_OF:
            return None
        strokes = [seen.strokes for seen in self._full[-ALIKE_OF:]]
        return Tempo(
            median([s.out.lasts_s for s in strokes]),
            median([s.back.lasts_s for s in strokes]),
        )

    def open(self, pattern: Pattern) -> list[Event]:
        """A set begins; or goes on, where this is how the last one went until a moment ago."""
        if self._pattern is not None and self._is_same(pattern):
            # It goes on in another way: from elsewhere, or slower. Its reps tell of each other.
            out = [*self._likely_told(), *self._slips(pattern)]
            self._pattern, self._full = pattern, []
            self._interrupted = False
            return out
        out = self._end()
        self._pattern, self._full, self._seen_s, self._said = pattern, [], np.inf, set()
        self._interrupted = False
        return out

    def _slips(self, pattern: Pattern) -> list[Event]:
        """What is told where the set goes on from another rest pose."""
        if not self._full:
            return []
        moved_deg = between_deg(pattern.rest_up, self._full[-1].plane.rest_up)
        return self.once(slipped(moved_deg)) if moved_deg > SLIP_DEG else []

    def _is_same(self, pattern: Pattern) -> bool:
        return part(pattern.range_deg, self._typical_deg) >= FULL_PART

    def strap_slipped(self, slip: Slip) -> None:
        """The strap has slipped, which is taken out of the poses."""
        self._slip = slip

    def _moved_deg(self, seen: Seen) -> float:
        """How far it has slipped since the last attempt of the set that was told."""
        slip, since_s = self._slip, self._last_s if self._full else seen.begin_s
        # Where the rest pose is another one than before the set, that is no slip in it.
        moved_deg = seen.moved_deg if self._full else 0.0
        if slip is None or not since_s < slip.time_s <= seen.end_s:
            return moved_deg
        return max(moved_deg, slip.moved_deg)

    def tried(self, attempts: list[Seen]) -> None:
        """What was tried before the first rep of the set that is open."""
        self._tried = attempts

    def attempt(self, seen: Seen) -> list[Event]:
        """What an attempt says at the row at which it was over."""
        if seen.far_s <= self._last_s or self._pattern is None:
            return []
        if not self._may_belong(seen, self._pattern):
            self._interrupted |= seen.peak_deg > FULL_PART * self._typical_deg
            return []
        self._interrupted = False
        before_s = self._waiting[-1].end_s if self._waiting else self._last_s
        self._waiting.append(seen)
        if not self._full:
            return self._begun(self._pattern)
        if unlikeliness(seen, self._full[-ALIKE_OF:], seen.begin_s - before_s) > UNLIKELY:
            return []
        may_wait = not self._likely and self._is_doubtful(seen)
        self._likely, self._seen_s = len(self._waiting), seen.end_s
        return [] if may_wait else self._all_told()

    def _is_doubtful(self, seen: Seen) -> bool:
        """Whether one rep more may tell if this is a partial attempt."""
        if len(self._full) >= KNOWN_OF:
            return False
        return abs(math.log(seen.peak_deg / (FULL_PART * self._so_far_deg))) < SIZE_SPREAD

    @property
    def _so_far_deg(self) -> float:
        """The typical range as far as the attempts until now tell."""
        return typical_deg(self._full or [max(self._waiting, key=lambda one: one.peak_deg)])

    def _may_belong(self, seen: Seen, pattern: Pattern) -> bool:
        """Whether an attempt can be one of the set's at all."""
        if seen.peak_deg > OVER_TIMES * self._typical_deg:
            return False
        if self._full:
            last = self._full[-1]
            calm = (seen.calm or seen.like(last)) and not seen.is_hasty(last)
            return calm and seen.same_way(last) and self._follows(seen)
        # It takes a rep to begin a set: partial attempts before it are told with it.
        is_large = seen.peak_deg >= FULL_PART * pattern.range_deg
        return seen.calm and (is_large or len(self._waiting) > 0)

    def _follows(self, seen: Seen) -> bool:
        """Whether an attempt may come after what came before it: a slip, or something else."""
        if seen.moved_deg > NEAR_PART * self._typical_deg:
            return any(seen.resembles(s) for s in self._full)
        return not self._interrupted or seen.same_ends(self._full[-1])

    def _begun(self, pattern: Pattern) -> list[Event]:
        """The first attempts, once it is known whether the first of them is the set's."""
        self._seen_s = self._waiting[-1].end_s
        first, *others = alike = unhurried(self._waiting)
        self._waiting = alike if others else self._waiting
        others = [one for one in others if not one.is_partial(pattern.range_deg)]
        if not others:
            return []
        is_odd = unlikeliness(first, others, others[0].begin_s - first.end_s) > UNLIKELY
        are_few = len(others) < FIRST_OF - 1
        if are_few and (is_odd or any(map(self._is_doubtful, self._waiting))):
            return []
        if is_odd:
            self._waiting.remove(first)
        return self._all_told()

    def _all_told(self) -> list[Event]:
        """What is told of those that wait."""
        typical = self._full
        if len(typical) < KNOWN_OF:
            least_deg = FULL_PART * math.exp(SIZE_SPREAD) * self._so_far_deg
            typical = [*typical, *(one for one in self._waiting if one.peak_deg > least_deg)]
        usual_deg = typical_deg(typical)
        waiting, self._waiting, self._likely = self._waiting, [], 0
        self._seen_s = waiting[-1].end_s
        out = [
            event
            for seen in self._partials_before(waiting, usual_deg)
            for event in self._register.add(seen.measures, partial=True)
        ]
        return out + [event for seen in waiting for event in self._told(seen, usual_deg)]

    def _partials_before(self, waiting: list[Seen], usual_deg: float) -> list[Seen]:
        """The partial attempts, from the first on, with which a set began before those that wait.

        People settle before a set: what is no more like its reps than that is none of it.
        """
        tried, self._tried = self._tried, []
        reps = [seen for seen in waiting if not seen.is_partial(usual_deg)]
        begin_s, out = waiting[0].begin_s, list[Seen]()
        for seen in reversed(tried):
            pause_s = begin_s - seen.end_s
            if (
                self._last_s < seen.begin_s
                and seen.far_s < begin_s
                and pause_s < BREAK_S
                and seen.peak_deg > SETTLING_PART * usual_deg
                and seen.is_partial(usual_deg)
                and unlikeliness(seen, reps, pause_s) < UNLIKELY_BEFORE
            ):
                begin_s = seen.begin_s
                out.append(seen)
        return out[::-1]

    def _likely_told(self) -> list[Event]:
        """What is told of those that wait when no other comes; the rest of them is forgotten."""
        del self._waiting[self._likely :]
        return self._all_told() if self._waiting else []

    def _told(self, seen: Seen, usual_deg: float) -> list[Event]:
        if seen.peak_deg < LEAVE_PART * usual_deg:
            return []
        moved_deg, self._last_s = self._moved_deg(seen), seen.end_s
        is_partial = seen.is_partial(usual_deg)
        told = self._register.add(seen.measures, partial=is_partial)
        if told and not is_partial:
            self._full = [*self._full, seen][-TYPICAL_OF:]
        slips = self.once(slipped(moved_deg)) if told and moved_deg > SLIP_DEG else []
        return told + slips

    def passed(self, time_s: float) -> list[Event]:
        """What the time says when nothing has been attempted until then."""
        return self._end() if time_s - self._seen_s > BREAK_S else []

    def once(self, warning: Warn) -> list[Event]:
        """A warning that a set hears only once."""
        if self._pattern is None or warning.code in self._said:
            return []
        self._said.add(warning.code)
        return [warning]

    def not_seen(self, warning: Warn) -> list[Event]:
        """A warning that what goes to and fro is not counted: heard once, and never after a set,
        which shows that the strap sees the movement.
        """
        if self._register.sets or warning.code in self._said_ever:
            return []
        self._said_ever.add(warning.code)
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

    def _end(self) -> list[Event]:
        if not self._full and self._waiting and len(unhurried(self._waiting)) > 1:
            # Of two that are unlike each other nobody can tell which one is the rep.
            self._likely = len(self._waiting)
        out = self._likely_told()
        if len(self._full) >= KNOWN_OF:
            self._courses = Courses(usual=self._course)
        self._pattern, self._seen_s = None, np.inf
        return out + self._register.end()
