"""The console that tables are printed on."""

from __future__ import annotations

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

PIPE_WIDTH = 110
"""Columns where there is no terminal to tell."""

WIDEST = 1000
"""Columns that no table needs."""


def results() -> Console:
    """Standard output: as wide as the terminal, and wide enough where there is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def fits(table: Table, console: Console) -> bool:
    """Whether the console is wide enough for all that stands in the table."""
    options = console.options.update(width=WIDEST)
    return Measurement.get(console, options, table).maximum <= console.width
