"""Where from the axis that it turns about a sensor sits, told by what the turn makes it feel.

A sensor at r from a fixed axis feels alpha x r + omega x (omega x r) beside gravity (rigid body).
A strap at the ankle of a planted foot turns about the heel beside it; one on a leg that swings
from the hip, or goes with the pelvis, has the axis half a metre away or more. And where the axis
is a joint at the end of the segment, r points along it.
"""

from __future__ import annotations

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples
from imu_reps.motion.poses import Poses
from imu_reps.motion.vectors import medians

STEP_S = 0.02

BAND_HZ = (0.25, 2.5)
"""Reps and sway; below, the tilt's own error looks like acceleration, above are bumps."""

EXPLAINED = 0.5
"""Of the acceleration: where one fixed axis explains less, it is not known how far it is."""

ALONG_AXIS = 0.02
"""Of the best seen way: so weakly is held at 0 what cannot be seen, the place along the axis."""


def from_axis_m(samples: Samples, poses: Poses, start_s: float, end_s: float) -> Floats | None:
    """The way (3,) in metres from the axis to the sensor, in the sensor's frame.

    None without a gyro or with a dead one, and where no fixed axis explains what was felt.

    `samples` and `poses` hold the time from `start_s` to `end_s`, some seconds of it; less than one
    tells nothing, and of more the last whole ones are looked at.
    """
    rows = int(end_s - start_s) * round(1.0 / STEP_S)
    if samples.gyr_rads is None or not rows:
        return None
    # Whole seconds: a number of rows that is no prime is looked at in a tenth of the time.
    time_s = np.linspace(end_s - rows * STEP_S, end_s, rows, endpoint=False)
    acc = _at(time_s, samples.time_s, samples.acc_ms2)
    turn = _at(time_s, samples.time_s, samples.gyr_rads)
    turn -= medians(turn.T)[:, None]
    felt = acc - GRAVITY_MS2 * _at(time_s, poses.time_s, poses.up)
    pushed = _in_band(np.concatenate([_pushes(turn), felt])).reshape(4, 3, -1)
    ways, felt = pushed[:3].reshape(3, -1), pushed[3].ravel()
    square = ways @ ways.T
    best_seen = float(np.linalg.eigvalsh(square)[-1])
    if best_seen <= 0.0:
        return None
    held = ALONG_AXIS * best_seen * np.eye(3)
    place: Floats = np.linalg.solve(square + held, ways @ felt).astype(np.float64)
    unexplained = felt - place @ ways
    if np.mean(unexplained**2) > (1.0 - EXPLAINED) * np.mean(felt**2):
        return None
    return place


def _at(time_s: Floats, known_s: Floats, values: Floats) -> Floats:
    """Values (n, 3) at these times (m,), as columns (3, m)."""
    return np.array([np.interp(time_s, known_s, column) for column in values.T])


def _pushes(turn: Floats) -> Floats:
    """What these rates (3, n) make a sensor feel that sits a metre along x, along y, along z from
    the axis: three times its acceleration (9, n), alpha x r + omega x (omega x r).
    """
    x, y, z = turn
    u, v, w = np.gradient(turn, STEP_S, axis=1)
    xx, yy, zz, xy, yz, zx = x * x, y * y, z * z, x * y, y * z, z * x
    along_x = [-yy - zz, xy + w, zx - v]
    along_y = [xy - w, -zz - xx, yz + u]
    along_z = [zx + v, yz - u, -xx - yy]
    return np.array(along_x + along_y + along_z)


def _in_band(values: Floats) -> Floats:
    """What of the values (m, n) lies within `BAND_HZ`, as parts of frequencies (m, k): their
    products are those of the filtered values, up to a factor (Parseval).
    """
    hz = np.fft.rfftfreq(values.shape[1], STEP_S)
    parts = np.fft.rfft(values)[:, (hz >= BAND_HZ[0]) & (hz <= BAND_HZ[1])]
    return np.concatenate([parts.real, parts.imag], axis=1)
