"""From attempts to sets: what belongs together, what counts, and when a set is over."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import FULL_PART, LEAVE_DEG, LEAVE_PART
from imu_reps.counting.measure import Measures
from imu_reps.counting.mount_check import SEEN_DEG, SWAY_TIMES, unclear
from imu_reps.motion.vectors import between_deg

BREAK_S = 20.0
"""So long without an attempt, and the set is over: no rest between two reps takes longer."""

CLEAR_DEG = 12.0
"""From here on (domain: FAIR) `FEW` like attempts make a set, it takes `MANY` weaker ones."""

BRISK_S = 2.0
"""A rep takes 2.5 s and more (domain), of which the ends below 10 % are a fifth: it takes `MANY`
quicker ones, as two like ones may be somebody shuffling into position."""

FEW, MANY = 2, 3

TYPICAL_OF = 5
"""Full attempts whose median is the typical range: fatigue moves it, one odd rep does not."""

SAME_WAY_DEG = 40.0
"""Attempts of one movement go the same way, give or take; across or back is another movement."""

SAME_POSE_PART = 0.3
"""Of the range: like attempts share their rest pose or their far one so closely."""

SAME_TIME_PART = 0.4
"""Of the longer one: like attempts take about as long, a hold more or less."""

DOUBT_PART = 0.95
"""The typical range is known to about 5 % from five reps: in doubt an attempt counts."""

BRIEF_S = 1.0
"""No rep is over in 1.2 s (domain), of which the ends below 10 % of the peak are a sixth."""

LINGER_PART = 1.5
"""Of the longest rep so far: who has not come back by then, when the data end, will not."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """An attempt's plane and measures; the sway (RMS) at rest before it; whether it was calm, and
    whether the data ended it.
    """

    plane: Plane
    measures: Measures
    sway_deg: float
    calm: bool
    cut: bool

    @property
    def rom_deg(self) -> float:
        return self.measures.rom_deg

    @property
    def lasts_s(self) -> float:
        return self.measures.end_s - self.measures.start_s

    def same_way(self, other: Seen) -> bool:
        """Whether both went the same way in the sensor's frame."""
        assert self.plane.way is not None
        assert other.plane.way is not None
        return between_deg(self.plane.way, other.plane.way) < SAME_WAY_DEG

    def like(self, other: Seen) -> bool:
        """Whether both are the same movement, neither a partial one beside the other."""
        return (
            _part(self.rom_deg, other.rom_deg) >= FULL_PART
            and _part(self.lasts_s, other.lasts_s) >= SAME_TIME_PART
            and self.same_way(other)
            and self._apart_deg(other) < SAME_POSE_PART * max(self.rom_deg, other.rom_deg)
        )

    def _apart_deg(self, other: Seen) -> float:
        rest_deg = between_deg(self.plane.rest_up, other.plane.rest_up)
        far_up, other_far_up = self.plane.pose(self.rom_deg), other.plane.pose(other.rom_deg)
        return min(rest_deg, between_deg(far_up, other_far_up))


def _part(one: float, other: float) -> float:
    return min(one, other) / max(one, other)


class SetGate:
    """Attempts in, events out. A set begins when enough like attempts have been seen."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._movement = movement
        self._leg = leg
        self._mount = mount
        self._limit_deg = 1.5 * movement.view(mount).high_deg
        self._waiting: list[Seen] = []
        self._full: list[Seen] = []
        self._sets = 0
        self._reps = 0
        self._partials = 0
        self._told_unclear = False
        self._seen_s = -np.inf
        self._last_s = -np.inf

    def attempt(self, seen: Seen) -> list[Event]:
        """What an attempt says at the row at which it was over."""
        if seen.lasts_s < BRIEF_S or seen.rom_deg < LEAVE_DEG:
            return []
        if self._belongs(seen):
            self._seen_s = seen.measures.end_s
            self._waiting = []
            return self._judge(seen)
        self._waiting.append(seen)
        return self._begin()

    def _belongs(self, seen: Seen) -> bool:
        if not self._full or not seen.same_way(self._full[-1]):
            return False
        if seen.rom_deg * FULL_PART > self._typical_deg:
            return False
        if seen.cut and seen.lasts_s > LINGER_PART * max(s.lasts_s for s in self._full):
            return False
        return seen.calm or seen.like(self._full[-1])

    def passed(self, time_s: float) -> list[Event]:
        """What the time says when nothing has been attempted until then."""
        self._waiting = [s for s in self._waiting if time_s - s.measures.end_s < BREAK_S]
        return self._end() if time_s - self._seen_s > BREAK_S else []

    def finish(self) -> list[Event]:
        """The data are over, and with them the set."""
        return self._end()

    def _begin(self) -> list[Event]:
        last = self._waiting[-1]
        like = [s for s in self._waiting if s.calm and s.like(last)]
        range_deg = max((s.rom_deg for s in like), default=0.0)
        doubtful = range_deg < CLEAR_DEG or last.lasts_s < BRISK_S
        enough = MANY if doubtful else FEW
        if not last.calm or len(like) < enough or range_deg > self._limit_deg:
            return []
        sway_deg = min(max(s.sway_deg, s.measures.wobble_deg) for s in like)
        if range_deg < max(SEEN_DEG, SWAY_TIMES * sway_deg):
            return self._unclear(range_deg)
        return self._end() + self._open(like)

    def _unclear(self, range_deg: float) -> list[Event]:
        if self._told_unclear:
            return []
        self._told_unclear = True
        return [unclear(self._movement, self._mount, range_deg)]

    def _open(self, like: list[Seen]) -> list[Event]:
        last = like[-1]
        same = [s for s in self._waiting if s.same_way(last) and (s.calm or s.like(last))]
        # Small turns before the first full rep were getting into position.
        least_deg = FULL_PART * min(s.rom_deg for s in like)
        first = next(i for i, s in enumerate(same) if s.rom_deg >= least_deg)
        belong = same[first:]
        self._sets += 1
        self._reps = self._partials = 0
        self._full, self._waiting = like[-TYPICAL_OF:], []
        self._seen_s = like[-1].measures.end_s
        out: list[Event] = [self._start(belong[0].measures.start_s)]
        for seen in belong:
            out += self._judge(seen)
        return out

    @property
    def _typical_deg(self) -> float:
        return float(np.median([seen.rom_deg for seen in self._full]))

    def _start(self, time_s: float) -> SetStart:
        return SetStart(self._sets, self._movement.name, self._leg, self._mount, time_s)

    def _judge(self, seen: Seen) -> list[Event]:
        part = seen.rom_deg / self._typical_deg
        if part < LEAVE_PART:
            return []
        self._last_s = seen.measures.end_s
        if part < FULL_PART * DOUBT_PART:
            self._partials += 1
            return [self._partial(seen.measures)]
        self._reps += 1
        self._full = [*self._full, seen][-TYPICAL_OF:]
        return [self._rep(seen.measures)]

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
        return [SetEnd(self._sets, self._reps, self._partials, self._last_s)]
