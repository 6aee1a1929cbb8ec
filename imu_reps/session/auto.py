"""Which movement is it? Told from the first reps of a set: how far, in what rhythm, how steady.

Each movement that the strap's place can see is weighed by how well the reps fit its profile; what
a profile says of people is spread as people are (range and tempo by a third and more), so that
only what differs between movements decides. The strap's own turn on the limb is unknown, so where
up is tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.words import Mount, Sight
from imu_reps.movements import all_movements

REPS = 2
"""So many reps are looked at before the movement is named."""

SURE = 0.7
"""A name is told from here on; below, the set stays `generic`."""

ELSEWHERE = 0.2
"""How likely the strap is taken to be on the leg that the user has not named."""

RANGE_SPREAD, RHYTHM_SPREAD, SWAY_SPREAD = 0.3, 0.25, 0.7
"""Standard deviations of the logarithms: people's ranges (some 40 % either way), the parts of a
rep that are out and hold, and their sway.
"""

SWAY_DEG = {"standing": 1.5, "supine": 0.6, "prone": 0.7, "any": 0.8}
"""Usual wobble in a posture (domain: 0.3-1 degrees lying, 1-5 on one leg)."""

SLOW_PART, SEEN_PART = 0.087, 0.667
"""Of a minimum-jerk stroke: what counts to the hold, and what is left of it for out or back."""

SHORTEST_STROKE_S = 0.2
"""What is seen of a stroke may be next to nothing; no stroke is quicker."""

_OTHER = {
    Mount.THIGH: Mount.FREE_THIGH,
    Mount.FREE_THIGH: Mount.THIGH,
    Mount.ANKLE: Mount.FREE_ANKLE,
    Mount.FREE_ANKLE: Mount.ANKLE,
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A movement, the place of the strap in it, and how likely both are, 0 to 1."""

    movement: Movement
    mount: Mount
    confidence: float


def guesses(reps: list[Rep], mount: Mount) -> list[Guess]:
    """What these reps may be, the likeliest first; empty where there are no reps."""
    if not reps:
        return []
    found = [
        Guess(
            movement, place, _weight(movement, place, reps) * (1 if place is mount else ELSEWHERE)
        )
        for movement in all_movements().values()
        for place, here in ((mount, True), (_OTHER.get(mount), False))
        if place is not None and movement.view(place).sight not in (Sight.BLIND, Sight.UNKNOWN)
    ]
    total = max(sum(guess.confidence for guess in found), 1e-300)
    shares = [replace(guess, confidence=guess.confidence / total) for guess in found]
    return sorted(shares, key=lambda guess: -guess.confidence)


def _weight(movement: Movement, place: Mount, reps: list[Rep]) -> float:
    """How likely such reps are in this movement, up to a common factor."""
    view, tempo = movement.view(place), movement.tempo
    out_s, hold_s, back_s, rom_deg, wobble_deg = np.median(
        [[rep.out_s, rep.hold_s, rep.back_s, rep.rom_deg, rep.wobble_deg] for rep in reps], axis=0
    )
    out_s, back_s = max(out_s, SHORTEST_STROKE_S), max(back_s, SHORTEST_STROKE_S)
    middle_deg = np.sqrt(max(view.low_deg, 1.0) * view.high_deg)
    spread = np.hypot(RANGE_SPREAD, np.log(view.high_deg / max(view.low_deg, 1.0)) / 4)
    strokes_s = tempo.out_s + tempo.back_s
    usual = (tempo.hold_s + SLOW_PART * strokes_s) / (SEEN_PART * strokes_s)
    held = max(hold_s, 0.1) / (out_s + back_s)
    squares = [
        (np.log(rom_deg / middle_deg) / spread) ** 2,
        (np.log(out_s * tempo.back_s / (back_s * tempo.out_s)) / RHYTHM_SPREAD) ** 2,
        (np.log(held / usual) / RHYTHM_SPREAD) ** 2,
        (np.log(max(wobble_deg, 0.05) / SWAY_DEG[movement.posture]) / SWAY_SPREAD) ** 2,
    ]
    return float(np.exp(-0.5 * sum(squares)) / spread)


class AutoNamer:
    """Events of `generic` sets in, the same with the movement's name out, once it is known."""

    def __init__(self, mount: Mount) -> None:
        self._mount = mount
        self._held: list[Event] | None = None
        self._name: str | None = None

    def update(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, those of a set's beginning when its movement is known."""
        for event in events:
            if isinstance(event, SetStart):
                self._held, self._name = [], None
            if self._held is None:
                yield self._named(event)
                continue
            self._held.append(event)
            if isinstance(event, SetEnd) or self._count() >= REPS:
                yield from self._release()

    def _count(self) -> int:
        return sum(isinstance(event, Rep) for event in self._held or [])

    def _release(self) -> Iterator[Event]:
        held, self._held = self._held or [], None
        reps = [event for event in held if isinstance(event, Rep)]
        found = guesses(reps, self._mount) if reps else []
        if found:
            yield self._verdict(found)
        yield from map(self._named, held)

    def _verdict(self, found: list[Guess]) -> Warn:
        best = found[0]
        of_best = sum(g.confidence for g in found if g.movement is best.movement)
        if of_best < SURE:
            names = ", ".join(f"{g.movement.short_name} {g.confidence:.0%}" for g in found[:3])
            return Warn(
                "movement_unknown",
                f"cannot tell the movement ({names}): counted as generic, name it by --movement",
            )
        self._name = best.movement.name
        text = f"this is taken for the {best.movement.name} ({of_best:.0%} sure)"
        if best.mount is not self._mount:
            text += f", with the strap on the {best.mount} rather than on the {self._mount}"
        return Warn("movement", text)

    def _named(self, event: Event) -> Event:
        if self._name is None or not isinstance(event, SetStart | Rep | Partial):
            return event
        return replace(event, movement=self._name)
