"""Which movement is it, and which leg wears the strap? Told from the first reps of a set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Mount
from imu_reps.movements import movement_named
from imu_reps.session.first_look import Watch
from imu_reps.session.likeness import Guess, guesses

REPS = 2
"""So many reps are looked at before the movement is named."""

SURE = 0.65
"""A name is told from here on; below, the set stays `generic`."""


def by_movement(found: list[Guess]) -> list[tuple[Movement, float]]:
    """How likely each movement is, wherever the strap is, the likeliest first."""
    shares: dict[str, float] = {}
    for guess in found:
        name = guess.movement.name
        shares[name] = shares.get(name, 0.0) + guess.confidence
    ranked = sorted(shares.items(), key=lambda share: -share[1])
    return [(movement_named(name), share) for name, share in ranked]


class AutoNamer:
    """Events of `generic` sets in, the same with the movement's name out, once it is known."""

    def __init__(self, mount: Mount) -> None:
        self._mount = mount
        self._watch = Watch()
        self._held: list[Event] | None = None
        self._name: str | None = None

    def watch(self, samples: Samples) -> None:
        """Take in the samples of the events that come next."""
        if self._held is None:
            self._watch.forget()
        self._watch.update(samples)

    def strap_moved(self) -> None:
        """The strap has been taken off and put on: how it sat on the limb tells nothing now."""
        self._watch = Watch()

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
        if reps:
            yield self._verdict(guesses(self._watch.look(reps), self._mount))
        yield from map(self._named, held)

    def _verdict(self, found: list[Guess]) -> Warn:
        ranked = by_movement(found)
        movement, sure = ranked[0]
        if sure < SURE:
            names = ", ".join(f"{one.short_name} {share:.0%}" for one, share in ranked[:3])
            return Warn(
                "movement_unknown",
                f"cannot tell the movement ({names}): counted as generic, name it by --movement",
            )
        self._name = movement.name
        text = f"this is taken for the {movement.name} ({sure:.0%} sure)"
        return Warn(
            "movement", text + self._elsewhere([g for g in found if g.movement is movement])
        )

    def _elsewhere(self, found: list[Guess]) -> str:
        """What is said of a strap that the other leg seems to wear, of one movement's guesses."""
        best, total = found[0], sum(guess.confidence for guess in found)
        part = best.confidence / total
        if best.mount is self._mount or part < SURE:
            return ""
        place = f"the {best.mount} rather than on the {self._mount} ({part:.0%} sure)"
        return f", with the strap on {place}"

    def _named(self, event: Event) -> Event:
        if self._name is None or not isinstance(event, SetStart | Rep | Partial):
            return event
        return replace(event, movement=self._name)
