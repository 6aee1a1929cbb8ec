"""What phone apps share: the turning rates are in a file of their own, with times of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Integers, Note
from imu_reps.core.samples import Floats
from imu_reps.formats import HEAD_BYTES
from imu_reps.formats.rows import blocks, opened, parse
from imu_reps.formats.tables import LATE_US, Names, Table, heading_in
from imu_reps.formats.times import RowTimes


class WithGyro:
    """A table of accelerations, with the turning rates of another file at the same moments."""

    def __init__(self, table: Table, time_us: Integers, gyr_rads: Floats) -> None:
        self._table = table
        self._time_us = time_us
        self._gyr_rads = gyr_rads
        scale = table.header.scale
        assert scale is not None
        self.header: Header = replace(table.header, scale=replace(scale, gyr_rads=1.0))

    def __iter__(self) -> Iterator[Frames | Note]:
        """The frames for which both sensors were on."""
        for item in self._table:
            yield item if isinstance(item, Note) else self._joined(item)

    def _joined(self, frames: Frames) -> Frames:
        both = (frames.host_us >= self._time_us[0]) & (frames.host_us <= self._time_us[-1])
        frames = frames[both]
        columns = (np.interp(frames.host_us, self._time_us, each) for each in self._gyr_rads.T)
        values = np.column_stack([frames.values, *columns])
        return replace(frames, values=values)


def gyro_of(path: Path, time: str, names: Names) -> tuple[Integers, Floats] | None:
    """Times (n,) in microseconds and turning rates (n, 3) of a file, None if there is none."""
    if not path.is_file():
        return None
    with opened(path) as file:
        heading = heading_in(file.read(HEAD_BYTES), (time, *names))
        if heading is None:
            raise BadInput(f"{path}: these are no turning rates; move that file away")
        file.seek(0)
        for _ in range(heading.lines):
            file.readline()
        wanted, columns = heading.places((time, *names)), len(heading.names)
        times = RowTimes(path, late_us=LATE_US)
        time_us, gyr_rads = [np.empty(0, dtype=np.int64)], [np.empty((0, 3))]
        for block in blocks(file, heading.lines + 1):
            table = parse(path, block, columns, wanted, heading.delimiter)
            if len(table):
                time_us.append(times.us(block, table[:, 0]))
                gyr_rads.append(table[:, 1:])
    return _in_order(path, np.concatenate(time_us), np.concatenate(gyr_rads))


def _in_order(path: Path, time_us: Integers, gyr_rads: Floats) -> tuple[Integers, Floats]:
    """Those that are later than all before them: only between such can be interpolated."""
    if not len(time_us):
        raise BadInput(f"{path}: a header and no rows below it; move that file away")
    is_news = np.diff(np.maximum.accumulate(time_us), prepend=time_us[0] - 1) > 0
    return time_us[is_news], gyr_rads[is_news]
