"""A new file that only grows, line by line: in the system's hands at once, on the disk in a second.

What stands in it is whole lines at every moment but that of a write. So a program that is killed
costs nothing that was written, a power cut the last second, and a full disk the line it hit.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from imu_reps.formats.files import created_unbuffered

SYNC_S = 0.8
"""A power cut may cost a second at the most: that, and the time a slow disk takes."""


class Appended:
    """The file. A write that fails takes back what came of it, and raises `OSError`."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._whole_bytes = 0
        self._synced_bytes = 0
        self._sync_failure: OSError | None = None

    def write(self, lines: str) -> None:
        """Append lines, each with its line feed."""
        if self._sync_failure is not None:
            raise self._sync_failure
        data = memoryview(lines.encode())
        size = len(data)
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError:
            self._take_back()
            raise
        self._whole_bytes += size

    def sync(self) -> None:
        """Bring what was written to the disk, if it is not there yet."""
        size = self._whole_bytes
        if size > self._synced_bytes:
            os.fsync(self._file.fileno())
            self._synced_bytes = size
            self._find_deleted()

    def sync_until(self, over: threading.Event) -> None:
        """Keep bringing it there, in a thread of its own: a slow disk holds nobody up."""
        while not over.wait(SYNC_S):
            try:
                self.sync()
            except OSError as error:
                self._sync_failure = error
                return

    def _find_deleted(self) -> None:
        """A deleted file takes every line and keeps none: the system calls that no failure."""
        if os.fstat(self._file.fileno()).st_nlink == 0:
            raise FileNotFoundError(errno.ENOENT, "its file was deleted")

    def _take_back(self) -> None:
        try:
            self._file.truncate(self._whole_bytes)
            self._file.seek(self._whole_bytes)
        except OSError:
            # Half a line at the end is what every reader can cope with.
            return


@contextmanager
def appended(path: Path) -> Iterator[Appended]:
    """Begin a new file; it is whole on the disk when the context ends.

    Raises `BadInput` where one of that name exists or none can be made.
    """
    with created_unbuffered(path) as file:
        lines = Appended(file)
        over = threading.Event()
        syncing = threading.Thread(target=lines.sync_until, args=(over,), daemon=True)
        syncing.start()
        try:
            yield lines
        finally:
            over.set()
            syncing.join()
            lines.sync()
