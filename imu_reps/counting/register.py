"""What is told of sets: each with its number, each rep with its number in it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from imu_reps.core.events import Event, Partial, Rep, SetEnd, SetStart
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.limits import SHORTEST_REP_S, SHORTEST_S
from imu_reps.counting.measure import Measures


class Register:
    """Measures in, events out; a set starts with the first of them after the end of another."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._movement, self._leg, self._mount = movement.name, leg, mount
        self._reps = self._partials = 0
        self._told_s = -np.inf
        self.sets = 0
        self.begun = False
        """Whether a set has started and not ended."""

    def add(self, measures: Measures, *, partial: bool) -> list[Event]:
        """An attempt of the set that goes on, or of a new one.

        What is left of one after those before it may be over too soon to be one.
        """
        measures = measures.after(self._told_s)
        if measures.lasts_s < (SHORTEST_S if partial else SHORTEST_REP_S):
            return []
        self._told_s = measures.end_s
        started = [] if self.begun else [self._start(measures.start_s)]
        return [*started, self._partial(measures) if partial else self._rep(measures)]

    def end(self) -> list[Event]:
        """The set is over, if one has started."""
        if not self.begun:
            return []
        self.begun = False
        return [SetEnd(self.sets, self._reps, self._partials, self._told_s)]

    def _start(self, time_s: float) -> Event:
        self.begun, self._reps, self._partials = True, 0, 0
        self.sets += 1
        return SetStart(self.sets, self._movement, self._leg, self._mount, time_s)

    def _rep(self, measures: Measures) -> Event:
        self._reps += 1
        return Rep(
            set=self.sets,
            number=self._reps,
            movement=self._movement,
            leg=self._leg,
            mount=self._mount,
            **_by_name(measures),
        )

    def _partial(self, measures: Measures) -> Event:
        self._partials += 1
        return Partial(
            set=self.sets,
            movement=self._movement,
            leg=self._leg,
            mount=self._mount,
            reason="range",
            **_by_name(measures),
        )


def _by_name(measures: Measures) -> dict[str, float]:
    """Its numbers by their names; `asdict` copies each of them, and takes ten times as long."""
    return {field.name: getattr(measures, field.name) for field in fields(measures)}
