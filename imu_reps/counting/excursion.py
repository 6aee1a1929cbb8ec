"""Angles out of a rest pose: how far, and along or across the way that the movement goes."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.motion.vectors import Pose, angles_deg, cross, dots, unit_vector

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A rest pose and, where known, the way the movement goes from it.

    `rest_up` (3,) unit vector; `way` (3,) unit vector perpendicular to it, or None.
    """

    rest_up: Floats
    way: Floats | None = None

    def excursion_deg(self, up: Floats) -> Floats:
        """How far (n,) the poses `up` (n, 3) are from rest, signed along the way if it is known."""
        if self.way is None:
            return angles_deg(up, self.rest_up)
        along = np.arctan2(dots(up, self.way), dots(up, self.rest_up))
        signed: Floats = np.degrees(along)
        return signed

    def holds(self, up: Floats, far_deg: float, slack_deg: float) -> Bools:
        """Which poses (n,) lie on the known way from rest to `far_deg`, or near it."""
        along_deg = self.excursion_deg(up)
        inside: Bools = (along_deg > -slack_deg) & (along_deg < far_deg + slack_deg)
        return inside & (np.abs(self.across_deg(up)) < slack_deg)

    def across_deg(self, up: Floats) -> Floats:
        """The tilt (n,) out of the plane of movement; the way must be known."""
        assert self.way is not None
        normal = cross(self.rest_up, self.way)
        tilt: Floats = np.degrees(np.arcsin(np.minimum(np.maximum(dots(up, normal), -1.0), 1.0)))
        return tilt

    def pose(self, excursion_deg: float) -> Floats:
        """The pose (3,) so far along the way, which must be known."""
        assert self.way is not None
        angle = np.radians(excursion_deg)
        pose: Floats = np.cos(angle) * self.rest_up + np.sin(angle) * self.way
        return pose

    def room(self, here: Pose, change_deg: float) -> float:
        """How far, a chord, one may go from the pose `here`, and the excursion along the known way
        changes by no more than `change_deg`: the less, the farther aside of the way.
        """
        assert self.way is not None
        along = sum(map(operator.mul, here, self.rest_up.tolist()))
        beyond = sum(map(operator.mul, here, self.way.tolist()))
        change = math.radians(min(change_deg, 90.0))
        if change <= 0.0 or abs(math.atan2(beyond, along)) + change >= math.pi:
            return 0.0
        in_plane = min(math.hypot(along, beyond), 1.0)
        return 2.0 * math.sin(math.asin(in_plane * math.sin(change)) / 2.0)

    def towards(self, far_up: Floats) -> Plane:
        """The plane through this rest pose and the pose `far_up` (3,)."""
        away = far_up - float(far_up @ self.rest_up) * self.rest_up
        length = float(np.sqrt(away @ away))
        if length < 1e-6:
            away, length = cross(self.rest_up, np.roll(self.rest_up, 1)), 1.0
        return Plane(self.rest_up, unit_vector(away))

    def moved(self, rest_up: Floats) -> Plane:
        """The same way from another rest pose."""
        plane = Plane(rest_up)
        return plane if self.way is None else plane.towards(unit_vector(rest_up + self.way))


def wander_deg(across_deg: Floats) -> float:
    """How far tilts (n,) out of the plane wander, RMS, a step that stays left out.

    A strap that slips in a rep steps aside once; a person who gets up goes aside and on.
    """
    n = len(across_deg)
    if n < 3:
        return 0.0
    count = np.arange(1, n)
    sums, squares = np.cumsum(across_deg), np.cumsum(across_deg * across_deg)
    before = sums[:-1] ** 2 / count
    after = (sums[-1] - sums[:-1]) ** 2 / (n - count)
    left = float(squares[-1] - (before + after).max())
    return float(np.sqrt(max(left, 0.0) / n))


def first_true(true: Bools) -> int | None:
    """The first of some rows (n,) that is true; None where none is."""
    if not len(true):
        return None
    i = int(true.argmax())
    return i if true[i] else None
