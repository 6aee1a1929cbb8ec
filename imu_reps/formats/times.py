"""The times of a table's rows: such as a clock can have, and none before the one above it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Integers
from imu_reps.core.samples import Floats
from imu_reps.formats.rows import Block

MOST_S = 1e11
"""Three thousand years: a larger number counts milliseconds or less, and as microseconds it would
not go into 64 bits."""


class RowTimes:
    """The time column of one table, block by block.

    One of it is worth `unit_s`; it starts again at 0 at `wrap_us`. A row that is not more than
    `late_us` behind the latest is let through: clocks leave it out.
    """

    def __init__(
        self, path: Path, unit_s: float = 1.0, wrap_us: int | None = None, late_us: int = 0
    ) -> None:
        self.latest_us = 0
        self._path = path
        self._unit_us = unit_s * 1e6
        self._wrap_us = wrap_us
        self._late_us = late_us
        self._rounds_us = 0
        self._begun = False

    def us(self, block: Block, column: Floats) -> Integers:
        """The times (n,) in microseconds of a block's rows; raises `BadInput` with the line."""
        # Times may count nanoseconds since 1970: a float still tells a microsecond apart.
        told_us = np.round(column * self._unit_us)
        self._check_size(block, told_us)
        time_us = self._unwrapped(told_us.astype(np.int64))
        if not self._begun:
            self.latest_us, self._begun = int(time_us[0]), True
        self._check_order(block, time_us)
        self.latest_us = max(self.latest_us, int(time_us.max()))
        return time_us

    def _check_size(self, block: Block, told_us: Floats) -> None:
        far = np.flatnonzero(np.abs(told_us) >= MOST_S * 1e6)
        if len(far):
            raise BadInput(
                f"{self._path}: line {_line(block, far)}: a time of {told_us[far[0]] / 1e6:.3g} "
                "s is not in seconds; say its unit with `imu-reps convert --map` (time_unit=ms, us "
                "or ns)"
            )

    def _check_order(self, block: Block, time_us: Integers) -> None:
        latest_us = np.maximum.accumulate(np.concatenate([[self.latest_us], time_us[:-1]]))
        back = np.flatnonzero(time_us < latest_us - self._late_us)
        if len(back):
            by_s = (latest_us - time_us)[back[0]] / 1e6
            raise BadInput(
                f"{self._path}: line {_line(block, back)}: time runs backwards here, by "
                f"{by_s:.6g} s; cut the file there, or sort rows that are in disorder"
            )

    def _unwrapped(self, time_us: Integers) -> Integers:
        if self._wrap_us is None:
            return time_us
        before = self.latest_us - self._rounds_us if self._begun else time_us[0]
        rounds = np.cumsum(np.diff(time_us, prepend=before) < -self._wrap_us // 2)
        time_us = time_us + self._rounds_us + rounds * self._wrap_us
        self._rounds_us += int(rounds[-1]) * self._wrap_us
        return time_us


def _line(block: Block, rows: Integers) -> int:
    """The number of the line on which the first of these rows stands."""
    number, _ = block.rows()[int(rows[0])]
    return number
