"""Arithmetic of directions (n, 3), written out so that every chunk gives the same bits.

What is asked for often and of a few numbers only is done without numpy, whose calls cost more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from imu_reps.core.samples import Floats

FEW_ROWS = 24
"""So many rows are quicker reckoned one by one than by numpy, whose calls take as long as a row."""

Pose = Sequence[float]
"""One direction, a unit vector, by its three plain numbers: reckoning with it needs no numpy."""


def lengths(vectors: Floats) -> Floats:
    """The lengths (n,) of vectors (n, 3)."""
    x, y, z = vectors.T
    length: Floats = np.sqrt(x * x + y * y + z * z)
    return length


def length(vector: Floats) -> float:
    """The length of one vector (3,)."""
    return math.sqrt(float(vector @ vector))


def unit(vectors: Floats) -> Floats:
    """The vectors (n, 3) scaled to length one."""
    return vectors / np.maximum(lengths(vectors), 1e-9)[:, None]


def unit_vector(vector: Floats) -> Floats:
    """One vector (3,) scaled to length one."""
    x, y, z = vector.tolist()
    return vector / max(math.sqrt(x * x + y * y + z * z), 1e-9)


def dots(vectors: Floats, direction: Floats) -> Floats:
    """The products (n,) of each vector (n, 3) with one direction (3,)."""
    x, y, z = vectors.T
    product: Floats = x * direction[0] + y * direction[1] + z * direction[2]
    return product


def angles_deg(directions: Floats, reference: Floats) -> Floats:
    """The angles (n,) between unit vectors (n, 3) and one unit vector (3,)."""
    chord = lengths(directions - reference)
    return np.degrees(2.0 * np.arcsin(np.minimum(chord / 2.0, 1.0)))


def between_deg(one: Floats, other: Floats) -> float:
    """The angle between two unit vectors (3,)."""
    x, y, z = (one - other).tolist()
    return angle_deg(math.sqrt(x * x + y * y + z * z))


def chord(one: Pose, other: Pose) -> float:
    """The distance of two unit vectors' tips."""
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return math.sqrt(x * x + y * y + z * z)


def farthest(directions: Floats, pose: Pose) -> float:
    """The largest chord from a pose to unit vectors (n, 3), n > 0."""
    if len(directions) > FEW_ROWS:
        return float(lengths(directions - pose).max())
    return max([chord(one, pose) for one in directions.tolist()])


def middle(one: Pose, other: Pose) -> Pose:
    """The direction half-way between two."""
    x, y, z = one[0] + other[0], one[1] + other[1], one[2] + other[2]
    length = max(math.sqrt(x * x + y * y + z * z), 1e-9)
    return x / length, y / length, z / length


def angle_deg(chord: float) -> float:
    """The angle between two unit vectors whose tips are so far apart."""
    # Numpy's arcsine, as in `angles_deg`: math's may be another in the last bit.
    return math.degrees(2.0 * float(np.arcsin(min(chord / 2.0, 1.0))))


def chord_of(deg: float) -> float:
    """The distance of the tips of two unit vectors with so large an angle between them."""
    return 2.0 * math.sin(math.radians(min(deg, 180.0)) / 2.0)


def cross(one: Floats, other: Floats) -> Floats:
    """The cross product (3,) of two vectors (3,): numpy's own takes fifty times as long."""
    x, y, z = one.tolist()
    u, v, w = other.tolist()
    return np.array([y * w - z * v, z * u - x * w, x * v - y * u])


def rotation(turned_rad: Floats) -> Floats:
    """The rotation (3, 3) by a vector (3,), from the frame after it to that before it.

    Rodrigues' formula; scipy has it, too, but would have to be imported in the middle of a set.
    """
    angle = length(turned_rad)
    if angle < 1e-9:
        return np.eye(3)
    across = np.array([cross(turned_rad / angle, one) for one in np.eye(3)]).T
    turn: Floats = np.eye(3) + math.sin(angle) * across + (1.0 - math.cos(angle)) * across @ across
    return turn


def median(values: Iterable[float]) -> float:
    """The median of a handful of numbers, one at least: numpy's own takes fifty times as long."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return (ordered[half] + ordered[-half - 1]) / 2


def medians(rows: Floats) -> Floats:
    """The median (3,) of each column of rows (n, 3), n > 0."""
    # Numpy's own takes three times as long, and half of numpy.ma to import.
    ordered, half = np.sort(rows, axis=0), len(rows) // 2
    middle: Floats = (ordered[half] + ordered[-half - 1]) / 2
    return middle


def mean_direction(directions: Floats) -> Floats:
    """The mean (3,) of unit vectors (n, 3), n > 0."""
    # Row by row, however they lie in memory: numpy would add columns up in another order.
    rows = np.ascontiguousarray(directions)
    return unit_vector(np.add.reduce(rows) / len(rows))


def median_direction(directions: Floats) -> Floats:
    """The direction (3,) in the middle of unit vectors (n, 3), n > 0: less than half may stray."""
    return unit_vector(medians(directions))


def spread_deg(means: Floats, mean_squares: Floats) -> Floats:
    """RMS angle (n,) about the mean, from means of unit vectors and of their squares, (n, 3)."""
    x, y, z = (mean_squares - means**2).T
    spread: Floats = np.degrees(np.sqrt(np.maximum(x + y + z, 0.0)))
    return spread
