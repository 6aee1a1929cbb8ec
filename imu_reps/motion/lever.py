"""How much of what lifts a sensor is its segment's own turning: all of it in a rep, less in a step.

A sensor at r from a fixed axis, in its own frame, is u . r above that axis, u being up in this
frame. The segment is rigid, so r stays as it is, and the sensor is lifted by u'' . r: three numbers
explain a whole attempt. A step carries the axis itself along, and its heel hits the floor. (Where
the sensor is, `reach.py` tells from whole samples and their gyro; poses are enough for this.)
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats

BENT_S = 0.08
"""Half of the window in which u'' is seen: it holds what a leg does, and averages noise."""

MOST_LEVER_M = 1.0
"""Farther from the axis is no strap: a long leg's ankle from its hip."""

UNSEEN_PART = 0.001
"""Of the mean of what is seen along x, y and z: so weakly is held at 0 what is not, r's part along
the axis.
"""


def unexplained_part(up: Floats, lift_ms2: Floats, step_s: float) -> float:
    """Which part, 0 to 1, of the lift (n,) of a sensor with poses `up` (n, 3), one every `step_s`,
    no fixed axis explains (RMS, both without their means). 1 in a moment, and where nothing lifts.
    """
    k = max(1, round(BENT_S / step_s))
    if len(up) < 4 * k:
        return 1.0
    bent = (up[2 * k :] - 2.0 * up[k:-k] + up[: -2 * k]) / (k * step_s) ** 2
    # Differences of two steps see what they bend by through a triangle.
    weights = np.minimum(np.arange(1, 2 * k), np.arange(2 * k - 1, 0, -1)) / k**2
    lift = np.convolve(lift_ms2, weights, "valid")[1:-1]
    bent, lift = bent - bent.mean(axis=0), lift - lift.mean()
    square, lifted = bent.T @ bent, float(lift @ lift)
    if lifted == 0.0:
        return 1.0
    held = UNSEEN_PART * np.trace(square) / 3.0 * np.eye(3)
    lever_m = np.linalg.lstsq(square + held, bent.T @ lift, rcond=None)[0]
    lever_m /= max(1.0, float(np.linalg.norm(lever_m)) / MOST_LEVER_M)
    left = lift - bent @ lever_m
    return min(float(np.sqrt(left @ left / lifted)), 1.0)
