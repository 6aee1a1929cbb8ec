"""What the motion room gives to the counting room: where is up, and is the segment being shaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats

SHAKEN_MS2 = 1.0
"""Of `shake_ms2`, on average over seconds: half of a walking leg's (thigh 1.5-1.9, shank 2.5)."""


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """A run of `n` evenly spaced poses of the sensor.

    `time_s` (n,); `up` (n, 3) unit vectors, the direction against gravity in the sensor's frame;
    `mean_up` (n, 3), its mean over the last `STILL_S` seconds, shorter than one while it turns;
    `spread_deg` (n,), the RMS angle between the two over that time; `shake_ms2` (n,), how much the
    specific force differs from gravity on average: steps and bumps, not slow turns.
    """

    time_s: Floats
    up: Floats
    mean_up: Floats
    spread_deg: Floats
    shake_ms2: Floats

    def __len__(self) -> int:
        return len(self.time_s)

    def __getitem__(self, rows: slice) -> Poses:
        return Poses(
            self.time_s[rows],
            self.up[rows],
            self.mean_up[rows],
            self.spread_deg[rows],
            self.shake_ms2[rows],
        )


def joined(runs: Sequence[Poses]) -> Poses:
    """The runs one after the other."""
    if len(runs) == 1:
        return runs[0]
    return Poses(
        np.concatenate([run.time_s for run in runs]),
        np.concatenate([run.up for run in runs]),
        np.concatenate([run.mean_up for run in runs]),
        np.concatenate([run.spread_deg for run in runs]),
        np.concatenate([run.shake_ms2 for run in runs]),
    )
