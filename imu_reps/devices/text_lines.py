"""Lines of numbers, as sketches for Arduino, ESP32 and M5 print them.

Strategy: what most lines look like is the format; names and gravity tell what their numbers are,
and a line that looks otherwise is damaged. Lines are held until that is known, and none is lost.
"""

from __future__ import annotations

import re

import numpy as np

from imu_reps.core.frames import Frames, Scale, as_received
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.columns import Columns, columns_of
from imu_reps.devices.gate import ACC_JUMP_G, CLOCK_JUMP_US, GYR_JUMP_DPS, Gate
from imu_reps.devices.records import Line, Records, Shapes, shapes_of

_BETWEEN = re.compile(r"[,;\t]")
_COMMAS = re.compile(r"[-+]?\d+(?:,\d+)?(?:[;\t] *[-+]?\d+(?:,\d+)?)+[;\t]?")
"""Numbers as half of Europe writes them: with a comma before the decimals, and something else
between."""

_LONGEST = 512
"""No line is longer: more bytes without a line feed are noise."""

ENOUGH, TRY_EACH, MOST_HELD = 10, 2, 400
"""Lines before the format is first judged, between two tries, and that are held at the most."""


class TextLinesDecoder:
    """Bytes in any pieces in, samples out; the scale is known once the columns are."""

    rate_hz: float | None = None

    def __init__(self) -> None:
        self._rest = b""
        self._begun = False
        self._held: list[Line] = []
        self._untried = 0
        self._records: Records | None = None
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
        return self._gate.refused + (0 if self._records is None else self._records.bad_lines)

    @property
    def good_bytes(self) -> int:
        return 0 if self._records is None else self._records.good_bytes

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        *pieces, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST:
            self._rest = b""
        # What stands before the first line feed is the tail of a line.
        whole, self._begun = pieces[not self._begun :], self._begun or bool(pieces)
        lines = [(_text(piece), host_us) for piece in whole]
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
        held = [line for line in self._held if len(line[0]) <= _LONGEST]
        known = ((shapes, self._columns_of(shapes, held)) for shapes in shapes_of(held))
        shapes, self._columns = next((each for each in known if each[1]), (None, None))
        if shapes is not None and self._columns is not None:
            self._records = Records(shapes)
            self._gate = Gate(_limits(self._columns))

    def _columns_of(self, shapes: Shapes, held: list[Line]) -> Columns | None:
        """What these lines hold, if they are records of such shapes."""
        names = shapes.names
        headings = [] if _has_letter("".join(names[1:])) else self._headings(len(names))
        records = Records(shapes)
        rows = [(row, at_us) for text, at_us in held if (row := records.row(text))]
        table, host_us = np.array([row for row, _ in rows]), np.array([at_us for _, at_us in rows])
        # A line of noise may look like a heading, and then says nothing that fits.
        known = (columns_of(words, table, host_us) for words in (*headings, names))
        return next(filter(None, known), None)

    def _headings(self, width: int) -> list[list[str]]:
        """The lines that may be names of so many columns."""
        texts = (text.strip() for text, _ in self._held if text.isprintable())
        cells = (_cells(text) for text in texts if "\ufffd" not in text)
        return [words for words in cells if len(words) == width and all(map(_has_letter, words))]

    def _frames(self, lines: list[Line]) -> Frames:
        columns, records = self._columns, self._records
        if columns is None or records is None:
            return Frames(np.empty(0, dtype=np.int64), np.empty((0, 6)), None, None)
        rows = [(row, at_us) for text, at_us in lines if (row := records.row(text)) is not None]
        return self._passed(columns, [row for row, _ in rows], [at_us for _, at_us in rows])

    def _passed(self, columns: Columns, rows: list[list[float]], arrivals_us: list[int]) -> Frames:
        table = np.array(rows, dtype=np.float64).reshape(len(rows), -1 if rows else columns.width)
        time_us = np.zeros(len(table)) if columns.time is None else table[:, columns.time]
        values = table[:, columns.acc + columns.gyr]
        time_us = np.round(time_us * columns.time_us)
        believed = self._gate.passes(np.column_stack([time_us, values]))
        return Frames(
            host_us=np.array(arrivals_us, dtype=np.int64)[believed],
            values=as_received(values[believed]),
            device_us=None if columns.time is None else time_us[believed].astype(np.int64),
        )


def _text(piece: bytes) -> str:
    text = piece.decode(errors="replace").strip("\r")
    return text.replace(",", ".") if _COMMAS.fullmatch(text) else text


def _cells(text: str) -> list[str]:
    """The cells of a line; blanks part them only where nothing else does."""
    if not _BETWEEN.search(text):
        return text.split()
    return [cell.strip() for cell in _BETWEEN.split(text.rstrip(",;\t"))]


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
    any_text=True,
)
