"""A zip of tables, as phone apps share a recording: the only one in it that can be counted in."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from imu_reps.core.errors import BadInput
from imu_reps.formats import Format, Recording, open_recording
from imu_reps.formats.rows import opened

MOST_BYTES = 2 << 30
"""Tables larger than this together are no recording of a training."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@contextmanager
def read(path: Path) -> Iterator[Recording]:
    """Open the recording in a zip; raises `BadInput` with the cause."""
    with TemporaryDirectory(prefix="imu-reps-") as folder:
        try:
            with open_recording(_only_one(path, _unpacked(path, Path(folder)))) as recording:
                yield recording
        except BadInput as error:
            # What went wrong went wrong in the zip, whatever the place that it was unpacked to.
            raise BadInput(str(error).replace(folder, str(path))) from None


def _unpacked(path: Path, folder: Path) -> list[Path]:
    try:
        with opened(path) as file, zipfile.ZipFile(file) as archive:
            tables = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
            if sum(info.file_size for info in tables) > MOST_BYTES:
                raise BadInput(f"{path}: holds more than 2 GB; unpack it and name the table")
            return sorted({Path(archive.extract(info, folder)) for info in tables})
    except _DAMAGE as error:
        raise BadInput(f"{path}: this is no whole zip file ({error}); copy it anew") from None
    except OSError as error:
        cause = error.strerror or error
        raise BadInput(
            f"{path}: cannot be unpacked ({cause}); unpack it yourself and name the table"
        ) from None


def _only_one(path: Path, tables: list[Path]) -> Path:
    """The table that is a recording: what else phones record is refused as soon as it is opened."""
    found = [table for table in tables if _opens(table)]
    if not found:
        raise BadInput(
            f"{path}: no table in it holds accelerations with gravity; export those, as CSV"
        )
    if len(found) > 1:
        names = ", ".join(table.name for table in found)
        raise BadInput(f"{path}: holds several recordings ({names[:120]}); unpack it and name one")
    return found[0]


def _opens(table: Path) -> bool:
    try:
        with open_recording(table):
            return True
    except BadInput:
        return False


FORMAT = Format("zip of tables", ".zip", read)
