"""What is to be said at a moment: every cue is a text, and some are also a sound and a flash."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imu_reps.core.words import Mount
from imu_reps.session.planning.plan import Step


class Kind(StrEnum):
    """What a cue is about."""

    REP = "rep"
    HOLD = "hold reached"
    PARTIAL = "partial"
    LAST_REP = "last rep"
    REST_OVER = "rest over"
    LOST = "sensor lost"
    FOUND = "sensor found"
    BEGIN = "set begins"
    TICK = "countdown"
    NEXT = "what comes next"
    DONE = "session done"
    WARNING = "warning"
    KEY = "answer to a key"


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say, `time_s` after the recording's first sample."""

    kind: Kind
    text: str
    time_s: float


def step_text(step: Step) -> str:
    """Which set of which leg: `right leg, set 1 of 3`."""
    of = "" if step.sets is None else f" of {step.sets}"
    return f"{step.leg} leg, set {step.number}{of}"


def change_text(before: Step, after: Step) -> str | None:
    """What is to be moved before the next set; None where nothing is."""
    setup, mount = after.exercise.setup, after.exercise.setup.mount
    if setup.movement is not before.exercise.setup.movement:
        return f"next the {setup.movement.short_name}, {after.leg} leg: {after.exercise.straps}"
    if after.leg is before.leg:
        return None if mount is before.exercise.setup.mount else f"move the strap to the {mount}"
    if after.exercise.sensors > 1:
        return f"now the {after.leg} leg"
    if mount is Mount.CHEST:
        return f"now the {after.leg} leg: the strap stays"
    if mount.startswith("free-"):
        place = f"{after.leg.other} {mount.removeprefix('free-')}"
        return f"now the {after.leg} leg: move the strap to the {place}"
    return f"now the {after.leg} leg: move the strap"
