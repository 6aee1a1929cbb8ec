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
from imu_reps.core.words import Leg

DISCLAIMER = "This is what the sensor saw, not a diagnosis."

_TITLES = {"reps": ("reps", "")} | {m.name: (m.title, m.unit) for m in METRICS}
_STYLES = {"balanced": "green", "left_higher": "yellow", "right_higher": "yellow"}
_DECIMALS = {"reps": 0, "smoothness": 2}

_BARS = "▁▂▃▄▅▆▇█"
_DRAWN = ("hold_s", "rom_deg", "tension_s")


def show_balance(
    balance: Balance, sets: Sequence[DoneSet], console: Console, *, plain: bool
) -> None:
    """The whole summary: who, the comparison, the formula, and what it is not."""
    if plain or not console.is_terminal:
        for line in balance_lines(balance):
            console.print(line, soft_wrap=True, markup=False)
    else:
        _print_tables(balance, sets, console)


def balance_lines(balance: Balance) -> Iterator[str]:
    """A line a metric, whole sentences, nothing drawn."""
    yield ""
    yield f"Left and right: {balance.movement}"
    yield _sides(balance)
    for row in balance.rows:
        yield _line(row)
    yield f"{balance.formula}. Means over reps."
    yield DISCLAIMER


def _line(row: Row) -> str:
    title, unit = _TITLES[row.metric]
    sides = " and ".join(
        f"{leg} {_number(value, _DECIMALS.get(row.metric, 1))}" + (f" {unit}" if unit else "")
        for leg, value in (("left", row.left), ("right", row.right))
    )
    told = [f"{title}: {sides}"]
    if row.difference_percent is not None:
        told.append(f"difference {row.difference_percent:+.0f} %")
    if row.ci95 is not None:
        told.append(f"95 % interval {_interval(row)}")
    if row.lsi_percent is not None:
        told.append(f"symmetry index {row.lsi_percent:.0f} %")
    reason = f" ({row.reason})" if row.reason else ""
    return ", ".join(told) + f": {row.verdict.replace('_', ' ')}{reason}"


def _print_tables(balance: Balance, sets: Sequence[DoneSet], console: Console) -> None:
    console.print()
    console.print(Text(f"Left and right: {balance.movement}", style="bold"))
    console.print(_sides(balance))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for title in ("", "left", "right", "differ", "95 % interval"):
        table.add_column(title, justify="left" if not title else "right", no_wrap=True)
    if balance.involved is not None:
        table.add_column("LSI", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True, min_width=len("not enough data"))
    for row in balance.rows:
        cells = _cells(row)
        if balance.involved is not None:
            cells.insert(5, _percent(row.lsi_percent))
        table.add_row(*cells)
    console.print(table)
    if console.encoding.startswith("utf"):
        console.print(_picture(sets))
    for reason, titles in _reasons(balance).items():
        console.print(f"Not enough data for {', '.join(titles)}: {reason}.")
    console.print(f"{balance.formula}. Means over reps.", style="dim")
    if balance.involved is not None:
        console.print(f"LSI: limb symmetry index, {balance.involved} / other leg.", style="dim")
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
    for name, side in (("left", balance.left), ("right", balance.right)):
        told.append(
            f"{name}: {many(side['reps'], 'rep')} in {many(side['sets'], 'set')}"
            + (f", {many(side['partials'], 'partial')}" if side["partials"] else "")
        )
    return "; ".join(told)


def many(count: object, what: str) -> str:
    """A number of things."""
    return f"{count} {what}" + ("" if count == 1 else "s")


def _cells(row: Row) -> list[str | Text]:
    title, unit = _TITLES[row.metric]
    decimals = _DECIMALS.get(row.metric, 1)
    return [
        f"{title} {unit}".strip(),
        _number(row.left, decimals),
        _number(row.right, decimals),
        _percent(row.difference_percent, sign="+"),
        "" if row.ci95 is None else _interval(row),
        Text(row.verdict.replace("_", " "), style=_STYLES.get(row.verdict, "")),
    ]


def _number(value: float | None, decimals: int) -> str:
    return "-" if value is None else f"{value:.{decimals}f}"


def _percent(value: float | None, sign: str = "-") -> str:
    return "" if value is None else f"{value:{sign}.0f} %"


def _interval(row: Row) -> str:
    assert row.ci95 is not None
    return f"{row.ci95[0]:+.0f} to {row.ci95[1]:+.0f} %"


def _reasons(balance: Balance) -> dict[str, list[str]]:
    """Each reason for not judging, and the metrics that it holds for."""
    told: dict[str, list[str]] = {}
    for row in balance.rows:
        if row.reason:
            told.setdefault(row.reason, []).append(_TITLES[row.metric][0])
    return told
