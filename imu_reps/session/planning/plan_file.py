"""A plan as a TOML file: one `[[exercise]]` after the other.

[[exercise]]
movement = "bridge"
mount = "thigh"              # else the place that sees the movement best
legs = ["left", "right"]     # else both
order = "leg by leg"         # or "alternating"
sets = 3
reps = 8
hold_s = 2
tempo = "1-2-2"              # seconds out, held, back
rest_s = 60
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.words import Leg, Mount, unknown
from imu_reps.movements import movement_named
from imu_reps.session.planning.plan import REST_S, Exercise, Order, Plan, target, tempo_named
from imu_reps.session.setup import Setup

MOST_SETS, MOST_REPS = 50, 500
"""More is a slip of the finger."""

LONGEST_HOLD_S, LONGEST_REST_S = 60.0, 3600.0

_KEYS = (
    "movement",
    "mount",
    "legs",
    "order",
    "sets",
    "reps",
    "hold_s",
    "tempo",
    "rest_s",
)


def read_plan(path: Path) -> Plan:
    """The plan in a file; raises `BadInput` that names what is wrong in it."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: is no TOML ({error}); see `imu-reps live --help`") from None
    try:
        return _plan(told)
    except BadUsage as error:
        raise BadInput(f"{path}: {error}") from None


def _plan(told: Mapping[str, object]) -> Plan:
    _only(told, ("exercise",))
    exercises = told.get("exercise", [])
    if not isinstance(exercises, list) or not exercises:
        raise BadUsage("has no [[exercise]]; write one for each movement")
    return Plan(tuple(_exercise(one, number) for number, one in enumerate(exercises, start=1)))


def _exercise(told: object, number: int) -> Exercise:
    try:
        if not isinstance(told, Mapping):
            raise BadUsage("is no table; write [[exercise]]")
        _only(told, _KEYS)
        if "movement" not in told:
            raise BadUsage("names no movement; write one")
        movement = movement_named(str(told["movement"]))
        mount = Mount.named(str(told.get("mount", movement.wear[0])))
        legs = _legs(told.get("legs", list(Leg)))
        tempo = tempo_named(str(told["tempo"])) if "tempo" in told else None
        return Exercise(
            setup=Setup(movement, legs[0], mount),
            legs=legs,
            sets=int(_number(told, "sets", 1, MOST_SETS) or 1),
            target=target(_reps(told), _number(told, "hold_s", 0, LONGEST_HOLD_S), tempo),
            rest_s=REST_S if (s := _number(told, "rest_s", 0, LONGEST_REST_S)) is None else s,
            order=_order(str(told.get("order", "leg by leg"))),
        )
    except BadUsage as error:
        raise BadUsage(f"exercise {number}: {error}") from None


def _only(told: Mapping[str, object], known: tuple[str, ...]) -> None:
    for key in told:
        if key not in known:
            raise unknown("key", key, known)


def _legs(told: object) -> tuple[Leg, ...]:
    names = [told] if isinstance(told, str) else told
    if names == []:
        raise BadUsage('legs names no leg; write legs = ["left", "right"]')
    if not isinstance(names, list):
        raise BadUsage('legs is no list; write legs = ["left", "right"]')
    legs = tuple(Leg.named(str(name)) for name in names)
    if len(set(legs)) < len(legs):
        raise BadUsage("legs has one of them twice")
    return legs


def _order(name: str) -> Order:
    known: tuple[Order, ...] = get_args(Order)
    for order in known:
        if order == name:
            return order
    raise unknown("order", name, known)


def _reps(told: Mapping[str, object]) -> int | None:
    reps = _number(told, "reps", 1, MOST_REPS)
    return None if reps is None else int(reps)


def _number(told: Mapping[str, object], key: str, least: float, most: float) -> float | None:
    value = told.get(key)
    if value is None:
        return None
    whole = key in ("sets", "reps")
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise BadUsage(f"{key} = {value!r} is no {'whole ' if whole else ''}number")
    if not least <= value <= most:
        raise BadUsage(f"{key} = {value} is not between {least:g} and {most:g}")
    return float(value)
