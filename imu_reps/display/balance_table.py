"""The left/right balance as a table, on a terminal or in a pipe."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from imu_reps.balance import Balance
from imu_reps.balance.compare import Row
from imu_reps.balance.metrics import METRICS

DISCLAIMER = "This is what the sensor saw, not a diagnosis."

_TITLES = {"reps": ("reps", "")} | {m.name: (m.title, m.unit) for m in METRICS}
_STYLES = {"balanced": "green", "left_higher": "yellow", "right_higher": "yellow"}


def print_balance(balance: Balance, console: Console) -> None:
    """The whole summary: who, the table, the formula, and what it is not."""
    console.print()
    console.print(Text(f"Left and right: {balance.movement}", style="bold"))
    console.print(_sides(balance))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("", "left", "right", "difference", "95 % interval"):
        table.add_column(title, justify="left" if not title else "right", no_wrap=True)
    table.add_column("verdict", no_wrap=True, min_width=len("not enough data"))
    for row in balance.rows:
        table.add_row(*_cells(row))
    console.print(table)
    for reason, titles in _reasons(balance).items():
        console.print(f"Not enough data for {', '.join(titles)}: {reason}.", soft_wrap=True)
    console.print(f"{balance.formula}. Means over reps.", style="dim", soft_wrap=True)
    console.print(DISCLAIMER, style="dim")


def _sides(balance: Balance) -> str:
    told = []
    for name, side in (("left", balance.left), ("right", balance.right)):
        told.append(
            f"{name}: {_many(side['reps'], 'rep')} in {_many(side['sets'], 'set')}"
            + (f", {_many(side['partials'], 'partial')}" if side["partials"] else "")
        )
    return "; ".join(told)


def _many(count: object, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _cells(row: Row) -> tuple[str | Text, ...]:
    title, unit = _TITLES[row.metric]
    decimals = 1 if unit else 0
    interval = "" if row.ci95 is None else f"{row.ci95[0]:+.0f} to {row.ci95[1]:+.0f} %"
    return (
        f"{title} ({unit})" if unit else title,
        _number(row.left, decimals),
        _number(row.right, decimals),
        "" if row.difference_percent is None else f"{row.difference_percent:+.0f} %",
        interval,
        Text(row.verdict.replace("_", " "), style=_STYLES.get(row.verdict, "")),
    )


def _number(value: float | None, decimals: int) -> str:
    return "-" if value is None else f"{value:.{decimals}f}"


def _reasons(balance: Balance) -> dict[str, list[str]]:
    """Each reason for not judging, and the metrics that it holds for."""
    told: dict[str, list[str]] = {}
    for row in balance.rows:
        if row.reason:
            told.setdefault(row.reason, []).append(_TITLES[row.metric][0])
    return told
