"""What has been before: from where on a set may begin, and how the last sets went."""

from __future__ import annotations

from dataclasses import dataclass

from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import hides_s

SAME_PART = 0.6
"""Cosine of some 50 degrees: as far as one movement's ways differ in a strap that slips."""


@dataclass(slots=True)
class Since:
    """Where sets may begin: none before `row`; and the `breaks`, rows with the seconds that are
    missing before them, where a rep may be missing.
    """

    row: int = 0
    breaks: tuple[tuple[int, float], ...] = ()

    def hiding(self, strokes_s: float) -> list[int]:
        """The rows before which a rep with such strokes may be missing."""
        return [row for row, missing_s in self.breaks if missing_s >= hides_s(strokes_s)]


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How the reps of a set go: the plane of one of them, and how far as a rule."""

    plane: Plane
    range_deg: float

    def rest(self, plane: Plane) -> int | None:
        """Which end of the plane's way is rest where reps go so; None where neither is."""
        if plane.way is None or self.plane.way is None:
            return None
        along = float(plane.way @ self.plane.way)
        return None if abs(along) < SAME_PART else int(along < 0)


@dataclass(frozen=True, slots=True)
class Courses:
    """How the set that goes on is done, `known`, and the one before it, `usual`."""

    known: Course | None = None
    usual: Course | None = None

    def rests(self, plane: Plane) -> tuple[int | None, int | None]:
        """Which end of the plane's way is rest in the one and in the other."""
        return (
            self.known.rest(plane) if self.known else None,
            self.usual.rest(plane) if self.usual else None,
        )

    def range_deg(self, plane: Plane, rest: int) -> float | None:
        """How far their reps go from this end of the plane's way, those of the set that goes on
        first; None where neither are done so.
        """
        for course in (self.known, self.usual):
            if course is not None and course.rest(plane) == rest:
                return course.range_deg
        return None
