"""Any table at all: the user says which column is what, and in which unit.

`time=t,ax=AccX,ay=AccY,az=AccZ,acc_unit=g`: a column by its name, or by its number from 1 on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.core.words import unknown
from imu_reps.formats.rows import MOST, opened
from imu_reps.formats.tables import DELIMITERS, Heading, Layout, Table, head_of, heading_in
from imu_reps.formats.units import ACC_MS2, GYR_RADS, TIME_S

ACC, GYR = ("ax", "ay", "az"), ("gx", "gy", "gz")
WORDS = ("time", "rate_hz", *ACC, *GYR, "time_unit", "acc_unit", "gyr_unit")


def layout_of(pairs: Iterable[str]) -> Layout:
    """The layout that `word=value` pairs say, several in one string with commas between them.

    Raises `BadUsage` for unknown words and units, and where a column is missing.
    """
    said: dict[str, str] = {}
    for pair in (pair for some in pairs for pair in some.split(",")):
        word, equals, value = (part.strip() for part in pair.partition("="))
        if word not in WORDS:
            raise unknown("word of --map", word, WORDS)
        if not equals or not value:
            raise BadUsage(f"--map {pair}: say which column, as in {word}=NAME")
        if word in said:
            raise BadUsage(f"--map: {word} is said twice, {said[word]} and {value}; say it once")
        said[word] = value
    _check(said)
    return Layout(
        program="--map",
        time=said.get("time", ""),
        time_s=_unit(said, "time_unit", TIME_S),
        acc=(said["ax"], said["ay"], said["az"]),
        acc_ms2=_unit(said, "acc_unit", ACC_MS2),
        gyr=(said["gx"], said["gy"], said["gz"]) if "gx" in said else (),
        gyr_rads=_unit(said, "gyr_unit", GYR_RADS),
        rate_hz=_rate_hz(said),
    )


def _check(said: dict[str, str]) -> None:
    missing = [word for word in ACC if word not in said]
    if any(word in said for word in GYR):
        missing += [word for word in GYR if word not in said]
    if missing:
        raise BadUsage(f"--map: {', '.join(missing)} missing; say which column it is")
    if ("time" in said) == ("rate_hz" in said):
        raise BadUsage("--map: say either time=COLUMN or rate_hz=NUMBER")


def _unit(said: dict[str, str], word: str, units: dict[str, float]) -> float:
    unit = said.get(word, next(iter(units)))
    if unit in units:
        return units[unit]
    try:
        # Raw counts: so many to one g, or to one degree a second.
        lsb = float(unit)
    except ValueError:
        raise unknown(word, unit, units) from None
    one = {"acc_unit": GRAVITY_MS2, "gyr_unit": math.radians(1.0), "time_unit": 1.0}[word]
    if not 1 / MOST < lsb < MOST:
        raise BadUsage(f"--map {word}={unit}: counts to the unit are a positive number")
    return one / lsb


def _rate_hz(said: dict[str, str]) -> float | None:
    if "rate_hz" not in said:
        return None
    try:
        rate_hz = float(said["rate_hz"])
    except ValueError:
        rate_hz = math.nan
    if not 1 <= rate_hz <= 10_000:
        raise BadUsage(f"--map rate_hz={said['rate_hz']}: a rate is from 1 to 10000")
    return rate_hz


@contextmanager
def read_mapped(path: Path, layout: Layout) -> Iterator[Table]:
    """Open a table of this layout, whatever its suffix; raises `BadInput` with the cause."""
    with opened(path) as file:
        head = head_of(file)
        heading = heading_in(head, layout.names) or _numbered(path, head, layout)
        yield Table(path, file, layout, heading)


def _numbered(path: Path, head: bytes, layout: Layout) -> Heading:
    """The columns by their numbers; a first line that holds no numbers is taken for names."""
    first = head.decode("utf-8-sig", errors="replace").splitlines()[:1]
    delimiter = max(DELIMITERS, key=first[0].count) if first else ","
    cells = [cell.strip() for cell in first[0].split(delimiter)] if first else []
    numbers = [str(number) for number in range(1, len(cells) + 1)]
    missing = [name for name in layout.names if name not in {*numbers, *cells}]
    missing += [name for name in layout.names if name not in numbers]
    if missing:
        there = ", ".join(cells)[:120]
        raise BadInput(f"{path}: no column {missing[0]!r}; the columns are {there!r}")
    has_names = any(map(str.isalpha, "".join(cells).replace("e", "").replace("E", "")))
    return Heading(numbers, delimiter, int(has_names))
