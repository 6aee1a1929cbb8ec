"""How a strap sits on its limb: the turns by which it has slipped, and frames before and after."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.vectors import dots, length, rotation

ONCE_S = 20.0
"""What comes again so soon is a movement of the limb, whatever it looks like; but what goes back
as it came was a roll of the limb about its own axis, and is taken out with it.
"""

BESIDE_S = 0.08
"""So long before and after a slip the samples are of neither side of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """The strap has slipped: from when until when, how far (0 where it only went back), and the
    turn (3, 3) from the sensor's frame since then to the one before all slips.
    """

    begin_s: float
    time_s: float
    moved_deg: float
    turn: Floats


def fastened(samples: Samples, slips: Iterable[Slip]) -> Samples:
    """The samples as they would be had the strap not slipped, by these slips in their order; on a
    straight line while it did.
    """
    slips = list(slips)
    if not slips:
        return samples
    felt = [samples.acc_ms2] if samples.gyr_rads is None else [samples.acc_ms2, samples.gyr_rads]
    was = [values.copy() for values in felt]
    for slip in slips:
        edges_s = [slip.begin_s - BESIDE_S, slip.time_s + BESIDE_S]
        first, last = samples.time_s.searchsorted(edges_s)
        for values, before in zip(felt, was, strict=True):
            before[last:] = _in_frame(values[last:], slip.turn)
            if 0 < first <= last < len(values):
                before[first:last] = np.linspace(before[first - 1], before[last], last - first)
    return Samples(samples.time_s, *was)


class Strap:
    """What is known of a strap, from one stretch to the next."""

    def __init__(self) -> None:
        self._turn: Floats | None = None
        """(3, 3), from the sensor's frame as it is now to that before all slips, if any."""
        self._last_s = -math.inf
        self._may_return: Floats | None = None
        """The last slip (3,), from which it may still go back."""
        self._slips: list[Slip] = []

    def move(self) -> None:
        """It has been taken off and put on elsewhere: now it has not slipped."""
        self._turn, self._last_s, self._may_return = None, -math.inf, None

    def slips(self) -> list[Slip]:
        """Those that have been found since this was asked."""
        found, self._slips = self._slips, []
        return found

    def before(self, up: Floats) -> Floats:
        """The poses `up` (n, 3) as they would be had the strap never slipped."""
        return up if self._turn is None else _in_frame(up, self._turn)

    def slipped_deg(self, turned_rad: Floats, time_s: float) -> float | None:
        """How far it slips by a turn like a slip (3,), 0 where it only goes back; None where that
        is a movement, as another came shortly before. The next is judged by this one.
        """
        is_new, self._last_s = time_s - self._last_s > ONCE_S, time_s
        gone, self._may_return = self._may_return, turned_rad if is_new else None
        if is_new:
            return math.degrees(length(turned_rad))
        return 0.0 if gone is not None and length(turned_rad + gone) < length(gone) / 2 else None

    def take_out(self, turned_rad: Floats, moved_deg: float, begin_s: float, time_s: float) -> None:
        """It has slipped by this vector (3,) in the sensor's frame, from when until when."""
        turn = rotation(turned_rad)
        self._turn = turn if self._turn is None else self._turn @ turn
        self._slips.append(Slip(begin_s, time_s, moved_deg, self._turn))


def _in_frame(vectors: Floats, turn: Floats) -> Floats:
    """Vectors (n, 3) in the frame that a turn (3, 3) leads to."""
    return np.array([dots(vectors, row) for row in turn]).T
