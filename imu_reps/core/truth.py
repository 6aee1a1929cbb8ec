"""What really happened in a recording, by the definitions that counting is scored with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from imu_reps.core.words import Leg, Mount

Kind = Literal["rep", "partial"]


@dataclass(frozen=True, slots=True)
class TrueRep:
    """One attempt as it was: its kind, first and last moment at 10 % of its peak, hold, range."""

    kind: Kind
    start_s: float
    end_s: float
    hold_s: float
    rom_deg: float


@dataclass(frozen=True, slots=True)
class Truth:
    """The attempts of one recording in order of time."""

    movement: str
    leg: Leg
    mount: Mount
    reps: tuple[TrueRep, ...]

    def count(self, kind: Kind) -> int:
        """How many attempts of that kind there were."""
        return sum(rep.kind == kind for rep in self.reps)
