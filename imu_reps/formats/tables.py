"""Other programs' tables: a header row somewhere near the top, and columns that a layout names.

Units are made SI as the rows are read, and gravity must be in them: without it there is no tilt.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Integers, Note, Scale
from imu_reps.core.samples import GRAVITY_MS2, Floats
from imu_reps.formats import HEAD_BYTES
from imu_reps.formats.notes import END
from imu_reps.formats.rows import Block, blocks, opened, parse
from imu_reps.formats.times import RowTimes

MOST_LINES_ABOVE = 20
"""Loggers put a few lines about the device above the header row."""

DELIMITERS = ",;\t"

LATE_US = 100_000
"""Packets that come by radio overtake one another by a few samples, and some come twice."""

_GRAVITY_LOW, _GRAVITY_HIGH = 0.7, 1.4
"""The middle length of the accelerations of a moving leg, in g; units lie further apart."""

Names = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a program's columns are called, and what one of each is worth.

    `gyr` is empty where the table has none; `time` is empty where the samples come at `rate_hz`.
    """

    program: str
    time: str
    time_s: float
    acc: Names
    acc_ms2: float
    gyr: Names | tuple[()] = ()
    gyr_rads: float = 1.0
    time_wrap_us: int | None = None
    rate_hz: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (*((self.time,) if self.time else ()), *self.acc, *self.gyr)


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's header row: its columns' names, what stands between them, and the lines with it."""

    names: list[str]
    delimiter: str
    lines: int

    def pass_over(self, file: BinaryIO) -> None:
        """Leave a file that is at its beginning at the line below."""
        for _ in range(self.lines):
            file.readline()


def rows_below(
    path: Path,
    file: BinaryIO,
    heading: Heading,
    wanted: Sequence[str],
    mend: str = "record it again",
) -> Iterator[tuple[Block, Floats]]:
    """The numbers (n, k) of the wanted columns, n > 0, and the lines on which they stand.

    The file is at the line below the heading. Raises `BadInput` that names the first bad line, or
    says that there are no rows and what mends that.
    """
    places, rows = [heading.names.index(name) for name in wanted], 0
    for block in blocks(file, heading.lines + 1):
        table = parse(path, block, len(heading.names), places, heading.delimiter)
        rows += len(table)
        if len(table):
            yield block, table
    if not rows:
        raise BadInput(f"{path}: a header and no rows below it; {mend}")


def head_of(file: BinaryIO) -> bytes:
    """A file's first bytes; it is left at its beginning."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def heading_in(head: bytes, wanted: Sequence[str]) -> Heading | None:
    """The header row with all the wanted columns, None if no line of the file's head is one."""
    lines = head.decode("utf-8-sig", errors="replace").splitlines()[:MOST_LINES_ABOVE]
    for number, line in enumerate(lines, 1):
        heading = heading_of(line, number)
        if set(wanted) <= set(heading.names):
            return heading
    return None


def heading_of(line: str, number: int) -> Heading:
    """What a header row on the line of that number says."""
    delimiter = max(DELIMITERS, key=line.count)
    names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    return Heading(names, delimiter, number)


def has_columns(layouts: Sequence[Layout]) -> Callable[[bytes], bool]:
    """Whether a file that begins so has the columns of one of these layouts."""
    return lambda head: any(heading_in(head, layout.names) for layout in layouts)


def reader(layouts: Sequence[Layout]) -> Callable[[Path], AbstractContextManager[Table]]:
    """What opens a table that has the columns of one of these layouts, the first that fits."""

    @contextmanager
    def read(path: Path) -> Iterator[Table]:
        with opened(path) as file:
            yield table_in(path, file, layouts)

    return read


def table_in(path: Path, file: BinaryIO, layouts: Sequence[Layout]) -> Table:
    """The table in an open file; raises `BadInput` where it has no such header row."""
    head = head_of(file)
    for layout in layouts:
        heading = heading_in(head, layout.names)
        if heading is not None:
            return Table(path, file, layout, heading)
    if not head.strip():
        raise BadInput(f"{path}: the file is empty; record it again")
    wanted = ", ".join(layouts[0].names)
    raise BadInput(f"{path}: no row of column names with {wanted}; check the file, or name its own")


class Table:
    """Another program's table that is open for reading."""

    def __init__(self, path: Path, file: BinaryIO, layout: Layout, heading: Heading) -> None:
        self._path = path
        self._file = file
        self._layout = layout
        self._heading = heading
        self._times = RowTimes(path, layout.time_s, layout.time_wrap_us, LATE_US)
        scale = Scale(layout.acc_ms2, layout.gyr_rads if layout.gyr else None)
        self.header = Header(scale=scale, rate_hz=layout.rate_hz, decoder=layout.program)

    def __iter__(self) -> Iterator[Frames | Note]:
        """The rows as frames, their times as the device's clock; then a note that they ended."""
        self._heading.pass_over(self._file)
        rows = last_us = 0
        for block, table in rows_below(self._path, self._file, self._heading, self._layout.names):
            time_us, values = self._split(block, table, rows)
            if not rows:
                self._check_gravity(values)
            rows += len(table)
            last_us = int(time_us[-1])
            yield Frames(host_us=time_us, values=values, device_us=time_us)
        yield Note(last_us, END)

    def _split(self, block: Block, table: Floats, before: int) -> tuple[Integers, Floats]:
        """Times and values of a block with so many rows before it."""
        if self._layout.rate_hz is None:
            return self._times.us(block, table[:, 0]), table[:, 1:]
        at = before + np.arange(len(table))
        return np.round(at * 1e6 / self._layout.rate_hz).astype(np.int64), table

    def _check_gravity(self, values: Floats) -> None:
        length_g = np.median(np.linalg.norm(values[:, :3], axis=1))
        length_g *= self._layout.acc_ms2 / GRAVITY_MS2
        if not _GRAVITY_LOW < length_g < _GRAVITY_HIGH:
            raise BadInput(
                f"{self._path}: at rest an acceleration is 1 g long and here it is {length_g:.3g}; "
                "they are in another unit, or gravity was taken out: export them with gravity"
            )
