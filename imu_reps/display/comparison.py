"""What tables, lines and the report share of a comparison: titles, decimals, verdicts, reasons."""

from __future__ import annotations

from imu_reps.balance import Balance
from imu_reps.balance.compare import Verdict
from imu_reps.balance.metrics import METRICS

TITLES = {"reps": ("reps", "")} | {m.name: (m.title, m.unit) for m in METRICS}
"""Title and unit of each row, by its metric."""

STYLES = {"balanced": "green", "left_higher": "yellow", "right_higher": "yellow"}
"""Of a verdict in a terminal's table; one that is not in here has none."""


def decimals(metric: str) -> int:
    """How many tell something."""
    return {"reps": 0, "smoothness": 2}.get(metric, 1)


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
