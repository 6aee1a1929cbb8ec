"""The left/right balance: a table and a small picture at a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from imu_reps.balance import Balance
from imu_reps.balance.compare import Row
from imu_reps.balance.metrics import METRICS, Metric
from imu_reps.balance.sets import DoneSet, values_of
from imu_reps.core.words import Leg, many
from imu_reps.display.comparison import (
    STYLES,
    TITLES,
    decimals,
    lsi_text,
    reasons,
    signed,
    verdict_text,
)
from imu_reps.display.console import fits
from imu_reps.display.letters import spelt
from imu_reps.session.afterwards.summarize import Compared

DISCLAIMER = "This is what the sensor saw, not a diagnosis."

NOTHING = "No rep was counted with either leg, so there is nothing to compare."


_BARS = "▁▂▃▄▅▆▇█"
_DRAWN = ("hold_s", "rom_deg", "tension_s")


def show_balance(found: Compared, console: Console, *, plain: bool) -> None:
    """The whole summary: who, the comparison, the formula, and what it is not.

    Lines are for pipes and screen readers, and for terminals that are too narrow for the table.
    """
    balance = found.balance
    in_lines = plain or not console.is_terminal or not balance.has_reps
    table = _table(balance, console.encoding)
    if in_lines or not fits(table, console):
        for line in balance_lines(found):
            console.print(line, soft_wrap=in_lines, markup=False)
    else:
        _print_tables(found, table, console)


def balance_lines(found: Compared) -> Iterator[str]:
    """A line a metric, whole sentences, nothing drawn."""
    balance = found.balance
    yield ""
    yield f"Left and right: {balance.movement}"
    yield _sides(balance)
    if not balance.has_reps:
        yield NOTHING
        return
    for row in balance.rows:
        yield _line(row)
    yield from _holds_reached(found)
    yield f"{balance.formula}. Means over reps."
    if balance.involved is not None:
        yield f"{lsi_text(balance)}."
    yield DISCLAIMER


def _holds_reached(found: Compared) -> Iterator[str]:
    """How many of the holds were as long as they should be, where any should."""
    if found.hold_target_s > 0:
        parts = ", ".join(
            f"{leg} {_percent(side['hold_reached_percent']) or '-'}"
            for leg, side in found.balance.sides.items()
        )
        yield f"Holds of {found.hold_target_s:g} s and more: {parts}."


def _line(row: Row) -> str:
    title, unit = TITLES[row.metric]
    sides = " and ".join(
        f"{leg} {_number(value, decimals(row.metric))}" + (f" {unit}" if unit else "")
        for leg, value in (("left", row.left), ("right", row.right))
    )
    told = [f"{title}: {sides}"]
    if row.difference_percent is not None:
        told.append(f"difference {signed(row.difference_percent)} %")
    if row.ci95 is not None:
        told.append(f"95 % interval {_interval(row)}")
    if row.lsi_percent is not None:
        told.append(f"LSI {row.lsi_percent:.0f} %")
    reason = f" ({row.reason})" if row.reason else ""
    return ", ".join(told) + f": {verdict_text(row.verdict)}{reason}"


def _table(balance: Balance, encoding: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for title in ("", "left", "right", "differ", "95 % interval"):
        table.add_column(title, justify="left" if not title else "right", no_wrap=True)
    if balance.involved is not None:
        table.add_column("LSI", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True, min_width=len("not enough data"))
    for row in balance.rows:
        cells = _cells(row, encoding)
        if balance.involved is not None:
            cells.insert(5, _percent(row.lsi_percent))
        table.add_row(*cells)
    return table


def _print_tables(found: Compared, table: Table, console: Console) -> None:
    balance = found.balance
    console.print()
    console.print(Text(f"Left and right: {balance.movement}", style="bold"))
    console.print(_sides(balance))
    console.print()
    console.print(table)
    console.print()
    if console.encoding.startswith("utf"):
        console.print(_picture([done for read in found.recordings for done in read.sets]))
    for line in _holds_reached(found):
        console.print(line)
    for reason, titles in reasons(balance).items():
        console.print(f"Not enough data for {', '.join(titles)}: {reason}.")
    console.print(f"{balance.formula}. Means over reps.", style="dim")
    if balance.involved is not None:
        console.print(f"{lsi_text(balance)}.", style="dim")
    console.print(DISCLAIMER, style="dim")


def _picture(sets: Sequence[DoneSet]) -> Table:
    """Every rep as a bar from zero, both legs to the same scale."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for metric in METRICS:
        if metric.name in _DRAWN:
            for leg in Leg:
                table.add_row(metric.heading, leg.value, _bars(sets, metric, leg))
    return table


def _bars(sets: Sequence[DoneSet], metric: Metric, leg: Leg) -> str:
    top = max(values_of(sets, metric), default=0.0) or 1.0
    drawn = []
    for done in sets:
        if done.leg is leg:
            places = (len(_BARS) - 1) * values_of([done], metric) / top
            drawn.append("".join(_BARS[round(place)] for place in places.tolist()))
    return " ".join(drawn)


def _sides(balance: Balance) -> str:
    told = []
    for leg, side in balance.sides.items():
        told.append(
            f"{leg}: {many(side['reps'], 'rep')} in {many(side['sets'], 'set')}"
            + (f", {many(side['partials'], 'partial')}" if side["partials"] else "")
        )
    return "; ".join(told)


def _cells(row: Row, encoding: str) -> list[str | Text]:
    title, unit = TITLES[row.metric]
    places = decimals(row.metric)
    return [
        spelt(f"{title} {unit}".strip(), encoding),
        _number(row.left, places),
        _number(row.right, places),
        "" if row.difference_percent is None else f"{signed(row.difference_percent)} %",
        "" if row.ci95 is None else _interval(row),
        Text(verdict_text(row.verdict), style=STYLES.get(row.verdict, "")),
    ]


def _number(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:z.{places}f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} %"


def _interval(row: Row) -> str:
    assert row.ci95 is not None
    low, high = row.ci95
    return f"{signed(low)} to {signed(high)} %"
