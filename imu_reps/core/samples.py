"""The one currency of the program: a run of samples in SI units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.errors import BadInput

Floats = NDArray[np.float64]

GRAVITY_MS2 = 9.80665
"""Standard gravity (CGPM 1901)."""

KICK_DPS = 700.0
"""From one sample to the next, at ten a second, the fastest kick comes to about this. Judgement."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """A run of `n` samples of one sensor, in its own frame.

    `time_s` (n,) float64, strictly increasing, counted from the recording's first sample;
    `acc_ms2` (n, 3) float64, specific force (at rest it points up with the length of gravity);
    `gyr_rads` (n, 3) float64, or None where the sensor has no gyro. `n` may be 0.
    Every stage of the program takes and gives these shapes; they are checked here and nowhere
    else. Raises `BadInput` where they do not hold.
    """

    time_s: Floats
    acc_ms2: Floats
    gyr_rads: Floats | None = None

    def __post_init__(self) -> None:
        n = len(self.time_s)
        if self.time_s.shape != (n,) or self.acc_ms2.shape != (n, 3):
            raise BadInput(f"samples need times (n,) and accelerations (n, 3), n = {n}")
        if self.gyr_rads is not None and self.gyr_rads.shape != (n, 3):
            raise BadInput(f"samples need turning rates (n, 3), n = {n}")
        if n > 1 and np.count_nonzero(self.time_s[1:] > self.time_s[:-1]) < n - 1:
            raise BadInput("the times of samples must increase from one to the next")

    def __len__(self) -> int:
        return len(self.time_s)

    def __getitem__(self, rows: slice) -> Samples:
        # A part of what was checked is right; it is cut too often to be checked again.
        part = object.__new__(Samples)
        gyr = None if self.gyr_rads is None else self.gyr_rads[rows]
        values = (self.time_s[rows], self.acc_ms2[rows], gyr)
        for name, value in zip(self.__slots__, values, strict=True):
            object.__setattr__(part, name, value)
        return part


def joined(runs: Sequence[Samples]) -> Samples:
    """The runs one after the other; raises `BadInput` if some have a gyro and some have none."""
    if len(runs) == 1:
        return runs[0]
    gyros = [run.gyr_rads for run in runs if run.gyr_rads is not None]
    if gyros and len(gyros) != len(runs):
        raise BadInput("runs with and without a gyro cannot be joined")
    return Samples(
        np.concatenate([run.time_s for run in runs]),
        np.concatenate([run.acc_ms2 for run in runs]),
        np.concatenate(gyros) if gyros else None,
    )
