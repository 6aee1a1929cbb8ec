"""Even steps out of uneven times: what the grid makes of a slow sensor."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Frames, Scale
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.grid import Grid


@pytest.mark.parametrize("period_ms", [98, 102, 105])
@pytest.mark.parametrize("interval_ms", [7.5, 45.0, 100.0])
def test_ten_a_second_over_bluetooth_are_enough(period_ms: float, interval_ms: float) -> None:
    # The link carries what has come at its next interval; the sensor has no clock of its own.
    at_ms = np.ceil(np.arange(1, 61) * period_ms / interval_ms) * interval_ms
    still = np.tile([0, 0, 2000, 0, 0, 0], (60, 1))
    clock, grid = DeviceClock(Scale(0.005, 0.001), 10.0), Grid()
    for row in range(60):
        some = slice(row, row + 1)
        frames = Frames((at_ms[some] * 1000).astype(np.int64), still[some])
        grid.update(clock.update(frames))
    assert grid.rate_hz == pytest.approx(1000 / period_ms, rel=0.05)
