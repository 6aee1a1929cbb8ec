"""What is to be trained: movements, legs, sets and their targets, step after step; no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from imu_reps.core.errors import BadUsage
from imu_reps.core.movement import Tempo
from imu_reps.core.words import Leg
from imu_reps.session.setup import Setup

REST_S = 60.0
"""Where a plan with several sets names no rest (domain: 60-90 s)."""

Order = Literal["leg by leg", "alternating"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a set is to reach; None is "as it comes"."""

    reps: int | None = None
    hold_s: float | None = None
    tempo: Tempo | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement of a session: `sets` for each of the `legs`; None is "until one has enough".

    `setup` says movement and mount; its leg is the first one. `rest_s` None: nobody is waiting.
    `sensors` is 2 where each leg wears one.
    """

    setup: Setup
    legs: tuple[Leg, ...]
    sets: int | None = None
    target: Target = Target()
    rest_s: float | None = None
    order: Order = "leg by leg"
    sensors: int = 1

    @property
    def straps(self) -> str:
        """Where the strap is, or both of them are, in words."""
        return f"{'strap on the' if self.sensors == 1 else 'a strap on each'} {self.setup.mount}"


@dataclass(frozen=True, slots=True)
class Step:
    """One set of one leg: the `number`-th of `sets`."""

    exercise: Exercise
    leg: Leg
    number: int

    @property
    def sets(self) -> int | None:
        return self.exercise.sets

    @property
    def target(self) -> Target:
        return self.exercise.target

    def again(self) -> Step:
        """The set after this one, where nobody has said how many there are."""
        return replace(self, number=self.number + 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The exercises of a session, one after the other; at least one."""

    exercises: tuple[Exercise, ...]

    @property
    def is_open(self) -> bool:
        """Whether it goes on until somebody ends it."""
        return any(exercise.sets is None for exercise in self.exercises)

    def steps(self) -> list[Step]:
        """All sets in their order; of an exercise without end only the first."""
        return [step for exercise in self.exercises for step in _steps(exercise)]


def _steps(exercise: Exercise) -> Iterator[Step]:
    numbers = range(1, (exercise.sets or 1) + 1)
    if exercise.sets is None:
        yield Step(exercise, exercise.legs[0], 1)
    elif exercise.order == "alternating":
        yield from (Step(exercise, leg, number) for number in numbers for leg in exercise.legs)
    else:
        yield from (Step(exercise, leg, number) for leg in exercise.legs for number in numbers)


def free(setup: Setup, wanted: Target | None = None) -> Plan:
    """No plan: sets of one leg as they come, each beside this target."""
    return Plan((Exercise(setup, (setup.leg,), target=wanted or Target()),))


def tempo_named(text: str) -> Tempo:
    """Seconds out, held and back, as in `1-2-2`; raises `BadUsage`."""
    try:
        out_s, hold_s, back_s = map(float, text.split("-"))
    except ValueError:
        out_s = hold_s = back_s = float("nan")
    if not (0 < out_s <= 20 and 0 <= hold_s <= 60 and 0 < back_s <= 20):
        raise BadUsage(f"{text!r} is no tempo: seconds out, held and back, as in 1-2-2")
    return Tempo(out_s, hold_s, back_s)


def tempo_text(tempo: Tempo) -> str:
    """`1-2-2`."""
    return "-".join(f"{part:g}" for part in (tempo.out_s, tempo.hold_s, tempo.back_s))


def target(reps: int | None, hold_s: float | None, tempo: Tempo | None) -> Target:
    """The target these words name; raises `BadUsage` where two of them differ."""
    if tempo is not None and hold_s is not None and hold_s != tempo.hold_s:
        raise BadUsage(
            f"a hold of {hold_s:g} s and a tempo of {tempo_text(tempo)} differ; say one of them"
        )
    held_s = tempo.hold_s if tempo is not None and hold_s is None else hold_s
    return Target(reps, held_s or None, tempo)
