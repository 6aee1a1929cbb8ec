"""What a rep cycle has to tell: an attempt, or that it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imu_reps.counting.excursion import Plane


class Phase(StrEnum):
    """Where in the rep the segment is."""

    REST = "rest"
    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """One way out and back, by rows of the track, and the plane it went in.

    `left` is the last row of the rest before it, `leave` the row at which the machine saw it go,
    `far` the row of the peak, `row` the one at which it was known to be over. `cut` marks an
    attempt that the data ended, `unseen` one with a gap in it in which a rep may hide. The plane is
    the attempt's own, through its rest and its far end; `moved_deg` is how far that rest pose had
    jumped from the one before.
    """

    left: int
    leave: int
    far: int
    row: int
    plane: Plane
    peak_deg: float
    cut: bool = False
    unseen: bool = False
    moved_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Lost:
    """The segment has not set out for long, or not come back in time."""

    row: int


Outcome = Attempt | Lost
