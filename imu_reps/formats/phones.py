"""What phone apps share: the turning rates are in a file of their own, with times of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Integers, Note
from imu_reps.core.samples import Floats
from imu_reps.formats.rows import opened
from imu_reps.formats.tables import LATE_US, Names, Table, head_of, heading_in, rows_below
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
    wanted, mend = (time, *names), "move that file away"
    times = RowTimes(path, late_us=LATE_US)
    time_us, gyr_rads = [], []
    with opened(path) as file:
        heading = heading_in(head_of(file), wanted)
        if heading is None:
            raise BadInput(f"{path}: these are no turning rates; {mend}")
        heading.pass_over(file)
        for block, table in rows_below(path, file, heading, wanted, mend):
            time_us.append(times.us(block, table[:, 0]))
            gyr_rads.append(table[:, 1:])
    return _in_order(np.concatenate(time_us), np.concatenate(gyr_rads))


def _in_order(time_us: Integers, gyr_rads: Floats) -> tuple[Integers, Floats]:
    """Those that are later than all before them: only between such can be interpolated."""
    is_news = np.diff(np.maximum.accumulate(time_us), prepend=time_us[0] - 1) > 0
    return time_us[is_news], gyr_rads[is_news]
