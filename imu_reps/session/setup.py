"""Which movement, leg and mount is counted, and where that is known from."""

from __future__ import annotations

from dataclasses import dataclass

from imu_reps.core.frames import Header
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import movement_named

DEFAULT_MOVEMENT, DEFAULT_LEG, DEFAULT_MOUNT = "generic", Leg.LEFT, Mount.THIGH


@dataclass(frozen=True, slots=True)
class Setup:
    """What is counted; `assumed` names the words that nobody said."""

    movement: Movement
    leg: Leg
    mount: Mount
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user has said; None is "not said"."""

    movement: str | None = None
    leg: str | None = None
    mount: str | None = None


def setup(wishes: Wishes, header: Header) -> Setup:
    """The user's word, else the recording's, else the default; raises `BadUsage` on a wrong one."""
    movement = header.movement if wishes.movement is None else wishes.movement
    leg = header.leg if wishes.leg is None else Leg.named(wishes.leg)
    mount = header.mount if wishes.mount is None else Mount.named(wishes.mount)
    said = {"movement": movement, "leg": leg, "mount": mount}
    return Setup(
        movement=movement_named(DEFAULT_MOVEMENT if movement is None else movement),
        leg=leg or DEFAULT_LEG,
        mount=mount or DEFAULT_MOUNT,
        assumed=tuple(word for word, value in said.items() if value is None),
    )
