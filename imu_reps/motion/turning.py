"""A sensor's turns added up: what it feels, as it is seen from where the sensor was at first."""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import Floats


def followed(rate_hz: float, rate_rads: Floats, vectors: Floats) -> Floats:
    """The vectors (3, n) that a sensor sees while it turns at these rates (3, n), as they are seen
    from where it was at first; (3, m, n) for as many rates as may be true.
    """
    x, y, z = rate_rads
    angle = np.sqrt(x * x + y * y + z * z) / rate_hz
    half = np.sinc(angle / (2.0 * np.pi)) / (2.0 * rate_hz)
    turned = np.array([np.cos(angle / 2.0), x * half, y * half, z * half])
    # Turns of one step make those of two, these make those of four: ten times for a thousand.
    steps, rows = 1, angle.shape[-1]
    while steps < rows:
        turned[..., steps:] = _one_after_the_other(turned[..., :-steps], turned[..., steps:])
        steps *= 2
    # Seen from there, a vector is turned as by a quaternion about both of its sides.
    felt = np.concatenate([np.zeros((1, rows)), vectors])
    seen = _one_after_the_other(turned, felt)
    turned[1:] *= -1.0
    return _one_after_the_other(seen, turned)[1:]


def _one_after_the_other(first: Floats, then: Floats) -> Floats:
    """The turns (4, ..., n), as quaternions, that two turns one after the other make."""
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
