"""What the columns of a text stream hold: by their names where they have some, else by gravity.

At rest the three numbers of an acceleration have the length of gravity in some unit, whichever way
the sensor lies, and vary little; turning rates do neither.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imu_reps.core.frames import Integers, Scale
from imu_reps.core.samples import GRAVITY_MS2, Floats

Three = tuple[int, int, int]

_DEG = math.radians(1.0)
GRAVITY_SIZES = {
    1.0: ("g", _DEG),
    GRAVITY_MS2: ("m/s²", 1.0),
    1000.0: ("mg", _DEG),
    2048.0: ("counts, 2048 to the g", _DEG / 16.4),
    4096.0: ("counts, 4096 to the g", _DEG / 32.8),
    8192.0: ("counts, 8192 to the g", _DEG / 65.5),
    16384.0: ("counts, 16384 to the g", _DEG / 131.0),
}
"""How long gravity is in each unit, and the turning rate (rad/s) that one of its companion is
worth: libraries pair g with degrees and m/s² with radians, and InvenSense's ranges go up together
(MPU-6050 datasheet 6.1, 6.2)."""

_NEAR = 1.25
"""Sizes lie a factor of two apart or more; an offset and a slow turn change 1 g by less."""

_WELL = 0.1
"""A sensor's offset and scale are wrong by less than this part of gravity."""

_STEADY = 0.15
"""Half the time the length of an acceleration is nearer than this part of it to its middle."""

_ACC_NAME = re.compile(r"(?:a|acc|accel|acceleration|accelerometer)_?([xyz])_?(.*)")
_GYR_NAME = re.compile(r"(?:gyroscope|gyro|gyr|gy|g|omega|w|rotation|rot)_?([xyz])_?(.*)")
_TIME_NAME = re.compile(r"(?:t|time|timestamp|clock|elapsed)?_?(us|micros|ms|millis|s|sec)?")
_ACC_UNITS = {"g": 1.0, "mg": 1000.0, "ms2": GRAVITY_MS2, "mss": GRAVITY_MS2}
_GYR_UNITS = {"dps": _DEG, "degs": _DEG, "deg": _DEG, "rads": 1.0, "rad": 1.0}
_TIME_UNITS_US = {"us": 1, "micros": 1, "ms": 1000, "millis": 1000, "s": 10**6, "sec": 10**6}
_SPELLINGS = {"m/s^2": "ms2", "m/s2": "ms2", "m/s²": "ms2", "deg/s": "degs", "°/s": "degs"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of x, y, z and of the time, and what one of each is worth.

    `gyr` is empty without a gyro; `time_us` is the microseconds that one of the time column counts.
    """

    acc: Three
    gyr: Three | tuple[()]
    time: int | None
    time_us: int
    scale: Scale
    unit: str


def columns_of(names: Sequence[str], table: Floats, host_us: Integers) -> Columns | None:
    """The columns of a table (n, k) so named (blank where not), None where they cannot be told.

    `host_us` (n,) are the arrivals of the rows: they tell the unit of a time that has none.
    """
    plain = [_plain(name) for name in names]
    acc, gyr = _named(plain, _ACC_NAME), _named(plain, _GYR_NAME)
    time = next((i for i, name in enumerate(plain) if name and _TIME_NAME.fullmatch(name)), None)
    if time is None and acc is None and _leads(table):
        time = table.shape[1] % 3 - 1
    if acc is None:
        acc, gyr = _guessed(plain, table, 0 if time is None else time + 1)
    size = None if acc is None else _declared(plain[acc[0]], _ACC_NAME, _ACC_UNITS)
    size = size or (None if acc is None else _gravity_size(table[:, acc]))
    if acc is None or size is None:
        return None
    time_us = None if time is None else _time_us(plain[time], table[:, time], host_us)
    unit, gyr_rads = GRAVITY_SIZES[size]
    if gyr:
        gyr_rads = _declared(plain[gyr[0]], _GYR_NAME, _GYR_UNITS) or gyr_rads
    # A board's millis() and micros() are 32 bits wide.
    wrap = None if time_us is None or time_us > 1000 else time_us << 32
    scale = Scale(GRAVITY_MS2 / size, gyr_rads if gyr else None, device_us_wrap=wrap)
    return Columns(acc, gyr or (), None if time_us is None else time, time_us or 0, scale, unit)


def _plain(name: str) -> str:
    """The name in small letters, its words joined by _, units spelled without signs."""
    name = name.strip().lower()
    for spelling, plain in _SPELLINGS.items():
        name = name.replace(spelling, plain)
    return re.sub(r"[^a-z0-9]+", "_", name.replace("rad/s", "rads")).strip("_")


def _named(names: Sequence[str], pattern: re.Pattern[str]) -> Three | None:
    places = {found[1]: i for i, name in enumerate(names) if (found := pattern.fullmatch(name))}
    return (places["x"], places["y"], places["z"]) if len(places) == 3 else None


def _declared(name: str, pattern: re.Pattern[str], units: dict[str, float]) -> float | None:
    found = pattern.fullmatch(name)
    return units.get(found[2]) if found else None


def _leads(table: Floats) -> bool:
    """Whether the numbers before the threes end in one that grows, but where it is damaged."""
    extra = table.shape[1] % 3
    return extra > 0 and bool((np.diff(table[:, extra - 1]) > 0).mean() > 0.7)


def _guessed(names: Sequence[str], table: Floats, first: int) -> tuple[Three | None, Three | None]:
    """The acceleration among the first two threes of columns, and the other three."""
    width = table.shape[1] - first
    # An MPU-6050's registers have the temperature between the two.
    starts = [first, first + 3] if width != 7 else [first, first + 4]
    # Words between some of the three numbers (a GPS's N and E) say that they are other things.
    threes: list[Three] = [
        (i, i + 1, i + 2)
        for i in starts
        if i + 3 <= table.shape[1] and len({names[j] == "" for j in (i, i + 1, i + 2) if j}) == 1
    ]
    fitting = [three for three in threes if _gravity_size(table[:, three]) is not None]
    if not fitting:
        return None, None
    # Steady turning may look like gravity: the first three is preferred, as most sketches have it.
    acc = min(fitting, key=lambda three: (_miss(table[:, three]) > _WELL, three))
    return acc, next((three for three in threes if three != acc), None)


def _gravity_size(acc: Floats) -> float | None:
    """The length of gravity that these accelerations (n, 3) have, None where they have none."""
    size = _nearest_size(acc)
    return size if _miss(acc) < math.log(_NEAR) and _spread(acc) < _STEADY else None


def _nearest_size(acc: Floats) -> float:
    return min(GRAVITY_SIZES, key=lambda size: abs(math.log(_length(acc) / size)))


def _miss(acc: Floats) -> float:
    return abs(math.log(_length(acc) / _nearest_size(acc)))


def _length(acc: Floats) -> float:
    return max(float(np.median(np.linalg.norm(acc, axis=1))), 1e-9)


def _spread(vectors: Floats) -> float:
    lengths = np.linalg.norm(vectors, axis=1)
    middle = float(np.median(lengths))
    return float(np.median(np.abs(lengths - middle))) / max(middle, 1e-9)


def _time_us(name: str, time: Floats, host_us: Integers) -> int | None:
    """What one of this column is worth by the arrivals, its name or its looks; None: no time."""
    step, host_step_us = float(np.median(np.diff(time))), float(np.ptp(host_us)) / len(host_us)
    if step <= 0 or step == 1:
        # A counter: no board prints a thousand lines a second.
        return None
    if host_step_us > 0:
        miss = {unit: abs(math.log10(unit * step / host_step_us)) for unit in (1, 1000, 10**6)}
        unit = min(miss, key=lambda unit: miss[unit])
        # Units lie a factor of 1000 apart; arrivals in a few bursts are wrong by one of 7.
        return unit if miss[unit] < 1 else None
    found = _TIME_NAME.fullmatch(name)
    if found and found[1]:
        return _TIME_UNITS_US[found[1]]
    return 10**6 if (time % 1).any() else 1 if step >= 500 else 1000
