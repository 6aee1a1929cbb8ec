"""New files, and only new ones, whole or not at all; folders for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO, TextIO

from imu_reps.core.errors import BadInput


@contextmanager
def created(path: Path) -> Iterator[TextIO]:
    """A new text file; raises `BadInput` where one of that name exists or none can be made.

    What goes wrong before it is whole leaves nothing: half of one would stand in the way.
    """
    with _explained(path):
        file = path.open("x", encoding="utf-8", errors="replace", newline="\n")
    with or_nothing(path), file:
        yield file


@contextmanager
def created_binary(path: Path) -> Iterator[BinaryIO]:
    """A new file of bytes; raises, and leaves nothing, as above."""
    with _explained(path):
        file = path.open("xb")
    with or_nothing(path), file:
        yield file


@contextmanager
def or_nothing(path: Path) -> Iterator[None]:
    """Take a new file away again where what writes it fails, or is stopped."""
    try:
        yield
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BadInput(
            f"{path}: cannot be written ({error.strerror}); make room, or name another disk"
        ) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def created_unbuffered(path: Path) -> FileIO:
    """A new file of bytes, in the system's hands as soon as they are written; raises as above."""
    with _explained(path):
        return path.open("xb", buffering=0)


def check_new(path: Path) -> None:
    """Before any work is done: raises `BadInput` where a file of that name exists."""
    if path.exists():
        raise _exists(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise _exists(path) from None
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such folder; make it or name another") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror}); name another") from None


def _exists(path: Path) -> BadInput:
    return BadInput(f"{path}: exists and is not overwritten; choose another name")


def folder_at(path: Path) -> Path:
    """The folder of that name, made if it is not there; raises `BadInput` where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"{path}: no folder can be made there ({error.strerror}); "
            "move what is in its way, or name another place"
        ) from None
    return path


def none_to_write(path: Path) -> BadInput:
    """What is said of a recording without samples: nothing that is read can be made of it."""
    return BadInput(
        f"{path}: there are no samples to write, and only a native recording (.imu.csv) holds "
        "none; record it again"
    )
