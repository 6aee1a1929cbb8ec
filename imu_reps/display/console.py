"""The console that tables are printed on."""

from __future__ import annotations

from rich.console import Console

PIPE_WIDTH = 110
"""Columns where there is no terminal to tell."""


def results() -> Console:
    """Standard output: as wide as the terminal, and wide enough where there is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
