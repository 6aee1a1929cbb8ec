"""Counts reps, times holds and compares left and right from one IMU on the leg.

`replay(path)` gives a recording's events, `summarize(paths)` the balance of left and right.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imu_reps.core.errors import BadInput, BadUsage, ImuRepsError
    from imu_reps.core.events import Gap, Partial, Rep, SetEnd, SetStart, Summary, Warn
    from imu_reps.session.afterwards.summarize import summarize
    from imu_reps.session.stream.replay import replay

__all__ = [
    "BadInput",
    "BadUsage",
    "Gap",
    "ImuRepsError",
    "Partial",
    "Rep",
    "SetEnd",
    "SetStart",
    "Summary",
    "Warn",
    "replay",
    "summarize",
]

_HOMES = {
    "replay": "imu_reps.session.stream.replay",
    "summarize": "imu_reps.session.afterwards.summarize",
    "BadInput": "imu_reps.core.errors",
    "BadUsage": "imu_reps.core.errors",
    "ImuRepsError": "imu_reps.core.errors",
}


def __dir__() -> list[str]:
    """What a notebook offers to complete, before any of it has been imported."""
    return __all__


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the command line starts in no time."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES.get(name, "imu_reps.core.events")), name)
