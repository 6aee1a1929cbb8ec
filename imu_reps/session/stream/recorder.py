"""Writing down what comes while it is counted: a full disk stops the writing, not the counting."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

Item_contra = TypeVar("Item_contra", contravariant=True)
Say = Callable[[str], None]


class Writes(Protocol[Item_contra]):
    """What takes items down, and raises `OSError` where it cannot."""

    def write(self, item: Item_contra) -> None: ...


class Recorder(Generic[Item_contra]):
    """Writes as long as that works; then `failure` says why it has stopped, and is said once."""

    def __init__(self, path: Path, say: Say) -> None:
        self.failure: str | None = None
        self._path = path
        self._say = say
        self._writer: Writes[Item_contra] | None = None

    def begin(self, writer: Writes[Item_contra]) -> None:
        """Write with this from now on."""
        self._writer = writer

    def write(self, item: Item_contra) -> None:
        """Take the item down; after a failure nothing is."""
        if self._writer is not None:
            with self.telling():
                self._writer.write(item)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Let no failure of the system through: note it, say it, and write no more."""
        try:
            yield
        except OSError as error:
            self._writer = None
            if self.failure is None:
                self.failure = _told(self._path, error)
                self._say(f"{self.failure}; counting goes on")


def _told(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: recording has stopped, the disk is full: make room before the next set"
    if error.errno == errno.ENOENT:
        return (
            f"{path}: recording has stopped, its file was deleted: begin another with imu-reps live"
        )
    return f"{path}: recording has stopped ({error.strerror}): record to another disk"


@contextmanager
def recording(
    opening: AbstractContextManager[Writes[Item_contra]], path: Path, say: Say
) -> Iterator[Recorder[Item_contra]]:
    """Record with the writer that `opening` gives; raises as that does where it cannot begin."""
    recorder: Recorder[Item_contra] = Recorder(path, say)
    closing = ExitStack()
    with recorder.telling():
        recorder.begin(closing.enter_context(opening))
    try:
        yield recorder
    finally:
        with recorder.telling():
            closing.close()
