"""The truth beside a recording, `NAME.truth.json`."""

from __future__ import annotations

import json
import reprlib
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.truth import Kind, TrueRep, Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of
from imu_reps.formats.files import created
from imu_reps.formats.raw import SUFFIX, is_capture
from imu_reps.formats.rows import opened
from imu_reps.formats.said import number_in, object_in, text_in

_NUMBERS = tuple(field.name for field in fields(TrueRep) if field.name != "kind")
"""What is read of each attempt beside its kind; a file may tell more."""


def truth_path(recording: Path) -> Path:
    """Where the truth of a recording stands."""
    suffix = SUFFIX if is_capture(recording) else format_of(recording).suffix
    return recording.with_name(recording.name[: -len(suffix)] + ".truth.json")


def read_truth(path: Path) -> Truth:
    """The truth in a file; raises `BadInput` with the cause."""
    with opened(path) as file:
        text = file.read()
    try:
        told = object_in(text)
        reps = told.get("reps")
        if not isinstance(reps, list):
            raise ValueError(f"reps is {reprlib.repr(reps)}")
        return Truth(
            movement=_word(told, "movement"),
            leg=Leg.named(_word(told, "leg")),
            mount=Mount.named(_word(told, "mount")),
            reps=tuple(_rep(number, rep) for number, rep in enumerate(reps, 1)),
        )
    except (ValueError, BadUsage) as error:
        raise BadInput(f"{path}: not a truth file ({error}); make it again") from None


def _word(told: dict[str, Any], name: str) -> str:
    word = text_in(told, name)
    if word is None:
        raise ValueError(f"it does not say the {name}")
    return word


def _rep(number: int, told: object) -> TrueRep:
    try:
        if not isinstance(told, dict):
            raise ValueError(f"{reprlib.repr(told)} is none")
        if told.get("kind") not in get_args(Kind):
            raise ValueError(f"kind is {reprlib.repr(told.get('kind'))}")
        rep = TrueRep(told["kind"], *(number_in(told, name) for name in _NUMBERS))
        if rep.end_s < rep.start_s or rep.hold_s < 0 or rep.rom_deg < 0:
            raise ValueError("it ends before it starts, or its hold or range is negative")
        return rep
    except ValueError as error:
        raise ValueError(f"rep {number}: {error}") from None


def write_truth(path: Path, truth: Truth) -> None:
    """Write a new truth file, one rep a line."""
    head = {"movement": truth.movement, "leg": truth.leg, "mount": truth.mount}
    reps = [json.dumps(asdict(rep)) for rep in truth.reps]
    with created(path) as file:
        file.write(json.dumps(head)[:-1] + ', "reps": [')
        file.write("".join(f"\n  {rep}," for rep in reps)[:-1] + "\n]}\n" if reps else "]}\n")
