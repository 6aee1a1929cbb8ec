"""Means of the last samples, whose results do not hang on how the samples are cut."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from imu_reps.core.samples import Floats

UNIT = 2.0**-48
"""What running sums count in: 4e-15, the rounding of a float of 16. Sums of whole numbers are exact
however they are cut, and may run for years: what flows over comes out of the difference again."""

PIECE_ROWS = 2048
"""So many rows are weighted at once, which the processor's cache still holds."""


class RunningMean:
    """Mean of about the last `rows` rows; the first row counts as if it had always been."""

    def __init__(self, rows: float) -> None:
        self._rows = max(1, round(rows))
        self._last: np.ndarray | None = None
        self._sum: np.ndarray | int = 0

    def update(self, values: Floats) -> Floats:
        """The means (n, k) that end with each row of `values` (n, k), each below 10 in size."""
        if not len(values):
            return values
        new = np.rint(values * (1 / UNIT)).astype(np.int64)
        if self._last is None:
            self._last, self._sum = np.repeat(new[:1], self._rows, axis=0), new[0] * self._rows
        known = np.concatenate([self._last, new])
        sums = self._sum + (new - known[: len(new)]).cumsum(axis=0)
        self._last, self._sum = known[len(new) :], sums[-1]
        means: Floats = sums * (UNIT / self._rows)
        return means


class Weighted:
    """Weighted mean of the last `len(weights)` rows; the first row counts as if it had always been.

    Late by half the length of symmetric weights.
    """

    def __init__(self, weights: Floats) -> None:
        self._oldest_first = (weights / weights.sum())[::-1, None, None]
        self._before: Floats | None = None

    def update(self, values: Floats) -> Floats:
        """The means (n, k) that end with each row of `values` (n, k)."""
        if not len(values):
            return values
        taps = len(self._oldest_first)
        if self._before is None:
            self._before = np.repeat(values[:1], taps - 1, axis=0)
        known = np.concatenate([self._before, values])
        self._before = known[len(values) :]
        windows = sliding_window_view(known, taps, axis=0).transpose(2, 0, 1)
        pieces = range(0, len(values), PIECE_ROWS)
        return np.concatenate([self._sums(windows[:, row : row + PIECE_ROWS]) for row in pieces])

    def _sums(self, windows: Floats) -> Floats:
        # Summed along the first axis, one window's row after the other, in the same order always.
        total: Floats = np.multiply(self._oldest_first, windows, order="C").sum(axis=0)
        return total


def gaussian(sigma_rows: float) -> Floats:
    """A bell with that standard deviation, cut at three of them."""
    half = max(1, round(3 * sigma_rows))
    return np.exp(-0.5 * (np.arange(-half, half + 1) / sigma_rows) ** 2)
