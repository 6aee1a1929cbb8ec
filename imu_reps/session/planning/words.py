"""What a user has said of a session, the plan that it makes, and what was said last time."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from imu_reps.core.errors import BadUsage, ImuRepsError
from imu_reps.core.frames import Header
from imu_reps.core.words import Leg
from imu_reps.session.places import data_folder
from imu_reps.session.planning.plan import REST_S, Exercise, Order, Plan, target, tempo_named
from imu_reps.session.planning.plan_file import read_plan
from imu_reps.session.setup import Wishes, setup

_OPTIONS = {"hold_s": "hold", "rest_s": "rest", "order": "alternate"}
"""What some of the words are called on the command line."""


_NUMBERS = ("sets", "reps", "hold_s", "rest_s")


@dataclass(frozen=True, slots=True)
class Words:
    """As `live` was told; None is "not said"."""

    movement: str | None = None
    leg: str | None = None
    mount: str | None = None
    sets: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    tempo: str | None = None
    rest_s: float | None = None
    order: Order | None = None
    plan: str | None = None

    @property
    def names(self) -> list[str]:
        """What was said, by name."""
        return [item.name for item in fields(self) if getattr(self, item.name) is not None]


def plan_of(words: Words) -> Plan:
    """The plan that these words make; raises `BadUsage` where they do not go together.

    With a number of sets and no leg, both legs are trained. Without one it goes on until somebody
    ends it.
    """
    if words.plan is not None:
        others = [name for name in words.names if name != "plan"]
        if others:
            options = " and ".join(f"--{_OPTIONS.get(name, name)}" for name in others)
            raise BadUsage(f"a plan file says it all: leave out {options}")
        return read_plan(Path(words.plan))
    chosen = setup(Wishes(words.movement, words.leg, words.mount), Header())
    tempo = None if words.tempo is None else tempo_named(words.tempo)
    wanted = target(words.reps, words.hold_s, tempo)
    both = words.sets is not None and words.leg is None
    legs = (chosen.leg, chosen.leg.other) if both else (chosen.leg,)
    rest_s = words.rest_s if words.rest_s is not None or words.sets is None else REST_S
    order: Order = words.order or "leg by leg"
    return Plan((Exercise(chosen, legs, words.sets, wanted, rest_s, order),))


def words_text(words: Words) -> str:
    """The words in a line, for who is asked whether it shall be so again."""
    if words.plan is not None:
        return f"the plan {words.plan}"
    told = [words.movement or "generic"]
    told.append("both legs" if words.leg is None and words.sets else f"{words.leg or Leg.LEFT} leg")
    if words.mount is not None:
        told.append(f"strap on the {words.mount}")
    if words.sets is not None:
        told.append(f"{words.sets} sets" + ("" if words.reps is None else f" of {words.reps}"))
    elif words.reps is not None:
        told.append(f"{words.reps} reps")
    if words.hold_s is not None:
        told.append(f"hold {words.hold_s:g} s")
    if words.tempo is not None:
        told.append(f"tempo {words.tempo}")
    if words.rest_s is not None:
        told.append(f"rest {words.rest_s:g} s")
    return ", ".join(told)


def plan_text(plan: Plan) -> str:
    """What is going to be counted, in a line."""
    told = []
    for exercise in plan.exercises:
        setup = exercise.setup
        name = "whatever it is" if setup.is_auto else setup.movement.name
        legs = (
            "both legs"
            if len(exercise.legs) > 1 or exercise.sensors > 1
            else f"{exercise.legs[0]} leg"
        )
        told.append(f"{name}, {legs}, {exercise.straps}")
    return "; then ".join(told)


def last_words() -> Words | None:
    """What was said last time; None where nothing was, or where it makes no plan any more."""
    try:
        words = Words(**json.loads(_path().read_text(encoding="utf-8")))
        plan_of(words)
    except (OSError, ValueError, TypeError, ImuRepsError):
        return None
    is_sound = all(
        isinstance(value, int | float | None if name in _NUMBERS else str | None)
        for name, value in asdict(words).items()
    )
    return words if is_sound else None


def remember(words: Words) -> None:
    """Keep these words for the next time; whoever has no room for them does without."""
    with suppress(OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps(asdict(words)), encoding="utf-8")


def _path() -> Path:
    return data_folder() / "last.json"
