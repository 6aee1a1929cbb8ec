"""The first two lines of a native recording: what it says of itself, and of its columns.

Line 1 is `# imu-reps-recording 1 {json}`, with unit and scale of each column; line 2 names them.
"""

from __future__ import annotations

import math
import reprlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Header, Scale
from imu_reps.core.samples import Floats
from imu_reps.formats.first_line import FirstLine, damaged
from imu_reps.formats.rows import MOST
from imu_reps.formats.said import LEAST, header_in, number_in
from imu_reps.formats.units import ACC_MS2, GYR_RADS

FIRST_LINE = FirstLine(
    "recording", 1, "record it again", "a plain table must be named .csv, not .imu.csv"
)
SEQ, DEVICE_US, HOST_US = "seq", "device_us", "host_us"
ACC = ("ax", "ay", "az")
GYR = ("gx", "gy", "gz")

_MS2 = {"m/s^2": 1.0, "m/s2": 1.0, "m/s²": 1.0} | ACC_MS2
_RADS = {"rad/s": 1.0, "deg/s": math.radians(1.0), "°/s": math.radians(1.0)} | GYR_RADS
"""Units by their usual names; the program itself writes the first of each."""

Columns = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What stands above the rows.

    `names` of all columns; `values`, those of the sensor, and `factors` (k,) to multiply them by
    for the header's scale to be right: None where it is so already.
    """

    header: Header
    names: list[str]
    values: list[str]
    factors: Floats | None


def head_in(path: Path, file: BinaryIO) -> Head:
    """The head of an open recording, which is left at its third line; raises `BadInput`."""
    told = FIRST_LINE.told_in(path, file.readline())
    try:
        columns = told["columns"]
        worth = _worth(columns)
        scale = Scale(
            acc_ms2=_common([worth[name] for name in ACC]),
            gyr_rads=_common([worth[name] for name in GYR]) if GYR[0] in worth else None,
            seq_wrap=_wrap(columns, SEQ),
            device_us_wrap=_wrap(columns, DEVICE_US),
        )
        header = replace(header_in(told), scale=scale)
    except (ValueError, TypeError, KeyError, AttributeError, BadUsage) as error:
        raise damaged(path, error) from None
    names = _second_line(path, file.readline(), list(worth))
    return Head(header, names, list(worth), _factors(worth, scale))


def _second_line(path: Path, line: bytes, values: list[str]) -> list[str]:
    names = line.decode(errors="replace").strip().split(",")
    if not line.endswith(b"\n"):
        # It was cut off, and no row follows.
        return names
    if not {HOST_US, *ACC} <= set(names):
        raise BadInput(f"{path}: the second line does not name the columns; copy the file anew")
    here = [name for name in names if name in (*ACC, *GYR)]
    if sorted(here) != sorted(values) or len(set(names)) < len(names):
        raise BadInput(
            f"{path}: line 2: the columns are {', '.join(names)[:120]!r}, and the first line tells "
            f"of {', '.join(values)}; mend line 2 or copy the file anew"
        )
    return names


def _worth(columns: Columns) -> dict[str, float]:
    """What one count of each of the sensor's columns is worth, in SI units."""
    names = [name for name in (*ACC, *GYR) if name in columns]
    if names not in ([*ACC], [*ACC, *GYR]):
        raise ValueError(f"it tells of the columns {', '.join(names)}")
    worth: dict[str, float] = {}
    for name in names:
        try:
            worth[name] = _scale(columns[name], _MS2 if name in ACC else _RADS)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return worth


def _scale(column: dict[str, Any], units: dict[str, float]) -> float:
    """A negative one is that of an axis that points the other way."""
    unit, scale = column.get("unit", next(iter(units))), number_in(column, "scale")
    if unit not in units:
        raise ValueError(f"unit is {unit!r}, none of {', '.join(units)}")
    if abs(scale) < LEAST:
        raise ValueError(f"scale is {scale:g}")
    return scale * units[unit]


def _common(worth: list[float]) -> float:
    """What one count of these columns is worth; 1 where they differ, which are made SI then."""
    return worth[0] if len(set(worth)) == 1 else 1.0


def _factors(worth: dict[str, float], scale: Scale) -> Floats | None:
    common = [scale.acc_ms2] * 3 + [scale.gyr_rads] * 3
    factors = np.array(list(worth.values())) / np.array(common[: len(worth)], dtype=np.float64)
    return None if (factors == 1.0).all() else factors


def _wrap(columns: Columns, name: str) -> int | None:
    wrap = columns.get(name, {}).get("wrap")
    if wrap is not None and not (isinstance(wrap, int) and 1 < wrap < MOST):
        raise ValueError(f"{name} wraps at {reprlib.repr(wrap)}")
    return wrap
