"""Which movement, leg and mount is counted, and where that is known from."""

from __future__ import annotations

from dataclasses import dataclass

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Header
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import movement_named

AUTO = "auto"
"""Said instead of a movement: tell it from the first reps."""

DEFAULT_MOVEMENT, DEFAULT_LEG, DEFAULT_MOUNT = "generic", Leg.LEFT, Mount.THIGH


@dataclass(frozen=True, slots=True)
class Setup:
    """What is counted; `assumed` names the words that nobody said.

    Where the movement is to be told from the reps, it is `generic` and `is_auto` is set.
    """

    movement: Movement
    leg: Leg
    mount: Mount
    assumed: tuple[str, ...] = ()
    is_auto: bool = False

    @property
    def word(self) -> str:
        """What was asked for, as a recording says it of itself."""
        return AUTO if self.is_auto else self.movement.name


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user has said; None is "not said"."""

    movement: str | None = None
    leg: str | None = None
    mount: str | None = None


def setup(wishes: Wishes, header: Header) -> Setup:
    """The user's word, else the recording's, else the default.

    Raises `BadUsage` where the user's is wrong, `BadInput` where the recording's is.
    """
    movement = header.movement if wishes.movement is None else wishes.movement
    is_auto = str(movement).strip().lower() == AUTO
    known = DEFAULT_MOVEMENT if movement is None or is_auto else movement
    leg = header.leg if wishes.leg is None else Leg.named(wishes.leg)
    mount = header.mount if wishes.mount is None else Mount.named(wishes.mount)
    said = {"movement": movement, "leg": leg, "mount": mount}
    return Setup(
        movement=movement_named(known) if wishes.movement is not None else _told(known),
        leg=leg or DEFAULT_LEG,
        mount=mount or DEFAULT_MOUNT,
        assumed=tuple(word for word, value in said.items() if value is None),
        is_auto=is_auto,
    )


def _told(movement: str) -> Movement:
    """The movement that a recording says of itself."""
    try:
        return movement_named(movement)
    except BadUsage as error:
        raise BadInput(f"what it says of itself: {error}; name it with --movement") from None
