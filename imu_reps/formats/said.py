"""What files say in JSON. Anybody may have changed or damaged it: each word is looked at."""

from __future__ import annotations

import json
import reprlib
from typing import Any

from imu_reps.formats.rows import MOST


def object_in(text: bytes) -> dict[str, Any]:
    """The JSON object in this text; raises `ValueError` where there is none."""
    try:
        said = json.loads(text)
    except RecursionError:
        raise ValueError("brackets within brackets without end") from None
    if not isinstance(said, dict):
        raise ValueError(f"{reprlib.repr(said)} stands where an object belongs")
    return said


def text_in(said: dict[str, Any], name: str) -> str | None:
    """The text of that name, None if there is none; raises `ValueError` where it is no text."""
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is {reprlib.repr(value)}")
    return value


def number_in(said: dict[str, Any], name: str) -> float:
    """The number of that name; raises `ValueError` where there is none, or one beyond 64 bits."""
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -MOST < value < MOST:
        raise ValueError(f"{name} is {reprlib.repr(value)}")
    return float(value)
