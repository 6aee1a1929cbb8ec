"""Sessions and trends: tables at a terminal, lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from imu_reps.balance import Balance
from imu_reps.balance.compare import Row
from imu_reps.balance.steadiness import SESSIONS, Point, steady_side
from imu_reps.core.words import many
from imu_reps.display.balance_table import DISCLAIMER
from imu_reps.display.comparison import STYLES, TITLES, signed, verdict_text
from imu_reps.display.console import fits
from imu_reps.movements import all_movements
from imu_reps.session.history import Session

Told = Sequence[tuple[Session, Sequence[Balance]]]
"""The sessions that are shown, and what was compared in each."""

Trends = Mapping[str, Sequence[Point]]
"""For each movement its last sessions with both legs, shown or not."""

EMPTY = (
    "The history is empty. `imu-reps live` adds to it, and so does `imu-reps history --add FILE`."
)

_SHOWN = ("hold_s", "out_s", "back_s", "rom_deg")
_SHORT = {"left_higher": "L", "right_higher": "R", "balanced": "="}


def print_history(told: Told, trends: Trends, console: Console) -> None:
    """A table of sessions, and what has held in each movement; lines where it is too wide."""
    table = _table(told)
    if not told or not fits(table, console):
        for line in history_lines(told, trends):
            console.print(line, markup=False)
        return
    console.print()
    console.print(table)
    console.print()
    console.print(
        "Reps left, right. Differences: + = right higher; L, R: that leg was higher, "
        "=: balanced, ?: not enough data, -: not compared.",
        style="dim",
    )
    for line in _trend_lines(told, trends):
        console.print(line)
    console.print(DISCLAIMER, style="dim")


def _table(told: Told) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for title in ("session", "movement"):
        table.add_column(title, no_wrap=True)
    for title in ("reps", *(TITLES[name][0] for name in _SHOWN)):
        table.add_column(title, justify="right", no_wrap=True)
    for session, balances in told:
        for balance in balances:
            table.add_row(session.name, *_cells(balance))
    return table


def _cells(balance: Balance) -> list[str | Text]:
    rows = {row.metric: row for row in balance.rows}
    reps = f"{balance.left['reps']}, {balance.right['reps']}"
    known = all_movements().get(balance.movement)
    cells: list[str | Text] = [known.short_name if known else balance.movement, reps]
    for name in _SHOWN:
        row = rows[name]
        cells.append(Text(_short(row), style=STYLES.get(row.verdict, "dim")))
    return cells


def _short(row: Row) -> str:
    if row.difference_percent is None:
        return "-"
    return f"{signed(row.difference_percent)} % {_SHORT.get(row.verdict, '?')}"


def history_lines(told: Told, trends: Trends) -> Iterator[str]:
    """A line a session and movement, then what has held."""
    if not told:
        yield EMPTY
        return
    for session, balances in told:
        for balance in balances:
            rows = {row.metric: row for row in balance.rows}
            differences = ", ".join(_line(rows[name]) for name in _SHOWN)
            left, right = balance.left["reps"], balance.right["reps"]
            reps = f"left {many(left, 'rep')}, right {many(right, 'rep')}"
            yield f"{session.name} {balance.movement}: {reps}; {differences}"
    yield from _trend_lines(told, trends)
    yield DISCLAIMER


def _line(row: Row) -> str:
    title, _ = TITLES[row.metric]
    if row.difference_percent is None:
        return f"{title} not compared"
    return f"{title} {signed(row.difference_percent)} % ({verdict_text(row.verdict)})"


def _trend_lines(told: Told, trends: Trends) -> Iterator[str]:
    """What may be said over sessions of the movements that are shown."""
    shown = dict.fromkeys(balance.movement for _, balances in told for balance in balances)
    for movement in shown:
        if movement in trends:
            yield f"{movement}: {_trend(trends[movement])}"


def _trend(points: Sequence[Point]) -> str:
    """What has held in each of the last three, or why nothing is said to have."""
    if held := list(_held(points)):
        return f"in each of the last {SESSIONS} sessions that could be compared, {'; '.join(held)}."
    if len(points) < SESSIONS:
        sessions = many(len(points), "session")
        return f"{sessions} with both legs; it takes {SESSIONS} to call a leg higher over sessions."
    return f"no leg was higher in the same measure in each of the last {SESSIONS} sessions."


def _held(points: Sequence[Point]) -> Iterator[str]:
    for metric, (title, _) in TITLES.items():
        side = steady_side(points, metric)
        if side is not None:
            yield f"{title} {verdict_text(side)}"
