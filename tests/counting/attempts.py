"""Attempts as a set sees them, made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from imu_reps.counting.excursion import Plane
from imu_reps.counting.measure import Measures
from imu_reps.counting.seen import Seen
from imu_reps.counting.strokes import Stroke, Strokes

REST_UP = np.array([0.0, 0.0, 1.0])
MEASURES = Measures(0.2, 1.3, 1.0, 1.8, 4.3, 40.0, 0.5, 60.0, 45.0)


def seen(
    begin_s: float = 0.0,
    deg: float = 40.0,
    aside_deg: float = 0.0,
    *,
    out_s: float = 1.5,
    hold_s: float = 1.0,
    back_s: float = 2.0,
) -> Seen:
    aside = np.radians(aside_deg)
    way = np.array([np.cos(aside), np.sin(aside), 0.0])
    lasts_s = out_s + hold_s + back_s
    return Seen(
        plane=Plane(REST_UP, way),
        peak_deg=deg,
        begin_s=begin_s,
        far_s=begin_s + out_s,
        end_s=begin_s + lasts_s,
        strokes=Strokes(
            # Of a minimum-jerk stroke the ends are slow, and a part of the hold.
            Stroke(begin_s, out_s),
            Stroke(begin_s + out_s + hold_s, back_s),
            0.0,
            deg,
            0.0,
        ),
        measures=replace(MEASURES, start_s=begin_s + 0.2, end_s=begin_s + 4.3),
        wander_deg=0.8,
        calm=True,
        shake_ms2=0.3,
        moved_deg=0.0,
        begun=False,
    )
