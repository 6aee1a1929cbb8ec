"""The plain table: a CSV file with a header row and SI units, from and for everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Samples
from imu_reps.formats import HEAD_BYTES, Format
from imu_reps.formats.files import created, none_to_write
from imu_reps.formats.notes import END
from imu_reps.formats.rows import opened
from imu_reps.formats.tables import Heading, heading_of, rows_below
from imu_reps.formats.times import RowTimes
from imu_reps.motion.clock import clock_of

TIME = "time_s"
ACC = ("acc_x_ms2", "acc_y_ms2", "acc_z_ms2")
GYR = ("gyr_x_rads", "gyr_y_rads", "gyr_z_rads")

_TINY = re.compile(r"-?[\d.]+e-\d+")


@contextmanager
def read(path: Path) -> Iterator[PlainTable]:
    """Open a plain table; raises `BadInput` with the cause."""
    with opened(path) as file:
        yield PlainTable(path, file, _heading(path, file.readline(HEAD_BYTES)))


class PlainTable:
    """A plain table that is open for reading."""

    def __init__(self, path: Path, file: BinaryIO, heading: Heading) -> None:
        self._path = path
        self._file = file
        self._heading = heading
        has_gyro = set(GYR) <= set(heading.names)
        self._wanted = (TIME, *ACC, *(GYR if has_gyro else ()))
        self.header = Header(scale=Scale(1.0, 1.0 if has_gyro else None), decoder="plain")

    def __iter__(self) -> Iterator[Frames | Note]:
        """The rows as frames: their times as the device's clock, in microseconds."""
        times = RowTimes(self._path)
        for block, table in rows_below(self._path, self._file, self._heading, self._wanted):
            time_us = times.us(block, table[:, 0])
            yield Frames(host_us=time_us, values=table[:, 1:], device_us=time_us)
        yield Note(times.latest_us, END)


def _heading(path: Path, line: bytes) -> Heading:
    text = line.decode("utf-8-sig", errors="replace").strip("\r\n")
    if not text.strip():
        raise BadInput(f"{path}: the file is empty; record it again")
    if not text.replace("\t", " ").isprintable():
        raise BadInput(f"{path}: this is not text in lines; save it as CSV in UTF-8")
    heading = heading_of(text, 1)
    names = [name for name in heading.names if name in (TIME, *ACC, *GYR)]
    if sorted(names) not in (sorted((TIME, *ACC)), sorted((TIME, *ACC, *GYR))):
        raise BadInput(
            f"{path}: the columns are {', '.join(heading.names)[:120]!r}; a plain table has "
            f"{', '.join((TIME, *ACC))} and, with a gyro, {', '.join(GYR)}; "
            "`imu-reps convert --map` takes any other"
        )
    return heading


@contextmanager
def create(path: Path, header: Header) -> Iterator[PlainWriter]:
    """Begin a new plain table."""
    with created(path) as file:
        writer = PlainWriter(file, header)
        yield writer
        if not writer.has_samples:
            raise none_to_write(path)


class PlainWriter:
    """A plain table that is being written; notes have no place in it."""

    def __init__(self, file: TextIO, header: Header) -> None:
        self.has_samples = False
        self._file = file
        self._clock = clock_of(header)

    def write(self, item: Frames | Note) -> None:
        """Append the samples of these frames."""
        samples = self._clock.take(item)
        if samples is None:
            return
        if not self.has_samples:
            names = (TIME, *ACC, *(() if samples.gyr_rads is None else GYR))
            self._file.write(",".join(names) + "\n")
            self.has_samples = True
        self._file.write(_rows(samples))


def _rows(samples: Samples) -> str:
    """The lines of these samples: times in whole microseconds, values in fifteen digits."""
    gyr = () if samples.gyr_rads is None else samples.gyr_rads.T
    time_s = np.round(samples.time_s * 1e6) / 1e6
    columns = [column.tolist() for column in (time_s, *samples.acc_ms2.T, *gyr)]
    line = ",".join(["%.15g"] * len(columns)) + "\n"
    text = "".join([line % row for row in zip(*columns, strict=True)])
    return _TINY.sub(_plainly, text) if "e" in text else text


def _plainly(tiny: re.Match[str]) -> str:
    """A number without an exponent, which takes longer to read than all others."""
    return f"{float(tiny[0]):.19f}".rstrip("0").rstrip(".")


FORMAT = Format("plain table", ".csv", read, create)
