"""The truth beside a recording, `NAME.truth.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.truth import TrueRep, Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of
from imu_reps.formats.files import created
from imu_reps.formats.raw import SUFFIX, is_capture
from imu_reps.formats.rows import opened

_NAMES = tuple(field.name for field in fields(TrueRep))
"""What is read of each attempt; a file may tell more."""


def truth_path(recording: Path) -> Path:
    """Where the truth of a recording stands."""
    suffix = SUFFIX if is_capture(recording) else format_of(recording).suffix
    return recording.with_name(recording.name[: -len(suffix)] + ".truth.json")


def read_truth(path: Path) -> Truth:
    """The truth in a file; raises `BadInput` with the cause."""
    with opened(path) as file:
        text = file.read()
    try:
        told = json.loads(text)
        return Truth(
            movement=str(told["movement"]),
            leg=Leg.named(told["leg"]),
            mount=Mount.named(told["mount"]),
            reps=tuple(TrueRep(*(rep[name] for name in _NAMES)) for rep in told["reps"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, BadUsage) as error:
        raise BadInput(f"{path}: not a truth file ({error}); make it again") from None


def write_truth(path: Path, truth: Truth) -> None:
    """Write a new truth file, one rep a line."""
    head = {"movement": truth.movement, "leg": truth.leg, "mount": truth.mount}
    reps = [json.dumps(asdict(rep)) for rep in truth.reps]
    with created(path) as file:
        file.write(json.dumps(head)[:-1] + ', "reps": [')
        file.write("".join(f"\n  {rep}," for rep in reps)[:-1] + "\n]}\n" if reps else "]}\n")
