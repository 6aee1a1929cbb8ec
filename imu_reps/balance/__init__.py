"""Left against right: metrics, intervals and verdicts, all pure functions of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from imu_reps.balance.metrics import COUNT_TELLS, METRICS
from imu_reps.balance.poses import SAME_POSE_DEG, apart_deg
from imu_reps.balance.sets import DoneSet, Side, leg_numbers, reps, sets_of, values_of
from imu_reps.core.events import Event
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg, Mount

__all__ = ["Balance", "Side", "Terms", "balance"]

ROWS = len(METRICS) + 1
"""So many verdicts are told side by side: the metrics and the number of reps."""

_OTHER_LEG = {Mount.FREE_THIGH: Mount.THIGH, Mount.FREE_ANKLE: Mount.ANKLE}


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """On what terms the legs are compared.

    `hold_target_s` is the hold to reach (0: none), `involved` the leg that somebody has named as
    injured, `rest_ups` the rest pose (3,) of every set as the sensor saw it, where it is known.
    """

    hold_target_s: float = 0.0
    involved: Leg | None = None
    rest_ups: Sequence[Floats] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Both legs' numbers, and how they compare; `as_dict()` is what `summary --json` prints."""

    movement: str
    left: Side
    right: Side
    rows: tuple[Row, ...]
    formula: str = FORMULA
    involved: Leg | None = None

    @property
    def sides(self) -> dict[Leg, Side]:
        """Each leg's numbers."""
        return {Leg.LEFT: self.left, Leg.RIGHT: self.right}

    @property
    def has_reps(self) -> bool:
        """Whether any rep was counted."""
        return any(side["reps"] for side in self.sides.values())

    @property
    def has_both(self) -> bool:
        """Whether reps were counted with each leg: else there is nothing to compare."""
        return all(side["reps"] for side in self.sides.values())

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = {
            "movement": self.movement,
            "formula": self.formula,
            "left": self.left,
            "right": self.right,
            "balance": [row.as_dict() for row in self.rows],
        }
        return told if self.involved is None else told | {"involved": self.involved.value}


def balance(movement: str, events: Iterable[Event], terms: Terms | None = None) -> Balance:
    """The balance of all sets of one movement in these events."""
    terms = terms or Terms()
    sets = sets_of(events)
    left, right = ([one for one in sets if one.leg is leg] for leg in Leg)
    other_setup = _other_setup(sets, terms.rest_ups)
    rows = [_reps_row(left, right)]
    for metric in METRICS:
        lefts, rights = values_of(left, metric), values_of(right, metric)
        if metric.of_setup and other_setup and len(lefts) and len(rights):
            rows.append(withheld(metric.name, lefts, rights, other_setup))
        elif any(reps(some) and not len(seen) for some, seen in ((left, lefts), (right, rights))):
            rows.append(withheld(metric.name, lefts, rights, "a leg has no rep seen to its end"))
        else:
            rows.append(compare(metric.name, lefts, rights, metric.tells, ROWS))
    return Balance(
        movement,
        leg_numbers(left, terms.hold_target_s),
        leg_numbers(right, terms.hold_target_s),
        tuple(_with_lsi(row, terms.involved) for row in rows),
        involved=terms.involved,
    )


def _other_setup(sets: Sequence[DoneSet], rest_ups: Sequence[Floats]) -> str | None:
    """Why ranges and speeds cannot be compared; None where they can."""
    mounts = {one.mount for one in sets}
    if len(mounts) > 1:
        where = " and ".join(sorted(mounts))
        same_strap = len({_OTHER_LEG.get(mount, mount) for mount in mounts}) == 1
        role = ": the strap stayed on one leg, and its role changed" if same_strap else ""
        return f"straps on the {where}{role}"
    angle_deg = apart_deg(rest_ups)
    if angle_deg > SAME_POSE_DEG:
        return (
            f"rest poses {angle_deg:.0f}° apart, more than {SAME_POSE_DEG:.0f}°: "
            "wear the strap the same way on both legs and start from the same position"
        )
    return None


def _reps_row(left: Sequence[DoneSet], right: Sequence[DoneSet]) -> Row:
    """All reps of each leg; only several sets of each tell how much their number varies."""
    counts = [np.array([len(one.reps) for one in side], dtype=float) for side in (left, right)]
    totals = float(counts[0].sum()), float(counts[1].sum())
    difference = difference_percent(*totals) if min(totals) > 0 else None
    if not len(left) == len(right) >= LEAST_REPS:
        reason = f"counts need {LEAST_REPS} sets of each leg, and as many of one as of the other"
        n = len(left), len(right)
        return Row("reps", *totals, difference, None, "not_enough_data", reason, n)
    row = compare("reps", counts[0], counts[1], COUNT_TELLS, ROWS)
    return replace(row, left=totals[0], right=totals[1], difference_percent=difference)


def _with_lsi(row: Row, involved: Leg | None) -> Row:
    """The row with the limb symmetry index, involved / uninvolved, where it may be told."""
    if involved is None or row.difference_percent is None:
        return row
    assert row.left is not None
    assert row.right is not None
    hurt, sound = (row.left, row.right) if involved is Leg.LEFT else (row.right, row.left)
    return replace(row, lsi_percent=100.0 * hurt / sound if sound > 0 else None)
