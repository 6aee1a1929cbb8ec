"""The words of the trade that are sets of names: legs, mounts, and how well a mount sees.

And two pieces of English that everybody needs: an unknown name, and a number of things.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from imu_reps.core.errors import BadUsage


def unknown(kind: str, name: str, known: Iterable[str]) -> BadUsage:
    """The error for a name nobody knows, with the nearest ones that are known."""
    names, name = list(dict.fromkeys(known)), str(name)
    near = difflib.get_close_matches(name.lower(), names, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(names)}"
    return BadUsage(f"unknown {kind} {name!r}: {hint}")


def many(count: float | None, what: str) -> str:
    """A number of things: `1 rep`, `2 reps`."""
    return f"{count} {what}" + ("" if count == 1 else "s")


class _Word(StrEnum):
    @classmethod
    def named(cls, name: str) -> Self:
        """The member of that name; raises `BadUsage` that offers the near ones."""
        try:
            return cls(str(name).strip().lower())
        except ValueError:
            raise unknown(cls.__name__.lower(), name, [member.value for member in cls]) from None


class Leg(_Word):
    """The working leg, the one that is trained."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Leg:
        return Leg.RIGHT if self is Leg.LEFT else Leg.LEFT


class Mount(_Word):
    """Where the strap is; `free-` is on the leg that is not trained."""

    THIGH = "thigh"
    ANKLE = "ankle"
    FREE_THIGH = "free-thigh"
    FREE_ANKLE = "free-ankle"
    CHEST = "chest"

    @property
    def on_other_leg(self) -> Mount | None:
        """The same place on the other leg; None for the chest."""
        if self is Mount.CHEST:
            return None
        free = "free-"
        return Mount(self.removeprefix(free) if self.startswith(free) else free + self)


class Sight(StrEnum):
    """How well a mount sees a movement, by the excursion it goes through."""

    GOOD = "GOOD"
    FAIR = "FAIR"
    WEAK = "WEAK"
    BLIND = "BLIND"
    UNKNOWN = "UNKNOWN"
