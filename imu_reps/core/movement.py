"""What a movement file says: how the segment moves, what each mount sees of it, its tempo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from imu_reps.core.words import Mount, Sight

Posture = Literal["standing", "supine", "prone", "any"]
Axis = Literal["lower", "either", "carried"]
Evidence = Literal["measured", "model", "judgement"]


@dataclass(frozen=True, slots=True)
class View:
    """What one mount sees: the excursion from rest end to far end, and where that is known from.

    `pitch_deg`: how far the segment leans backwards from where it is when one stands, at the rest
    end and at the far end. `reach_m`: how far the strap is from the axis that it turns about. Both
    are rough, a person's own may differ by 30 degrees and by half; None where nothing is known.
    `axis`: the joint that the segment turns about, as far as it stays in its place: at the lower
    end, at either end, or `carried` where the joints themselves move. `other_deg`: the excursion in
    another set-up that is usual, where it is another.
    """

    sight: Sight
    low_deg: float
    high_deg: float
    evidence: Evidence
    note: str = ""
    pitch_deg: tuple[float, float] | None = None
    reach_m: float | None = None
    axis: Axis = "carried"
    other_deg: tuple[float, float] | None = None

    @property
    def least_deg(self) -> float:
        """The least excursion that is usual in any set-up."""
        return min(self.low_deg, *(self.other_deg or (self.low_deg,)))

    @property
    def most_deg(self) -> float:
        """The largest excursion that is usual in any set-up."""
        return max(self.high_deg, *(self.other_deg or (self.high_deg,)))


@dataclass(frozen=True, slots=True)
class Tempo:
    """Usual seconds of a rep's three parts."""

    out_s: float
    hold_s: float
    back_s: float

    @property
    def total_s(self) -> float:
        """How long a rep lasts."""
        return self.out_s + self.hold_s + self.back_s


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement's profile.

    `views` has the mounts of which something is known; `wear` names the ones to recommend, best
    first. `posture` is the body's at the rest end; a `tempo` without a hold says that none is asked
    for.
    """

    name: str
    short_name: str
    title: str
    description: str
    posture: Posture

    tempo: Tempo
    target_reps: int
    views: Mapping[Mount, View]
    wear: tuple[Mount, ...]

    def view(self, mount: Mount) -> View:
        """What `mount` sees; a view of UNKNOWN sight where nothing is known."""
        return self.views.get(mount, _UNKNOWN)


_UNKNOWN = View(Sight.UNKNOWN, 0.0, 180.0, "judgement", "nothing is known: the data decide")
