"""From attempts to sets: what belongs together, what counts, and when a set is over."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.counting.limits import BREAK_S, FULL_PART, LEAVE_DEG, LEAVE_PART
from imu_reps.counting.measure import Measures
from imu_reps.counting.mount_check import SEEN_DEG, SWAY_TIMES, unclear
from imu_reps.counting.seen import BRISK_S, Seen, is_steady

CLEAR_DEG = 12.0
"""From here on (domain: FAIR) `FEW` like attempts make a set, it takes `MANY` weaker ones."""

WOBBLE_TIMES = 3.0
"""Of the set's wobble: who gets up after a pause goes less straight than in a rep."""

FEW, MANY, PLENTY = 2, 3, 5

LIMIT_TIMES, SPREAD_TIMES = 1.5, 1.4
"""Of what the mount is known to see: beyond the first it is another movement, who sits or lies
down; within the second (the range of people's ranges) `FEW` attempts make a set, else `MANY`.
"""

TYPICAL_OF = 5
"""Full attempts whose median is the typical range: fatigue moves it, one odd rep does not."""

DOUBT_PART = 0.95
"""The typical range is known to about 5 % from five reps: in doubt an attempt counts."""

BRIEF_S = 1.0
"""No rep is over in 1.2 s (domain), of which the ends below 10 % of the peak are a sixth."""

LINGER_PART = 1.5
"""Of the longest rep so far: who has not come back by then, when the data end, will not."""


class SetGate:
    """Attempts in, events out. A set begins when enough like attempts have been seen."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._movement = movement
        self._leg = leg
        self._mount = mount
        view = movement.view(mount)
        self._limit_deg = LIMIT_TIMES * view.high_deg
        self._usual_deg = (view.low_deg / SPREAD_TIMES, SPREAD_TIMES * view.high_deg)
        if view.sight is Sight.UNKNOWN:
            self._usual_deg = (np.inf, np.inf)
        self._waiting: list[Seen] = []
        self._full: list[Seen] = []
        self._sets = 0
        self._reps = 0
        self._partials = 0
        self._told_unclear = False
        self._seen_s = -np.inf
        self._last_s = -np.inf
        self._told_s = -np.inf
        self._told: set[str] = set()

    @property
    def is_open(self) -> bool:
        """Whether a set goes on."""
        return bool(self._full)

    def attempt(self, seen: Seen) -> list[Event]:
        """What an attempt says at the row at which it was over."""
        if seen.lasts_s < BRIEF_S or seen.peak_deg < LEAVE_DEG or seen.far_s <= self._last_s:
            return []
        if self._belongs(seen):
            self._seen_s = seen.end_s
            self._waiting = []
            return self._judge(seen)
        self._waiting.append(seen)
        return self._begin()

    def _belongs(self, seen: Seen) -> bool:
        if not self._full or not seen.same_way(self._full[-1]):
            return False
        if seen.peak_deg * FULL_PART > self._typical_deg:
            return False
        if seen.cut and seen.lasts_s > LINGER_PART * max(s.lasts_s for s in self._full):
            return False
        if self._is_apart(seen, self._full, seen.begin_s - self._last_s):
            return False
        return seen.calm or seen.like(self._full[-1])

    def _is_apart(self, seen: Seen, others: list[Seen], pause_s: float) -> bool:
        """Whether after such a pause, or before it, an attempt is none of the others' set."""
        if pause_s < max(s.lasts_s for s in others):
            return False
        wobble_deg = float(np.median([s.measures.wobble_deg for s in others]))
        return seen.measures.wobble_deg > WOBBLE_TIMES * wobble_deg or not seen.like(others[-1])

    def passed(self, time_s: float) -> list[Event]:
        """What the time says when nothing has been attempted until then."""
        if self._waiting and time_s - self._waiting[-1].end_s > BREAK_S:
            self._waiting = []
        return self._end() if time_s - self._seen_s > BREAK_S else []

    def restart(self, time_s: float) -> None:
        """What waits from this time on was seen between the wrong poses and will be seen anew."""
        self._waiting = [s for s in self._waiting if s.end_s < time_s]

    def once(self, warning: Warn) -> list[Event]:
        """A warning that a set hears only once."""
        if warning.code in self._told:
            return []
        self._told.add(warning.code)
        return [warning]

    def finish(self) -> list[Event]:
        """The data are over, and with them the set."""
        return self._end()

    def _begin(self) -> list[Event]:
        last = self._waiting[-1]
        like = [s for s in self._waiting if s.calm and s.like(last)]
        if not like or like[-1] is not last:
            return []
        range_deg = max(s.peak_deg for s in like)
        enough = self._enough(like)
        if len(like) < enough or range_deg > self._limit_deg:
            return []
        sway_deg = min(max(s.sway_deg, s.measures.wobble_deg) for s in like)
        if np.median([s.peak_deg for s in like]) < max(SEEN_DEG, SWAY_TIMES * sway_deg):
            return self._unclear(range_deg)
        return self._end() + self._open(like)

    def _enough(self, like: list[Seen]) -> float:
        """How many like attempts make a set, the fewer the less doubt there is."""
        ranges_deg = [s.peak_deg for s in like]
        brisk = any(s.lasts_s < BRISK_S for s in like)
        small = np.median(ranges_deg) < CLEAR_DEG
        if brisk and small:
            return np.inf
        if any(s.wanders for s in like):
            return PLENTY
        usual = self._usual_deg[0] < min(ranges_deg) and max(ranges_deg) < self._usual_deg[1]
        return FEW if usual and not brisk and not small and is_steady(like) else MANY

    def _unclear(self, range_deg: float) -> list[Event]:
        if self._told_unclear:
            return []
        self._told_unclear = True
        return [unclear(self._movement, self._mount, range_deg)]

    def _open(self, like: list[Seen]) -> list[Event]:
        last = like[-1]
        same = [s for s in self._waiting if s.same_way(last) and (s.calm or s.like(last))]
        # What came before the first like one was getting into position.
        first = next(i for i, s in enumerate(same) if s.resembles(last))
        belong = same[first:]
        while len(belong) > FEW:
            odd, others = belong[0], belong[1:]
            if not self._is_apart(odd, others, others[0].begin_s - odd.end_s):
                break
            belong = others
        self._sets += 1
        self._reps = self._partials = 0
        self._told = set()
        self._full, self._waiting = like[-TYPICAL_OF:], []
        self._seen_s = like[-1].end_s
        out: list[Event] = [self._start(belong[0].measures.start_s)]
        for seen in belong:
            out += self._judge(seen)
        return out

    @property
    def _typical_deg(self) -> float:
        return float(np.median([seen.peak_deg for seen in self._full]))

    def _start(self, time_s: float) -> SetStart:
        return SetStart(self._sets, self._movement.name, self._leg, self._mount, time_s)

    def _judge(self, seen: Seen) -> list[Event]:
        part = seen.peak_deg / self._typical_deg
        if part < LEAVE_PART:
            return []
        self._last_s = seen.end_s
        measures = seen.measures.after(self._told_s)
        self._told_s = measures.end_s
        if part < FULL_PART * DOUBT_PART:
            self._partials += 1
            return [self._partial(measures)]
        self._reps += 1
        self._full = [*self._full, seen][-TYPICAL_OF:]
        return [self._rep(measures)]

    def _rep(self, measures: Measures) -> Rep:
        return Rep(
            set=self._sets,
            number=self._reps,
            movement=self._movement.name,
            leg=self._leg,
            mount=self._mount,
            **asdict(measures),
        )

    def _partial(self, measures: Measures) -> Partial:
        return Partial(
            set=self._sets,
            movement=self._movement.name,
            leg=self._leg,
            mount=self._mount,
            reason="range",
            **asdict(measures),
        )

    def _end(self) -> list[Event]:
        if not self._full:
            return []
        self._full = []
        return [SetEnd(self._sets, self._reps, self._partials, self._told_s)]
