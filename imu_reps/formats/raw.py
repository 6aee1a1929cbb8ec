"""The raw capture `NAME.imu.raw`: the bytes of the wire as they came, with their arrival times.

Text, one line for each piece that a read gave, so that a cut costs the last line at the most and a
capture can be kept beside the tests, read and compared:

    # imu-reps-capture 1 {"device": "witmotion", "port": "/dev/ttyUSB0", "baud": 115200, ...}
    <host_us> <the bytes in hexadecimal>
    # @<host_us> {"event": "reconnect", ...}

`host_us` is the host's monotonic time of arrival in microseconds, the same that a native recording
has. The first line's JSON says what was known when the capture began, each key only if it was:
`device` (a decoder's name), `port`, `baud`, `movement`, `leg`, `mount`, `started_utc`, `software`;
unknown keys are kept out of the way. Notes are those of a native recording; a missing `end` means
that the capture was interrupted.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Note, Piece
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.appended import Appended, appended
from imu_reps.formats.first_line import FirstLine, damaged
from imu_reps.formats.notes import END, INTERRUPTED, note_in, note_line
from imu_reps.formats.rows import opened
from imu_reps.formats.said import text_in

SUFFIX = ".imu.raw"

_FIRST_LINE = FirstLine("capture", 1, "capture it again")

_MOST_BAUD = 1_000_000_000
"""No port is as fast."""

_PIECE = re.compile(rb"(-?\d{1,18}) ((?:[0-9a-fA-F]{2})*)\r?\n")


@dataclass(frozen=True, slots=True)
class About:
    """What a capture says of itself; None is "it does not say"."""

    device: str | None = None
    port: str | None = None
    baud: int | None = None
    movement: str | None = None
    leg: Leg | None = None
    mount: Mount | None = None
    started_utc: str | None = None
    software: str | None = None


def is_capture(path: Path) -> bool:
    """Whether a file of this name holds raw bytes."""
    return path.name.lower().endswith(SUFFIX)


def beside(recording: Path) -> Path:
    """The capture that belongs to a native recording of this name."""
    return recording.with_name(recording.name[: -len(".imu.csv")] + SUFFIX)


@contextmanager
def create(path: Path, about: About) -> Iterator[CaptureWriter]:
    """Begin a new capture; it is whole on the disk when the context ends.

    Raises `BadInput` where a file of that name exists or none can be made.
    """
    with appended(path) as file:
        told = {key: value for key, value in asdict(about).items() if value is not None}
        file.write(_FIRST_LINE.text(told))
        yield CaptureWriter(file)


class CaptureWriter:
    """A capture that is being written; a piece is in the system's hands when `write` returns."""

    def __init__(self, file: Appended) -> None:
        self._file = file

    def write(self, item: Piece | Note) -> None:
        """Append a piece, or a note of what happened; pieces without bytes say nothing."""
        if isinstance(item, Note):
            self._file.write(note_line(item))
        elif item.data:
            self._file.write(f"{item.host_us} {item.data.hex()}\n")


@contextmanager
def read(path: Path) -> Iterator[Capture]:
    """Open a capture; raises `BadInput` with the cause."""
    with opened(path) as file:
        yield Capture(path, file, _about_in(path, file.readline()))


class Capture:
    """A capture that is open for reading, up to its last whole line."""

    def __init__(self, path: Path, file: BinaryIO, about: About) -> None:
        self._path = path
        self._file = file
        self._begin = file.tell()
        self.about = about

    def __iter__(self) -> Iterator[Piece | Note]:
        """Pieces and notes in the file's order, each time from the first one on.

        A note `interrupted` comes last where the end is missing.
        """
        self._file.seek(self._begin)
        host_us, ended = 0, False
        for number, line in enumerate(self._file, 2):
            if not line.endswith(b"\n") or line.isspace():
                continue
            item = self._item(number, line)
            if item is None:
                continue
            host_us = item.host_us
            ended = isinstance(item, Note) and item.kind == END
            yield item
        if not ended:
            yield Note(host_us, INTERRUPTED)

    def _item(self, number: int, line: bytes) -> Piece | Note | None:
        if line.startswith(b"#"):
            return note_in(self._path, number, line)
        found = _PIECE.fullmatch(line)
        if found is None:
            raise BadInput(
                f"{self._path}: line {number} is not an arrival and bytes in hexadecimal; "
                "mend or delete that line"
            )
        return Piece(bytes.fromhex(found[2].decode()), int(found[1]))


def _about_in(path: Path, line: bytes) -> About:
    told = _FIRST_LINE.told_in(path, line)
    try:
        return _about(told)
    except (ValueError, BadUsage) as error:
        raise damaged(path, error) from None


def _about(told: dict[str, Any]) -> About:
    known = {item.name: text_in(told, item.name) for item in fields(About) if item.name != "baud"}
    baud, leg, mount = told.get("baud"), known.pop("leg"), known.pop("mount")
    if baud is not None and not (isinstance(baud, int) and 0 < baud < _MOST_BAUD):
        raise ValueError(f"baud is {reprlib.repr(baud)}")
    return About(
        baud=baud,
        leg=None if leg is None else Leg.named(leg),
        mount=None if mount is None else Mount.named(mount),
        **known,
    )
