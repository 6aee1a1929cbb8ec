"""Trails of attempts that are none."""

from __future__ import annotations

import numpy as np

from imu_reps.counting.fit import Tempo
from imu_reps.counting.trail import Trail


def test_a_trail_that_goes_nowhere_has_strokes_in_any_tempo() -> None:
    time_s = np.arange(0.0, 3.0, 0.02)
    x_deg = -0.003 + 0.001 * np.sin(5.0 * time_s)
    trail = Trail(time_s, x_deg, far=75, sway_deg=1.0, is_back=True)
    strokes = trail.strokes()
    assert strokes.far_deg > 0
    assert trail.steadied(strokes, Tempo(1.0, 1.5)).far_deg > 0
