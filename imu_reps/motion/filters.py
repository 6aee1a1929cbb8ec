"""Weighted means of the last samples, whose results do not hang on how the samples are cut."""

from __future__ import annotations

import numpy as np
from scipy import signal

from imu_reps.core.samples import Floats


class Weighted:
    """Weighted mean of the last `len(weights)` rows; the first row counts as if it had always been.

    Late by half the length of symmetric weights.
    """

    def __init__(self, weights: Floats) -> None:
        self._weights = weights / weights.sum()
        self._state: Floats | None = None

    def update(self, values: Floats) -> Floats:
        """The means (n, k) that end with each row of `values` (n, k)."""
        if len(self._weights) == 1 or not len(values):
            return values
        if self._state is None:
            steady = np.cumsum(self._weights[::-1])[-2::-1]
            self._state = steady[:, None] * values[:1]
        # The zero keeps scipy from its convolution, whose rounding changes with the chunk.
        means: Floats
        means, self._state = signal.lfilter(
            self._weights, [1.0, 0.0], values, axis=0, zi=self._state
        )
        return means


def boxcar(rows: float) -> Floats:
    """Equal weights for about so many rows."""
    return np.ones(max(1, round(rows)))


def gaussian(sigma_rows: float) -> Floats:
    """A bell with that standard deviation, cut at three of them."""
    half = max(1, round(3 * sigma_rows))
    return np.exp(-0.5 * (np.arange(-half, half + 1) / sigma_rows) ** 2)
