"""The native recording: what the sensor sent, line by line, readable whenever it was cut off.

Line 1 tells of the recording in JSON, line 2 has the columns' names, then one line a sample with
the values as they were received, and `# @<host_us> {json}` lines for what happened in between.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Integers, Note, Numbers, as_received
from imu_reps.formats import Format
from imu_reps.formats.appended import Appended, appended
from imu_reps.formats.native_head import (
    ACC,
    DEVICE_US,
    FIRST_LINE,
    GYR,
    HOST_US,
    SEQ,
    Head,
    head_in,
)
from imu_reps.formats.notes import END, INTERRUPTED, LABEL, note_in, note_line
from imu_reps.formats.rows import Block, blocks, numbers, opened


@contextmanager
def read(path: Path) -> Iterator[NativeRecording]:
    """Open a native recording; raises `BadInput` with the cause."""
    with opened(path) as file:
        yield NativeRecording(path, file, head_in(path, file))


class NativeRecording:
    """A native recording that is open for reading, up to its last whole line.

    One that was cut off before its first sample is a recording of none.
    """

    def __init__(self, path: Path, file: BinaryIO, head: Head) -> None:
        self._path = path
        self._file = file
        self._names = head.names
        self._values = head.values
        self._factors = head.factors
        self.header = head.header

    def __iter__(self) -> Iterator[Frames | Note]:
        """Frames and notes in the file's order; a note `interrupted` where the end is missing."""
        host_us, kind = 0, ""
        for block in blocks(self._file, 3):
            for item in self._items(block):
                if isinstance(item, Note):
                    # A label comes after the end, and is none.
                    kind = kind if item.kind == LABEL else item.kind
                    host_us = item.host_us
                else:
                    host_us, kind = int(item.host_us[-1]), ""
                yield item
        if kind != END:
            yield Note(host_us, INTERRUPTED)

    def _items(self, block: Block) -> Iterator[Frames | Note]:
        """The frames and notes of these lines; what stands behind the last line's end is none."""
        text, number = block.text[: block.text.rfind(b"\n") + 1], block.number
        at = 0
        while at < len(text):
            is_note = text.startswith(b"#", at)
            end = text.find(b"\n", at) + 1 if is_note else _next_note(text, at)
            lines = Block(number, text[at:end])
            if is_note:
                yield from filter(None, [note_in(self._path, number, lines.text)])
            else:
                yield from self._frames(lines)
            at, number = end, number + lines.text.count(b"\n")

    def _frames(self, block: Block) -> Iterator[Frames]:
        names = self._names
        table = numbers(self._path, block, len(names), range(len(names)))
        values = as_received(table[:, [names.index(name) for name in self._values]])
        if len(table):
            yield Frames(
                host_us=table[:, names.index(HOST_US)].astype(np.int64),
                values=values if self._factors is None else values * self._factors,
                seq=self._column(table, SEQ),
                device_us=self._column(table, DEVICE_US),
            )

    def _column(self, table: Numbers, name: str) -> Integers | None:
        return table[:, self._names.index(name)].astype(np.int64) if name in self._names else None


def _next_note(text: bytes, at: int) -> int:
    """Where the next note begins in whole lines, their end if none does."""
    # One byte is looked for far more quickly than two.
    at = text.find(b"#", at)
    while at > 0 and not text.startswith(b"\n", at - 1):
        at = text.find(b"#", at + 1)
    return at if at >= 0 else len(text)


@contextmanager
def create(path: Path, header: Header) -> Iterator[NativeWriter]:
    """Begin a new native recording; it is whole on the disk when the context ends."""
    with appended(path) as file:
        writer = NativeWriter(file, header)
        try:
            yield writer
        finally:
            writer.finish()


class NativeWriter:
    """A native recording that is being written: whole lines, on the disk within a second."""

    def __init__(self, file: Appended, header: Header) -> None:
        self._file = file
        self._header = header
        self._begun = False
        self._early: list[Note] = []

    def write(self, item: Frames | Note) -> None:
        """Append frames or a note; the first frames say which columns there are."""
        if isinstance(item, Note):
            self._note(item)
        elif len(item):
            self._begin(item)
            self._file.write(_rows(item))

    def finish(self) -> None:
        """Write what still waits for a first sample; a recording of none has its header."""
        self._begin(None)

    def _note(self, note: Note) -> None:
        if note.kind == INTERRUPTED:
            return
        if self._begun:
            self._file.write(note_line(note))
        else:
            self._early.append(note)

    def _begin(self, first: Frames | None) -> None:
        if self._begun:
            return
        columns = _columns(self._header, first)
        told = {
            "device": self._header.device,
            "decoder": self._header.decoder,
            "movement": self._header.movement,
            "leg": self._header.leg,
            "mount": self._header.mount,
            "rate_hz": self._header.rate_hz,
            "started_utc": self._header.started_utc,
            "software": self._header.software,
            "columns": columns,
        }
        if self._header.lost_samples:
            told["lost_samples"] = self._header.lost_samples
        notes = "".join(map(note_line, self._early))
        self._file.write(FIRST_LINE.text(told) + ",".join(columns) + "\n" + notes)
        self._begun, self._early = True, []


def append_notes(path: Path, notes: Iterable[Note]) -> None:
    """Write notes behind a recording's last line; nothing that stands there is changed.

    Raises `BadInput` where the last line is not whole: what follows it would be lost with it.
    """
    with opened(path) as file:
        file.seek(-1, os.SEEK_END)
        whole = file.read() == b"\n"
    if not whole:
        raise BadInput(
            f"{path}: was cut off within a line; make it whole with "
            f"`imu-reps convert {path} NEW.imu.csv` and label that"
        )
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file_end:
            file_end.write("".join(map(note_line, notes)))
            file_end.flush()
            os.fsync(file_end.fileno())
    except OSError as error:
        raise BadInput(f"{path}: cannot be written to ({error.strerror})") from None


def _columns(header: Header, first: Frames | None) -> dict[str, dict[str, object]]:
    scale = header.scale
    assert scale is not None
    columns: dict[str, dict[str, object]] = {}
    if first is None or first.seq is not None:
        columns[SEQ] = {"unit": "1", "wrap": scale.seq_wrap}
    if first is None or first.device_us is not None:
        columns[DEVICE_US] = {"unit": "us", "wrap": scale.device_us_wrap}
    columns[HOST_US] = {"unit": "us"}
    columns |= {name: {"unit": "m/s^2", "scale": scale.acc_ms2} for name in ACC}
    if scale.gyr_rads is not None:
        columns |= {name: {"unit": "rad/s", "scale": scale.gyr_rads} for name in GYR}
    return columns


def _rows(frames: Frames) -> str:
    counters = [c.tolist() for c in (frames.seq, frames.device_us, frames.host_us) if c is not None]
    columns = [*counters, *frames.values.T.tolist()]
    line = ",".join(["%r"] * len(columns)) + "\n"
    return "".join([line % row for row in zip(*columns, strict=True)])


FORMAT = Format("native recording", ".imu.csv", read, create)
