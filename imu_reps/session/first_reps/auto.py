"""Which movement is it, and which leg wears the strap? Told from the first reps of a set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Mount
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip
from imu_reps.session.first_reps.first_look import Watch
from imu_reps.session.first_reps.likeness import Guess, by_movement, elsewhere, guesses, named
from imu_reps.session.setup import DEFAULT_MOVEMENT

REPS = 2
"""So many reps are looked at before the movement is named."""


def _word(movement: Movement) -> str:
    return "another" if movement.name == DEFAULT_MOVEMENT else movement.short_name


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

    def see(self, item: Poses | Slip) -> None:
        """Take in the poses that were tracked from them, and the strap's slips."""
        self._watch.see(item)

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
        told = named(found)
        if told is None:
            shares = ", ".join(f"{_word(one)} {share:.0%}" for one, share in by_movement(found)[:3])
            return Warn(
                "movement_unknown",
                f"cannot tell the movement ({shares}): counted as generic, name it by --movement",
            )
        movement, sure = told
        self._name = movement.name
        text = f"this is taken for the {movement.name} ({sure:.0%} sure)"
        worn = elsewhere([guess for guess in found if guess.movement is movement], self._mount)
        if worn is not None:
            text += (
                f", with the strap on the {worn.mount} rather than on the {self._mount} "
                f"({worn.confidence:.0%} sure)"
            )
        return Warn("movement", text)

    def _named(self, event: Event) -> Event:
        if self._name is None or not isinstance(event, SetStart | Rep | Partial):
            return event
        return replace(event, movement=self._name)
