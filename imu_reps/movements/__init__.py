"""One file, one movement. A file that defines `MOVEMENT` is found; nothing has to be registered."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from imu_reps.core.movement import Movement
from imu_reps.core.words import unknown


@cache
def all_movements() -> dict[str, Movement]:
    """Every movement by its full name, in alphabetical order of the files."""
    modules = (
        importlib.import_module(f"{__name__}.{info.name}")
        for info in pkgutil.iter_modules(__path__)
    )
    found: list[Movement] = [module.MOVEMENT for module in modules]
    return {movement.name: movement for movement in found}


def movement_named(name: str) -> Movement:
    """The movement of that full or short name; raises `BadUsage` that offers the near ones."""
    known = all_movements()
    short = {movement.short_name: movement for movement in known.values()}
    wanted = str(name).strip().lower()
    if wanted in known:
        return known[wanted]
    if wanted in short:
        return short[wanted]
    raise unknown("movement", name, [*known, *short])
