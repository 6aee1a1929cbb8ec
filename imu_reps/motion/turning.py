"""A sensor's turns added up: what it feels, as it is seen from where the sensor was at first."""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.vectors import lengths


def followed(rate_hz: float, rate_rads: Floats, vectors: Floats) -> Floats:
    """The vectors (n, 3) that a sensor sees while it turns at these rates (n, 3), as they are seen
    from where it was at first.
    """
    angle = lengths(rate_rads) / rate_hz
    half = np.sinc(angle / (2.0 * np.pi)) / (2.0 * rate_hz)
    turned = np.array([np.cos(angle / 2.0), *(rate_rads.T * half)])
    # Turns of one step make those of two, these make those of four: ten times for a thousand.
    steps = 1
    while steps < len(angle):
        turned[:, steps:] = _one_after_the_other(turned[:, :-steps], turned[:, steps:])
        steps *= 2
    # Seen from there, a vector is turned as by a quaternion about both of its sides.
    back = turned * [[1.0], [-1.0], [-1.0], [-1.0]]
    felt = np.array([np.zeros(len(angle)), *vectors.T])
    return _one_after_the_other(_one_after_the_other(turned, felt), back)[1:].T


def _one_after_the_other(first: Floats, then: Floats) -> Floats:
    """The turns (4, n), as quaternions, that two turns one after the other make."""
    a, b, c, d = first
    w, x, y, z = then
    return np.array(
        [
            a * w - b * x - c * y - d * z,
            a * x + b * w + c * z - d * y,
            a * y - b * z + c * w + d * x,
            a * z + b * y - c * x + d * w,
        ]
    )
