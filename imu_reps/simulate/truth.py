"""The truth of a simulated recording: the fixed definitions, applied to motion without sway."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.core.truth import TrueRep
from imu_reps.simulate.motion import INNER_RATE_HZ

EDGE_PART = 0.1
FULL_PART, LEAST_PART = 0.6, 0.2


def true_reps(amount: Floats, turn_deg: float) -> tuple[TrueRep, ...]:
    """The attempts in amounts (n,) of a segment that turns by `turn_deg` at amount 1.

    `amount` is nan outside of sets; within one it goes from rest to rest.
    """
    found: list[TrueRep] = []
    for begin, end in _sets(amount):
        attempts = [_attempt(amount, *span) for span in _spans(amount, begin, end)]
        largest = max(reach for reach, *_ in attempts)
        full = [reach for reach, *_ in attempts if reach >= FULL_PART * largest]
        typical = float(np.median(full))
        found += [
            TrueRep(
                kind="rep" if reach >= FULL_PART * typical else "partial",
                start_s=round(start_s, 4),
                end_s=round(end_s, 4),
                hold_s=round(hold_s, 4),
                rom_deg=round(reach * abs(turn_deg), 3),
            )
            for reach, start_s, end_s, hold_s in attempts
            if reach >= LEAST_PART * typical
        ]
    return tuple(found)


def _sets(amount: Floats) -> Iterator[tuple[int, int]]:
    known = np.concatenate([[False], ~np.isnan(amount), [False]])
    edges = np.flatnonzero(known[1:] != known[:-1])
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _spans(amount: Floats, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """From valley to valley: where it had been falling and next rises."""
    steps = np.diff(amount[begin:end])
    moving = np.flatnonzero(np.abs(steps) > 1e-12)
    rising = steps[moving] > 0
    valleys = moving[1:][rising[1:] & ~rising[:-1]]
    bounds = [begin, *(begin + valleys).tolist(), end]
    yield from pairwise(bounds)


def _attempt(amount: Floats, begin: int, end: int) -> tuple[float, float, float, float]:
    """Reach (a part of the range), start, end and hold in seconds."""
    x = amount[begin:end]
    reach = float(x.max())
    out = np.flatnonzero(x >= EDGE_PART * reach)
    speed = np.gradient(x)
    fastest_back = int(np.argmin(speed))
    going_out = np.flatnonzero(speed[:fastest_back] > EDGE_PART * speed.max())
    going_back = np.flatnonzero(speed < EDGE_PART * speed.min())
    hold_begin = int(going_out[-1]) + 1
    hold_end = int(going_back[going_back > hold_begin][0])
    at_s = [float(begin + row) / INNER_RATE_HZ for row in (out[0], out[-1], hold_begin, hold_end)]
    return reach, at_s[0], at_s[1], at_s[3] - at_s[2]
