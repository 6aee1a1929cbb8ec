"""The plausibility gate: after a weak checksum, or none, what no limb could have done is left out.

A sum of bytes lets one damaged packet in 256 through, and what comes through is mostly far off.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.frames import Numbers
from imu_reps.core.samples import KICK_DPS

ACC_JUMP_G = 4.0
"""From one sample to the next. Judgement: the slow turns that are counted stay under 1 g, the
heel strikes between them reach some g; a damaged high byte is worth up to 32 g."""

GYR_JUMP_DPS = KICK_DPS
"""From one sample to the next."""

CLOCK_JUMP_US = 2_000_000.0
"""A device's clock that leaps further has started again, or a digit of it is wrong."""


class Gate:
    """Rows of numbers in, out which of them to believe; `limits` (k,) is the largest step of each.

    A row is believed if it is near the last one that was believed, or near the one that was just
    held back: two that agree are a true jump, and cost one sample.
    """

    def __init__(self, limits: Sequence[float]) -> None:
        self.refused = 0
        self._limits = np.array(limits)
        self._believed: NDArray[np.float64] | None = None
        self._held: NDArray[np.float64] | None = None

    def passes(self, table: Numbers) -> NDArray[np.bool_]:
        """Which rows (n,) of the table (n, k) to believe."""
        rows = table.astype(np.float64)
        believed = np.ones(len(rows), dtype=bool)
        if not len(rows):
            return believed
        first = rows[0] if self._believed is None else self._believed
        steps = np.abs(np.diff(rows, axis=0, prepend=first[None]))
        if not (steps <= self._limits).all():
            believed = np.array([self._admit(row) for row in rows])
        else:
            self._believed, self._held = rows[-1], None
        self.refused += int((~believed).sum())
        return believed

    def _admit(self, row: NDArray[np.float64]) -> bool:
        if self._believed is None or self._near(row, self._believed) or self._near(row, self._held):
            self._believed, self._held = row, None
            return True
        self._held = row
        return False

    def _near(self, row: NDArray[np.float64], other: NDArray[np.float64] | None) -> bool:
        return other is not None and bool((np.abs(row - other) <= self._limits).all())
