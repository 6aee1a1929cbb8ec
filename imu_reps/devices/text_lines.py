"""Lines of numbers, as sketches for Arduino, ESP32 and M5 print them.

Strategy: the shape of a line is what is left when its numbers are taken out. The shape that most
lines have is the format; names and gravity tell what its numbers are, and a line of another shape
is damaged. Lines are held until that is known, and none of them is lost.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from imu_reps.core.frames import Frames, Scale, as_received
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.columns import Columns, columns_of
from imu_reps.devices.gate import ACC_JUMP_G, CLOCK_JUMP_US, GYR_JUMP_DPS, Gate

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_BETWEEN = re.compile(r"[,;\t]| +")
_LONGEST = 512
"""No line is longer: more bytes without a line feed are noise."""

_MOST = 1e15
"""Microseconds in thirty years: a larger number is a damaged one."""

ENOUGH, TRY_EACH, MOST_HELD = 10, 2, 400
"""Lines before the format is first judged, between two tries, and that are held at the most."""

_ALIKE, _LEAST_ALIKE = 0.2, 4
"""Of the lines held, so large a part and so many have the same shape; of boot text no two have.
With one byte in a hundred damaged, half the lines of 70 characters are left."""

Line = tuple[str, int]


class TextLinesDecoder:
    """Bytes in any pieces in, samples out; the scale is known once the columns are."""

    rate_hz: float | None = None

    def __init__(self) -> None:
        self.good_bytes = 0
        self._damaged = 0
        self._rest = b""
        self._begun = False
        self._held: list[Line] = []
        self._untried = 0
        self._shape: re.Pattern[str] | None = None
        self._columns: Columns | None = None
        self._gate = Gate(())

    @property
    def has(self) -> Has:
        known = self._columns
        gyro, clock = known is None or bool(known.gyr), known is None or known.time is not None
        return Has(gyro=gyro, counter=False, clock=clock, checksum=False)

    @property
    def scale(self) -> Scale | None:
        return None if self._columns is None else self._columns.scale

    @property
    def description(self) -> str | None:
        return None if self._columns is None else f"text lines in {self._columns.unit}"

    @property
    def bad_frames(self) -> int:
        return self._damaged + self._gate.refused

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        *pieces, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST:
            self._rest = b""
        # What stands before the first line feed is the tail of a line.
        whole, self._begun = pieces[not self._begun :], self._begun or bool(pieces)
        lines = [(piece.decode(errors="replace").strip("\r"), host_us) for piece in whole]
        return self._frames(lines if self._columns else self._judged(lines))

    def _judged(self, lines: list[Line]) -> list[Line]:
        """All lines held, as soon as they tell what the columns are."""
        for place, line in enumerate(lines):
            self._held = [*self._held[1 - MOST_HELD :], line]
            self._untried += 1
            if len(self._held) >= ENOUGH and self._untried >= TRY_EACH:
                self._untried = 0
                self._judge()
            if self._columns is not None:
                held, self._held = self._held, []
                return held + lines[place + 1 :]
        return []

    def _judge(self) -> None:
        shapes = Counter(_shape_of(text) for text, _ in self._held if len(text) <= _LONGEST)
        ((shape, count),) = shapes.most_common(1) or [("", 0)]
        width = shape.count("#")
        if width < 3 or count < max(_ALIKE * len(self._held), _LEAST_ALIKE):
            return
        self._shape = _pattern(shape)
        names = _names(shape)
        headings = [] if _has_letter("".join(names[1:])) else self._headings(width)
        rows = [(row, at_us) for text, at_us in self._held if (row := self._row(text))]
        table, host_us = np.array([row for row, _ in rows]), np.array([at_us for _, at_us in rows])
        # A line of noise may look like a heading, and then says nothing that fits.
        known = (columns_of(words, table, host_us) for words in (*headings, names))
        self._columns = next(filter(None, known), None)
        if self._columns is not None:
            self._gate = Gate(_limits(self._columns))

    def _headings(self, width: int) -> list[list[str]]:
        """The lines that may be names of so many columns."""
        texts = (text.strip() for text, _ in self._held if text.isprintable())
        cells = (_BETWEEN.split(text) for text in texts if "\ufffd" not in text)
        return [words for words in cells if len(words) == width and all(map(_has_letter, words))]

    def _row(self, text: str) -> list[float] | None:
        found = None if self._shape is None else self._shape.fullmatch(text)
        row = [] if found is None else [float(number) for number in found.groups()]
        return row if row and max(map(abs, row)) < _MOST else None

    def _frames(self, lines: list[Line]) -> Frames:
        columns = self._columns
        if columns is None:
            return Frames(np.empty(0, dtype=np.int64), np.empty((0, 6)), None, None)
        rows, arrivals_us = [], []
        for text, at_us in lines:
            row = self._row(text)
            if row is None:
                self._damaged += bool(text)
                continue
            self.good_bytes += len(text) + 1
            rows.append(row)
            arrivals_us.append(at_us)
        return self._passed(columns, rows, arrivals_us)

    def _passed(self, columns: Columns, rows: list[list[float]], arrivals_us: list[int]) -> Frames:
        assert self._shape is not None
        table = np.array(rows, dtype=np.float64).reshape(-1, self._shape.groups)
        time_us = np.zeros(len(table)) if columns.time is None else table[:, columns.time]
        values = table[:, columns.acc + columns.gyr]
        time_us = np.round(time_us * columns.time_us)
        believed = self._gate.passes(np.column_stack([time_us, values]))
        return Frames(
            host_us=np.array(arrivals_us, dtype=np.int64)[believed],
            values=as_received(values[believed]),
            device_us=None if columns.time is None else time_us[believed].astype(np.int64),
        )


def _shape_of(text: str) -> str:
    return re.sub(" +", " ", _NUMBER.sub("#", text.replace("#", "?")))


def _pattern(shape: str) -> re.Pattern[str]:
    """What a whole line of this shape looks like, a group for each number."""
    between = [re.escape(part).replace(r"\ ", " +") for part in shape.split("#")]
    return re.compile(f"({_NUMBER.pattern})".join(between))


def _names(shape: str) -> list[str]:
    """What stands before each number."""
    return [part.strip(" ,;:=\t(") for part in shape.split("#")[:-1]]


def _has_letter(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _limits(columns: Columns) -> tuple[float, ...]:
    acc = ACC_JUMP_G * GRAVITY_MS2 / columns.scale.acc_ms2
    gyr = np.radians(GYR_JUMP_DPS) / (columns.scale.gyr_rads or 1.0)
    return (CLOCK_JUMP_US, *(acc,) * 3, *(gyr,) * len(columns.gyr))


DEVICE = Device(
    name="text-lines",
    title="lines of text",
    baud=115200,
    scale=Scale(GRAVITY_MS2, None),
    rate_hz=50.0,
    decoder=TextLinesDecoder,
    other_bauds=(9600, 57600, 38400, 230400),
    # An x-IMU3's lines are lines of text as well.
    weight=0.8,
)
