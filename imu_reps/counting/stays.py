"""Where and for how long has been stayed along a way: at one end of it, at the other, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import BREAK_S, PLACE_PART, SHORTEST_S

LEVEL_S = 1.0
"""The last moments of a stay, which tell where it was left from."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A visit to one end of the way, 0 or 1, from row `begin` to before row `end` of its window.

    `reach` is the part of the way at which it was farthest in or out, `level` the one at which it
    was before it left.
    """

    place: int
    begin: int
    end: int
    begin_s: float
    end_s: float
    reach: float
    level: float
    idle_s: float
    """The longest time in it in which nobody went a part of the way and came back."""

    @property
    def lasts_s(self) -> float:
        return self.end_s - self.begin_s


def stays(time_s: Floats, part: Floats, least: int = 1) -> list[Stay]:
    """The stays at either end of the way, by the parts (n,) of it that the poses have gone.

    Who comes back to an end without having been at the other one has not left it. Where there are
    fewer than `least`, none of them is looked at.
    """
    is_far = part > 1.0 - PLACE_PART
    there = np.flatnonzero(is_far | (part < PLACE_PART))
    if not len(there):
        return []
    known = is_far[there]
    last = np.flatnonzero(known[1:] != known[:-1])
    if len(last) + 1 < least:
        return []
    firsts, lasts = there[[0, *(last + 1)]].tolist(), there[[*last, -1]].tolist()
    return [
        Stay(
            place=int(is_far[a]),
            begin=a,
            end=b + 1,
            begin_s=float(time_s[a]),
            end_s=float(time_s[b]),
            reach=float(part[a : b + 1].max() if is_far[a] else part[a : b + 1].min()),
            level=_level(time_s[a : b + 1], part[a : b + 1], is_far=bool(is_far[a])),
            idle_s=_idle_s(time_s, there, a, b),
        )
        for a, b in zip(firsts, lasts, strict=True)
    ]


def _idle_s(time_s: Floats, there: NDArray[np.intp], first: int, last: int) -> float:
    """The longest of the times in a stay from row `first` to row `last` in which one was `there`,
    the rows near an end. Shorter ones aside are sway: the shortest attempt is so long above 30 %.
    """
    lasts_s = float(time_s[last] - time_s[first])
    if lasts_s < BREAK_S:
        return lasts_s
    rows = there[there.searchsorted(first) : there.searchsorted(last) + 1]
    gaps = np.flatnonzero(np.diff(time_s[rows]) > SHORTEST_S / 2)
    begins, ends = rows[np.r_[0, gaps + 1]], rows[np.r_[gaps, len(rows) - 1]]
    return float((time_s[ends] - time_s[begins]).max())


def _level(time_s: Floats, part: Floats, *, is_far: bool) -> float:
    """Where a stay was just before it was left: the farthest in or out of its last moments."""
    last = part[time_s > time_s[-1] - LEVEL_S]
    return float(last.max() if is_far else last.min())


def rests(chain: Sequence[Stay], first: int) -> Sequence[Stay]:
    """The stays at rest of a set that began from stay `first`, or before the data (-1)."""
    return chain[first if first >= 0 else 1 :: 2]
