"""What has been done along a way so far: did a set begin there, from which end, with which reps?

Strategy: the segment has been at one end of the way, at the other, and so on. Somewhere in this
chain a set may have begun, and the end it began from is rest. What belongs to the set is regular:
strokes out take as long as each other, and so do strokes back, holds and pauses. What came before,
walking up, lying down, settling, is not. Each stay from which the set may have begun is weighed by
how much of what follows it explains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from imu_reps.core.movement import Tempo
from imu_reps.counting.limits import BREAK_S, LONGEST_S
from imu_reps.counting.stays import Stay, rests
from imu_reps.motion.vectors import median

STROKE_SPREAD, SIZE_SPREAD, HOLD_SPREAD, PAUSE_SPREAD = 0.25, 0.15, 0.35, 0.6
"""Standard deviations of the logarithms within a set: strokes and ranges are alike, holds less,
pauses least.
"""

LEVEL_SPREAD, LEVEL_BROAD = 0.2, 1.0
"""How far from each other, as parts of the way, rests are, and the density of those that are none:
near an end as they are, they lie within half of the way or so.
"""

WOBBLE_SPREAD, WOBBLE_DEG = 0.5, 1.5
"""Of the logarithm, and the least that is told apart: reps go one way as straight as another."""

ODD_PART = 0.05
"""Of a set's strokes and stays, so many are like no other: a hesitation, a partial, a breath."""

ODD_FIRST_PART = 0.005
"""Of first holds: a long stay before the rest is rather one's settling, at rest, before a set."""

BROAD = 0.25
"""The density of the logarithm of a time or a size of which nothing is known: from 0.3 to 20."""

TEMPO_SPREAD, TEMPO_ANYHOW = 0.4, 0.05
"""Of the logarithm of out over back, around the one that the movement asks for, and the part of
people who go as they like: many push a bridge up slowly and let it down quickly. Whoever was seen
to settle began from there, then; of data that begin in a stay the tempo alone tells what it was.
"""

USUAL_WEIGHT = 4.0
"""Natural logarithm: fifty times likelier a set goes the way that the last one did than against it,
as the strap is where it was, and of sets hardly more than one in fifty is read from its far end.
"""

STAY_S, STAY_TIMES, STAY_SPREAD, LONG_PART = 2.0, 1.5, 0.35, 0.02
"""One stays at an end for 2 s or less as a rule (domain: holds of 0 to 2 s; pauses hardly longer),
and for the slow parts of the strokes beside it, 1.5 times as long as what is between the ends (2.1
in minimum jerk, 1.4 in a cosine). Then the spread of the logarithm to longer stays, and the part of
sets that have any. Who sits down sits, and then stands, for longer: two such reps are no set.
"""

MIDDLE_PART = 0.23
"""Of a stroke's time, it is between the ends for so long: minimum jerk (a cosine: 0.26)."""

HELD_S, HELD_SPREAD, HELD_ANYHOW = 1.0, 0.3, 0.15
"""Holds differ in parts of themselves and of a second: around what the movement asks for in the
tempo of the strokes, the spread of the logarithm, and the part of people who hold as they like.
"""

SHORT_S = 0.75
"""What is above 30 % of its peak for less than this is shorter than 1.2 s, the shortest rep."""

LATEST = 3
"""So many reps tell how quickly it goes now: who trains after some steps does not walk any more."""

LEAST_S = 0.1
"""A shorter stay is a turn: a hold of nothing is as like one of 0.1 s."""


class Ground(Protocol):
    """What the poses say of a chain, beside its times and sizes."""

    def may_begin(self, rest: Stay) -> bool:
        """Whether somebody was in position at a stay, still for a moment."""

    def may_be_rep(self, rest: Stay, again: Stay) -> bool:
        """Whether between these two was gone out and back as in a rep."""

    def wobble_deg(self, rest: Stay, again: Stay) -> float:
        """How far to the side was gone between these two, RMS."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A set in a chain of stays: it began from stay number `first`, or before the data (-1), and
    `weight` tells how much likelier the chain is with it than without (natural logarithm), and
    `lead` than with any set from the other end. `brevity`, 0 at most, is how much less likely it is
    for holds or pauses that are longer than in most sets; `period_s` is the time from rep to rep at
    its quickest of late, without end where nobody knows it, `strokes_s` the time that a way out and
    back takes as a rule, without the hold, and `size` how far the reps go, in parts of the way.
    """

    first: int
    weight: float
    brevity: float
    lead: float
    period_s: float
    strokes_s: float
    size: float


def read(  # noqa: PLR0913
    chain: Sequence[Stay],
    tempo: Tempo | None,
    ground: Ground,
    *,
    moving: bool,
    settled: bool = False,
    lead: float = 0.0,
) -> Reading | None:
    """The likeliest set in a chain that it reaches to the end of; None where there is none.

    `moving`: the data begin in a movement, so that a set may have begun before them; `settled`:
    they begin well before the chain does, or wait in its first stay; `lead`: how
    much likelier end 0 is rest than end 1 by what else is known (natural logarithm).
    """
    found: dict[int, list[tuple[float, int]]] = {0: [], 1: []}
    broken, anyhow = [False, False], TEMPO_ANYHOW if settled else 0.0
    for first in range(len(chain) - 3, -2 if moving else -1, -1):
        place = chain[first % 2].place
        triple = chain[max(first, 0) : max(first, 0) + 3]
        if first >= 0 and not _is_possible(triple[0], triple[2], ground):
            broken[place] = True
        if broken[place] or (first >= 0 and not ground.may_begin(chain[first])):
            continue
        found[place].append((_weight(chain, first, tempo, ground, anyhow, moving=moving), first))
    best = [max(readings, default=(-math.inf, 0)) for readings in found.values()]
    lead += best[0][0] - best[1][0]
    place = int(lead < 0.0)
    weight, first = best[place]
    if weight == -math.inf:
        return None
    times = _times(chain, first, moving=moving)
    return Reading(
        first,
        weight,
        _brevity(times),
        abs(lead),
        _period_s(chain, first),
        times.strokes_s,
        median(_sizes(chain, first)),
    )


def _sizes(chain: Sequence[Stay], first: int) -> list[float]:
    """How far from rest the far ends are, in parts of the way."""
    rest = median([stay.reach for stay in chain[first + 2 :: 2]])
    return [abs(stay.reach - rest) for stay in chain[first + 1 :: 2]]


def _period_s(chain: Sequence[Stay], first: int) -> float:
    """From rep to rep, at the quickest of the latest; without end where there are not two yet."""
    left_s = [rest.end_s for rest in rests(chain[:-1], first)][-LATEST - 1 :]
    return min((after - before for before, after in pairwise(left_s)), default=math.inf)


def _is_possible(rest: Stay, again: Stay, ground: Ground) -> bool:
    """Whether there may have been one rep between these two stays at one end."""
    lasts_s = again.begin_s - rest.end_s
    return (
        SHORT_S <= lasts_s <= LONGEST_S
        and again.idle_s < BREAK_S
        and ground.may_be_rep(rest, again)
    )


class _Times(NamedTuple):
    """How long strokes and stays of a set last, in seconds, as far as a chain shows them."""

    outs_s: list[float]
    backs_s: list[float]
    holds_s: list[float]
    pauses_s: list[float]

    @property
    def between_s(self) -> float:
        """How long both strokes are between the ends, as a rule; one where that alone is known."""
        return sum(median(some) for some in (self.outs_s, self.backs_s) if some)

    @property
    def strokes_s(self) -> float:
        """How long they take from end to end."""
        return self.between_s / MIDDLE_PART


def _times(chain: Sequence[Stay], first: int, *, moving: bool) -> _Times:
    """The times of a set that begins from stay `first` of a chain, or before the data (-1).

    Of data that begin `moving` the first stay is one as the others, at rest or at the far end.
    """
    out = first if first >= 0 else first + 2
    pause = first if moving and first == 0 else first + 2
    strokes_s = [after.begin_s - before.end_s for before, after in pairwise(chain)]
    stays_s = [max(stay.lasts_s, LEAST_S) for stay in chain[:-1]]
    return _Times(
        strokes_s[out::2],
        strokes_s[first + 1 :: 2],
        stays_s[first + 1 :: 2],
        stays_s[pause::2],
    )


def _weight(  # noqa: PLR0913
    chain: Sequence[Stay],
    first: int,
    tempo: Tempo | None,
    ground: Ground,
    anyhow: float,
    *,
    moving: bool,
) -> float:
    """How much of the chain is explained by a set that begins from its stay `first`, where such a
    part of people goes in any tempo.
    """
    times = _times(chain, first, moving=moving)
    levels = [stay.level for stay in rests(chain, first)[:-1]]
    wobbles = [max(ground.wobble_deg(*pair), WOBBLE_DEG) for pair in pairwise(rests(chain, first))]
    weight = (
        _regular(times.outs_s, STROKE_SPREAD)
        + _regular(times.backs_s, STROKE_SPREAD)
        + _regular(_sizes(chain, first), SIZE_SPREAD)
        + _regular(np.exp(levels).tolist(), LEVEL_SPREAD, LEVEL_BROAD)
        + _regular(wobbles, WOBBLE_SPREAD)
        + _regular(times.holds_s, HOLD_SPREAD, odd_first=ODD_FIRST_PART)
        + _regular(times.pauses_s, PAUSE_SPREAD)
    )
    if tempo is None or not times.outs_s or not times.backs_s:
        return weight
    asked = math.log(tempo.out_s / tempo.back_s)
    off = (math.log(median(times.outs_s) / median(times.backs_s)) - asked) / TEMPO_SPREAD
    return weight + _or_anyhow(off, anyhow) + _held(times, tempo)


def _held(times: _Times, tempo: Tempo) -> float:
    """How likely the holds of a set are as long as the movement asks for (log, 0 at most)."""
    asked_s = tempo.hold_s * times.strokes_s / (tempo.out_s + tempo.back_s)
    held_s = max(median(times.holds_s) - STAY_TIMES * times.between_s, 0.0)
    off = math.log((HELD_S + held_s) / (HELD_S + asked_s)) / HELD_SPREAD
    return _or_anyhow(off, HELD_ANYHOW)


def _or_anyhow(off: float, anyhow: float) -> float:
    """How likely (log, 0 at most) something is off by so many standard deviations, where so large a
    part of people do as they like.
    """
    if not anyhow:
        return -0.5 * off * off
    return math.log((1.0 - anyhow) * math.exp(-0.5 * off * off) + anyhow)


def _brevity(times: _Times) -> float:
    """How likely holds and pauses of a set are as long as these, beside usual ones (log of it)."""
    usual_s = STAY_S + STAY_TIMES * times.between_s
    return sum(_brief(some, usual_s) for some in (times.holds_s, times.pauses_s) if some)


def _brief(stays_s: Sequence[float], usual_s: float) -> float:
    """The same of stays at one end."""
    off = max(math.log(median(stays_s) / usual_s), 0.0) / STAY_SPREAD
    return math.log((1.0 - LONG_PART) * math.exp(-0.5 * off * off) + LONG_PART)


def _regular(
    values: Sequence[float], spread: float, broad: float = BROAD, odd_first: float = ODD_PART
) -> float:
    """How much likelier these are as one kind of thing than each for itself (log of the ratio)."""
    if not values:
        return 0.0
    logs = [math.log(max(value, 1e-3)) for value in values]
    middle, top = median(logs), 1.0 / (spread * math.sqrt(2 * math.pi))
    weight = -math.log(top / broad)
    for log, odd in zip(logs, [odd_first, *[ODD_PART] * (len(logs) - 1)], strict=True):
        off = (log - middle) / spread
        mixed = (1 - odd) * top * math.exp(-0.5 * off * off) + odd * broad
        weight += math.log(mixed / broad)
    return weight
