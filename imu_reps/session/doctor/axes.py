"""Axes that tell nothing: frozen ones, and ones at the end of their range."""

from __future__ import annotations

import numpy as np

from imu_reps.core.frames import Frames, Numbers, Scale
from imu_reps.core.samples import GRAVITY_MS2, Floats

NAMES = tuple(f"{kind} {axis}" for kind in ("acceleration", "turning rate") for axis in "xyz")

LIVELY_PART = 0.5
"""Where half of an axis' samples differ from the one before, noise is larger than a step of the
numbers: beside such an axis one that never changes is no chance."""

LEAST_SAMPLES = 20
"""Fewer tell nothing: a fifth of a second at 100 Hz."""

LAST_COUNT = 32767
"""Where 16 bits end."""

RANGES_G, RANGES_DPS = (2, 4, 8, 16), (125, 250, 500, 1000, 2000, 4000)
"""What sensors can be set to; one that sends decimals stops there."""

NEAR_PART, PLATEAU = 0.001, 5
"""So near to a range's end, and so many equal samples in a row: noise leaves no other top flat."""


def frozen_axes(frames: Frames) -> list[str]:
    """The axes that stand still while others of their kind do not; all of a kind if all do."""
    if len(frames) < LEAST_SAMPLES:
        return []
    values = frames.values
    return [
        NAMES[first + axis]
        for first in range(0, values.shape[1], 3)
        for axis in _frozen(values[:, first : first + 3])
    ]


def _frozen(values: Numbers) -> list[int]:
    changes = (np.diff(values, axis=0) != 0).mean(axis=0)
    if not changes.any():
        return [0, 1, 2]
    return [] if changes.max() < LIVELY_PART else np.flatnonzero(changes == 0).tolist()


def saturated_axes(frames: Frames, scale: Scale) -> list[str]:
    """The axes that were at the end of what they can measure."""
    values = frames.values
    if np.issubdtype(values.dtype, np.integer):
        full = (np.abs(values) >= LAST_COUNT).any(axis=0)
        return [NAMES[axis] for axis in np.flatnonzero(full)]
    acc_g = values[:, :3] * (scale.acc_ms2 / GRAVITY_MS2)
    gyr_dps = np.degrees(values[:, 3:] * (scale.gyr_rads or 0.0))
    full_axes = [_at_end(column, RANGES_G) for column in acc_g.T]
    full_axes += [_at_end(column, RANGES_DPS) for column in gyr_dps.T]
    return [NAMES[axis] for axis in np.flatnonzero(full_axes)]


def _at_end(column: Floats, ranges: tuple[int, ...]) -> bool:
    """Whether the column (n,) rests on its largest value, and that is where a range ends."""
    size = np.abs(column)
    top = size.max(initial=0.0)
    if not any(abs(top / end - 1) < NEAR_PART for end in ranges):
        return False
    flat = np.convolve(size == top, np.ones(PLATEAU), "valid")
    return bool(len(column) >= PLATEAU and flat.max() == PLATEAU)
