"""The excursion as a line that moves from right to left, the range to reach as a band behind it."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.display.screen.look import Look, Piece, Role, Row
from imu_reps.session.coaching.view import LINE_S, View

LEAST_DEG = 20.0
"""The plot is no finer than this from bottom to top: sway must not look like a movement."""

ABOVE_PART = 1.15
"""Of the highest value: so much room."""

SCALE_COLUMNS = 5


def plot(view: View, columns: int, rows: int, look: Look) -> list[Row]:
    """So many rows of so many columns; the last column is now."""
    wide = columns - SCALE_COLUMNS
    if wide < 1 or rows < 1:
        return []
    high = rows * (2 if look.has_halves else 1)
    seen = _columns(view, wide)
    top_deg, low_deg = _span(seen, view.band_deg)
    places = np.round((seen - low_deg) / (top_deg - low_deg) * (high - 1))
    band = _places(view.band_deg, low_deg, top_deg, high)
    grid = np.zeros((high, wide), dtype=bool)
    before = np.nan
    for column, place in enumerate(places):
        if not np.isnan(place):
            start = place if np.isnan(before) else before
            ends = sorted((int(np.clip(start, 0, high - 1)), int(np.clip(place, 0, high - 1))))
            grid[ends[0] : ends[1] + 1, column] = True
        before = place
    return [_row(view, grid, row, band, look) for row in reversed(range(rows))]


def _columns(view: View, wide: int) -> Floats:
    """The last excursion (wide,) of each column's time; nan where there is none."""
    seen = np.full(wide, np.nan)
    if len(view.line_s):
        ago = (view.line_s[-1] - view.line_s) / LINE_S * wide
        place = wide - 1 - ago.astype(int)
        inside = place >= 0
        seen[place[inside]] = view.line_deg[inside]
    return seen


def _span(seen: Floats, band_deg: tuple[float, float] | None) -> tuple[float, float]:
    known = [LEAST_DEG / ABOVE_PART, *([] if band_deg is None else [band_deg[1]])]
    highest = max([*known, *seen[~np.isnan(seen)].tolist()])
    lowest = min([0.0, *seen[~np.isnan(seen)].tolist()])
    return ABOVE_PART * highest, max(lowest, -highest)


def _places(
    band_deg: tuple[float, float] | None, low_deg: float, top_deg: float, high: int
) -> tuple[int, int] | None:
    if band_deg is None:
        return None
    low, top = ((deg - low_deg) / (top_deg - low_deg) * (high - 1) for deg in band_deg)
    return round(low), round(top)


def _row(view: View, grid: np.ndarray, row: int, band: tuple[int, int] | None, look: Look) -> Row:
    per = 2 if look.has_halves else 1
    in_band = band is not None and band[0] <= row * per + per - 1 and row * per <= band[1]
    behind: Piece = (look.band, "band") if in_band else (" ", "plain")
    lower = grid[row * per]
    upper = grid[row * per + per - 1]
    pieces = [_cell(bool(a), bool(b), behind, look) for a, b in zip(upper, lower, strict=True)]
    out: Row = [_scale(view, row, per, band)]
    for role, group in groupby(pieces, lambda piece: piece[1]):
        out.append(("".join(text for text, _ in group), role))
    return out


def _cell(upper: bool, lower: bool, behind: Piece, look: Look) -> Piece:  # noqa: FBT001
    line: Role = "strong"
    if upper and lower:
        return look.full, line
    if upper:
        return look.upper, line
    return (look.lower, line) if lower else behind


def _scale(view: View, row: int, per: int, band: tuple[int, int] | None) -> Piece:
    """The band's two numbers, beside where they are."""
    if band is None or view.band_deg is None:
        return " " * SCALE_COLUMNS, "dim"
    for place, deg in zip(band, view.band_deg, strict=True):
        if place // per == row:
            return f"{deg:>{SCALE_COLUMNS - 1}.0f} ", "dim"
    return " " * SCALE_COLUMNS, "dim"
