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
from imu_reps.devices.labels import ACC, GYR, Label, labels_of, three, unit_of

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

_LEAP = 0.4
"""Half the time an acceleration moves by less than this part of gravity from line to line: lines
that hold it and turning rates by turns do not."""

_TIME_NAME = re.compile(r"(?:t|time|timestamp|clock|elapsed)?_?(us|micros|ms|millis|s|sec)?")
_ACC_UNITS = {"g": 1.0, "mg": 1000.0, "ms2": GRAVITY_MS2, "mss": GRAVITY_MS2}
_GYR_UNITS = dict.fromkeys(("dps", "degs", "deg"), _DEG) | {
    "mdps": _DEG / 1000,
    "rads": 1.0,
    "rad": 1.0,
}
_TIME_UNITS_US = {"us": 1, "micros": 1, "ms": 1000, "millis": 1000, "s": 10**6, "sec": 10**6}

_GROWS = 0.9
"""Of its steps, so large a part of a time's do not go back, though some lines may be damaged."""

_TURN_OFF, _TURN_PART = 0.01, 0.9
"""Four numbers are a quaternion, printed with two digits at least, if the sum of their squares is
so near to 1 in such a part of the lines."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of x, y, z and of the time, and what one of each is worth.

    `gyr` is empty without a gyro; `time_us` is the microseconds that one of the time column counts;
    `width` is the number of all columns.
    """

    acc: Three
    gyr: Three | tuple[()]
    time: int | None
    time_us: int
    scale: Scale
    unit: str
    width: int


def columns_of(names: Sequence[str], table: Floats, host_us: Integers) -> Columns | None:
    """The columns of a table (n, k) so named (blank where not), None where they cannot be told.

    `host_us` (n,) are the arrivals of the rows: they tell the unit of a time that has none.
    """
    labels = labels_of(names)
    plain = [_plain(name) for name in names]
    acc, gyr = three(labels, ACC), three(labels, GYR)
    time = next((i for i, name in enumerate(plain) if name and _TIME_NAME.fullmatch(name)), None)
    before = table.shape[1] % 3 if acc is None else min(acc + (gyr or ()))
    if time is None and before and not labels[before - 1].kind and _grows(table[:, before - 1]):
        time = before - 1
    if acc is None:
        acc, guessed = _guessed(names, labels, table, time)
        gyr = gyr or guessed
    if acc is None:
        return None
    size = _ACC_UNITS.get(unit_of(labels, acc)) or _gravity_size(table[:, acc])
    if size is None:
        return None
    time_us = None if time is None else _time_us(plain[time], table[:, time], host_us)
    unit, gyr_rads = GRAVITY_SIZES[size]
    if gyr:
        gyr_rads = _GYR_UNITS.get(unit_of(labels, gyr), gyr_rads)
    # A board's millis() and micros() are 32 bits wide.
    wrap = None if time_us is None or time_us > 1000 else time_us << 32
    scale = Scale(GRAVITY_MS2 / size, gyr_rads if gyr else None, device_us_wrap=wrap)
    time = None if time_us is None else time
    return Columns(acc, gyr or (), time, time_us or 0, scale, unit, table.shape[1])


def _plain(name: str) -> str:
    """The name in small letters, its words joined by _."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _grows(column: Floats) -> bool:
    """Whether these numbers grow, but where they are damaged."""
    return bool((np.diff(column) > 0).mean() > 0.7)


def _guessed(
    names: Sequence[str], labels: Sequence[Label], table: Floats, time: int | None
) -> tuple[Three | None, Three | None]:
    """The acceleration among the first two threes of columns, and the other three.

    Numbers before them may be a temperature as well as a time.
    """
    firsts = [0] if "".join(names[1:]) else [0, table.shape[1] % 3]
    for first in firsts if time is None else [time + 1]:
        threes = _threes(names, labels, table, first)
        fitting = [each for each in threes if _gravity_size(table[:, each]) is not None]
        if fitting:
            # Steady turning may look like gravity: most sketches have the acceleration first.
            acc = min(fitting, key=lambda each: (_miss(table[:, each]) > _WELL, each))
            others = (each for each in threes if each != acc)
            # Some print the acceleration twice, in counts and in m/s².
            return acc, next((o for o in others if unit_of(labels, o) not in _ACC_UNITS), None)
    return None, None


def _threes(
    names: Sequence[str], labels: Sequence[Label], table: Floats, first: int
) -> list[Three]:
    """The first two threes of columns that may be an acceleration or turning rates."""
    width = table.shape[1] - first
    if width in {4, 7, 10} and _is_turn(table[:, first : first + 4]):
        first, width = first + 4, width - 4
    # An MPU-6050's registers have the temperature between the two.
    starts = [first, first + 3] if width != 7 else [first, first + 4]
    threes = [(i, i + 1, i + 2) for i in starts if i + 3 <= table.shape[1]]
    # Words between some of the three numbers (a GPS's N and E) say that they are other things.
    return [
        each
        for each in threes
        if len({names[j] == "" for j in each if j}) == 1 and not any(labels[j].kind for j in each)
    ]


def _is_turn(four: Floats) -> bool:
    """Whether these (n, 4) are quaternions. One whose last number alone stands still is none."""
    off, moves = np.abs((four**2).sum(axis=1) - 1), np.ptp(four, axis=0) > 0
    return bool((off < _TURN_OFF).mean() > _TURN_PART and (moves[3] or not moves.any()))


def _gravity_size(acc: Floats) -> float | None:
    """The length of gravity that these accelerations (n, 3) have, None where they have none."""
    size = _nearest_size(acc)
    is_steady = _spread(acc) < _STEADY and _leap(acc) < _LEAP
    return size if _miss(acc) < math.log(_NEAR) and is_steady else None


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


def _leap(vectors: Floats) -> float:
    """From one of these to the next, half the time at the most, as a part of their length."""
    return float(np.median(np.linalg.norm(np.diff(vectors, axis=0), axis=1))) / _length(vectors)


def _time_us(name: str, time: Floats, host_us: Integers) -> int | None:
    """What one of this column is worth by the arrivals, its name or its looks; None: no time."""
    step, host_step_us = float(np.median(np.diff(time))), float(np.ptp(host_us)) / len(host_us)
    if step <= 0 or step == 1 or (np.diff(time) >= 0).mean() < _GROWS:
        # A counter: no board prints a thousand lines a second. Or a temperature called T.
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
