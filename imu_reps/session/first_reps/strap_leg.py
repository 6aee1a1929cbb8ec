"""Does the leg that is said to wear the strap wear it? The first reps of a named movement tell.

When the strap stays on one leg, its place changes with the leg that works, and is easily said
wrongly. Counts, holds and tempo are the same in both places, range and speed are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imu_reps.core.events import Event, Rep, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Mount, Sight
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip
from imu_reps.session.first_reps.first_look import Look, Watch
from imu_reps.session.first_reps.likeness import SURE, by_movement, elsewhere, guesses, places
from imu_reps.session.setup import Setup

REPS = 2
"""So many reps are looked at, as many as name a movement."""

UNSEEN = (Sight.BLIND, Sight.UNKNOWN)


def strap_leg(setup: Setup) -> StrapLeg | None:
    """Who looks at a strap; None where only one leg's could see the movement at all."""
    other = setup.mount.on_other_leg
    places = (setup.mount, other)
    if any(place is None or setup.movement.view(place).sight in UNSEEN for place in places):
        return None
    return StrapLeg(setup.movement, setup.mount)


class StrapLeg:
    """Events in, the same out, and a warning where the other leg seems to wear the strap.

    It looks once, at the first reps after the strap was put on, and then forgets what it saw.
    """

    def __init__(self, movement: Movement, mount: Mount) -> None:
        self._movement = movement
        self._mount = mount
        self._watch: Watch | None = Watch()
        self._reps: list[Rep] = []

    def watch(self, samples: Samples) -> None:
        """Take in the samples of the events that come next."""
        if self._watch is not None:
            self._watch.forget()
            self._watch.update(samples)

    def see(self, item: Poses | Slip) -> None:
        """Take in the poses that were tracked from them, and the strap's slips."""
        if self._watch is not None:
            self._watch.see(item)

    def strap_moved(self) -> None:
        """The strap has been taken off and put on: it may be on another leg now."""
        self._watch, self._reps = Watch(), []

    def update(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, and after the second rep of a set what is to be said of the strap."""
        for event in events:
            yield event
            if self._watch is None:
                continue
            if isinstance(event, SetStart):
                self._reps = []
            elif isinstance(event, Rep):
                self._reps.append(event)
                if len(self._reps) == REPS:
                    yield from self._verdict(self._watch)
                    self._watch = None

    def _verdict(self, watch: Watch) -> Iterator[Warn]:
        look = watch.look(self._reps)
        worn = elsewhere(places(self._movement, look, self._mount), self._mount)
        if worn is None or self._is_another(look):
            return
        yield Warn(
            "other_leg",
            f"the strap seems to be on the {worn.mount} rather than on the {self._mount} "
            f"({worn.confidence:.0%} sure): say --mount {worn.mount}, or put it on the other "
            "leg",
        )

    def _is_another(self, look: Look) -> bool:
        """Whether it is surely another movement than was named: that tells nothing of the strap."""
        likeliest, sure = by_movement(guesses(look, self._mount))[0]
        return likeliest is not self._movement and sure >= SURE
