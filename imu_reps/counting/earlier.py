"""What has been before: from where on a set may begin, and how the set before it went."""

from __future__ import annotations

from dataclasses import dataclass

from imu_reps.core.samples import Floats
from imu_reps.counting.limits import FULL_PART, OVER_TIMES, hides_s


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


@dataclass(frozen=True, slots=True)
class Ways:
    """Where reps go (3,): `known` in the set that goes on, `usual` in the one before, in which they
    went as far as `usual_deg`, 0 where nobody knows it.
    """

    known: Floats | None = None
    usual: Floats | None = None
    usual_deg: float = 0.0

    def goes_on(self, size_deg: float, *, along: bool) -> bool | None:
        """Whether reps that go so far are as those of the set before, along the same way; None
        where it tells nothing of them. What goes less far may be partial attempts, what goes much
        farther is something else.
        """
        part = size_deg / self.usual_deg if self.usual_deg else 0.0
        if part > OVER_TIMES or (along and 0.0 < part < FULL_PART):
            return False
        return True if along and 0.0 < part < 1.0 / FULL_PART else None
