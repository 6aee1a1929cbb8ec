"""What files say in JSON. Anybody may have changed or damaged it: each word is looked at."""

from __future__ import annotations

import json
import reprlib
from typing import Any

from imu_reps.core.frames import Header
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.rows import MOST

LEAST = 1 / MOST
"""No count is worth less, and no rate is lower."""


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


def header_in(said: dict[str, Any]) -> Header:
    """What a recording says of itself, but for its scale; raises `ValueError` or `BadUsage`."""
    leg, mount = text_in(said, "leg"), text_in(said, "mount")
    lost_samples = number_in({"lost_samples": 0} | said, "lost_samples")
    if lost_samples < 0:
        raise ValueError(f"lost_samples is {lost_samples:g}")
    return Header(
        movement=text_in(said, "movement"),
        leg=None if leg is None else Leg.named(leg),
        mount=None if mount is None else Mount.named(mount),
        rate_hz=_rate_hz(said),
        device=text_in(said, "device"),
        decoder=text_in(said, "decoder"),
        started_utc=text_in(said, "started_utc"),
        software=text_in(said, "software"),
        lost_samples=int(lost_samples),
    )


def _rate_hz(said: dict[str, Any]) -> float | None:
    rate_hz = said.get("rate_hz")
    if not isinstance(rate_hz, int | float | None):
        raise ValueError(f"rate_hz is {reprlib.repr(rate_hz)}")
    # A rate that was measured wrongly must not cost the recording: the rows have their times.
    return float(rate_hz) if rate_hz is not None and LEAST <= rate_hz < MOST else None
