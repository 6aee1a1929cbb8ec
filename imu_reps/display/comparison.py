"""What tables, lines and the report share of a comparison: titles, numbers, verdicts, reasons."""

from __future__ import annotations

from imu_reps.balance import Balance
from imu_reps.balance.compare import Verdict
from imu_reps.balance.metrics import METRICS

TITLES = {"reps": ("reps", "")} | {m.name: (m.title, m.unit) for m in METRICS}
"""Title and unit of each row, by its metric."""

STYLES = {"balanced": "green", "left_higher": "yellow", "right_higher": "yellow"}
"""Of a verdict in a terminal's table; one that is not in here has none."""

_FINE = {"wobble_deg", "smoothness"}


def decimals(metric: str) -> int:
    """With so many the difference follows from the sides: of strokes that take 0.7 s, a tenth of a
    second is 14 %.
    """
    if metric == "reps":
        return 0
    return 2 if metric in _FINE or TITLES[metric][1] == "s" else 1


def signed(value: float, places: int = 0) -> str:
    """A difference with its sign; one that rounds to nothing has none."""
    sign = "+" if round(value, places) else ""
    return f"{value:{sign}z.{places}f}"


def verdict_text(verdict: Verdict) -> str:
    """The verdict in words."""
    return verdict.replace("_", " ")


def reasons(balance: Balance) -> dict[str, list[str]]:
    """Each reason for not judging, and the titles of the rows that it holds for."""
    told: dict[str, list[str]] = {}
    for row in balance.rows:
        if row.reason:
            told.setdefault(row.reason, []).append(TITLES[row.metric][0])
    return told


def lsi_text(balance: Balance) -> str:
    """What the limb symmetry index is, where a leg has been named as involved."""
    return f"LSI: limb symmetry index, {balance.involved} / other leg"
