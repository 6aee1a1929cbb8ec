"""Left against right: metrics, intervals and verdicts, all pure functions of events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from imu_reps.balance.compare import (
    FORMULA,
    LEAST_REPS,
    Row,
    compare,
    difference_percent,
    withheld,
)
from imu_reps.balance.metrics import COUNT_TELLS, METRICS, Metric
from imu_reps.core.events import Event, Partial, Rep, SetEnd
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg, Mount

__all__ = ["Balance", "balance"]

Side = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Balance:
    """Both legs' numbers, and how they compare; `as_dict()` is what `summary --json` prints."""

    movement: str
    left: Side
    right: Side
    rows: tuple[Row, ...]
    formula: str = FORMULA

    def as_dict(self) -> dict[str, object]:
        return {
            "movement": self.movement,
            "formula": self.formula,
            "left": self.left,
            "right": self.right,
            "balance": [row.as_dict() for row in self.rows],
        }


def balance(movement: str, events: Iterable[Event]) -> Balance:
    """The balance of all sets of one movement in these events."""
    seen = list(events)
    left, right = _Leg(Leg.LEFT, seen), _Leg(Leg.RIGHT, seen)
    rows = [_reps_row(left, right)]
    mounts = left.mounts | right.mounts
    for metric in METRICS:
        lefts, rights = left.values(metric), right.values(metric)
        if metric.of_mount and len(mounts) > 1:
            where = " and ".join(sorted(mounts))
            rows.append(withheld(metric.name, lefts, rights, f"straps on the {where}"))
        else:
            rows.append(compare(metric.name, lefts, rights, metric.tells))
    return Balance(movement, left.side(), right.side(), tuple(rows))


def _reps_row(left: _Leg, right: _Leg) -> Row:
    """All reps of each leg; only several sets of each tell how much their number varies."""
    row = compare("reps", left.counts, right.counts, COUNT_TELLS)
    totals = float(len(left.reps)), float(len(right.reps))
    difference = difference_percent(*totals) if min(totals) > 0 else None
    if len(left.counts) == len(right.counts) >= LEAST_REPS:
        return replace(row, left=totals[0], right=totals[1], difference_percent=difference)
    reason = f"counts need {LEAST_REPS} sets of each leg"
    return Row("reps", *totals, difference, None, "not_enough_data", reason)


class _Leg:
    """What one leg did."""

    def __init__(self, leg: Leg, events: list[Event]) -> None:
        self.reps = [e for e in events if isinstance(e, Rep) and e.leg is leg]
        self._partials = [e for e in events if isinstance(e, Partial) and e.leg is leg]
        self._sets = _sets_of(leg, events)
        self.mounts: set[Mount] = {rep.mount for rep in self.reps}
        self.counts: Floats = np.array([end.reps for end in self._sets], dtype=float)

    def values(self, metric: Metric) -> Floats:
        """The metric's value (n,) of each rep."""
        return np.array([metric.of(rep) for rep in self.reps])

    def side(self) -> Side:
        """The leg's own numbers: counts, and means over its reps."""
        counts: Side = {
            "sets": len(self._sets),
            "reps": len(self.reps),
            "partials": len(self._partials),
        }
        return counts | {
            metric.name: round(float(self.values(metric).mean()), 4) if self.reps else None
            for metric in METRICS
        }


def _sets_of(leg: Leg, events: list[Event]) -> list[SetEnd]:
    """The ends of this leg's sets; an end follows the reps of its set."""
    ends: list[SetEnd] = []
    at_work: Leg | None = None
    for event in events:
        if isinstance(event, Rep):
            at_work = event.leg
        elif isinstance(event, SetEnd) and at_work is leg:
            ends.append(event)
    return ends
