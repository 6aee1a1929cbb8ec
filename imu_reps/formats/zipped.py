"""A zip of tables, as phone apps share a recording: the first in it that can be counted in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from imu_reps.core.errors import BadInput
from imu_reps.formats import Format, Recording, open_recording
from imu_reps.formats.rows import opened

MOST_BYTES = 2 << 30
"""Tables larger than this together are no recording of a training."""


@contextmanager
def read(path: Path) -> Iterator[Recording]:
    """Open the recording in a zip; raises `BadInput` with the cause."""
    with TemporaryDirectory(prefix="imu-reps-") as folder:
        try:
            with ExitStack() as stack:
                yield _first_of(path, _unpacked(path, Path(folder)), stack)
        except BadInput as error:
            # What went wrong went wrong in the zip, whatever the place that it was unpacked to.
            raise BadInput(str(error).replace(folder, str(path))) from None


def _unpacked(path: Path, folder: Path) -> list[Path]:
    try:
        with opened(path) as file, zipfile.ZipFile(file) as archive:
            tables = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
            if sum(info.file_size for info in tables) > MOST_BYTES:
                raise BadInput(f"{path}: holds more than 2 GB; unpack it and name the table")
            return sorted(Path(archive.extract(info, folder)) for info in tables)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"{path}: this is no whole zip file ({error}); copy it anew") from None


def _first_of(path: Path, tables: list[Path], stack: ExitStack) -> Recording:
    for table in tables:
        try:
            return stack.enter_context(open_recording(table))
        except BadInput:
            continue
    raise BadInput(f"{path}: no table in it holds accelerations with gravity; export those, as CSV")


FORMAT = Format("zip of tables", ".zip", read)
