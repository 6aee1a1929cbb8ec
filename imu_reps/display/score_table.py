"""Scores as a table: a row a recording, and all of them together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from imu_reps.display.comparison import signed
from imu_reps.display.letters import spelt
from imu_reps.session.afterwards.scoring import Score, total

_COLUMNS = ("reps", "partials", "start", "end", "hold", "hold bias", "range")


def print_scores(scores: dict[Path, Score], console: Console) -> None:
    """Counted of true, and the mean absolute error of times and range."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=len(scores) > 1)
    exact = sum(one.exact for one in scores.values())
    last = _cells(total(scores.values()), console.encoding)
    table.add_column("", footer=f"{exact} of {len(scores)} exact", overflow="fold")
    for title, footer in zip(_COLUMNS, last, strict=True):
        table.add_column(title, footer=footer, justify="right", no_wrap=True)
    for file, one in scores.items():
        table.add_row(("" if one.exact else "! ") + file.name, *_cells(one, console.encoding))
    console.print(table)
    console.print("Counted / true; then mean errors of the matched attempts.", style="dim")


def _cells(one: Score, encoding: str) -> tuple[str, ...]:
    counts = f"{one.reps}/{one.true_reps}", f"{one.partials}/{one.true_partials}"
    if not len(one.errors):
        return (*counts, "", "", "", "", "")
    start_s, end_s, hold_s, rom_deg = np.abs(one.errors).mean(axis=0)
    times = [f"{value:.2f} s" for value in (start_s, end_s, hold_s)]
    return (
        *counts,
        *times,
        f"{signed(float(one.errors[:, 2].mean()), 2)} s",
        spelt(f"{rom_deg:.1f}°", encoding),
    )
