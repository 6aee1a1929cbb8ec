"""New files, and only new ones; folders for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO, TextIO

from imu_reps.core.errors import BadInput


def created(path: Path) -> TextIO:
    """A new text file; raises `BadInput` where one of that name exists or none can be made."""
    with _explained(path):
        return path.open("x", encoding="utf-8", newline="\n")


def created_binary(path: Path) -> BinaryIO:
    """A new file of bytes; raises `BadInput` where one of that name exists or none can be made."""
    with _explained(path):
        return path.open("xb")


def created_unbuffered(path: Path) -> FileIO:
    """A new file of bytes, in the system's hands as soon as they are written; raises as above."""
    with _explained(path):
        return path.open("xb", buffering=0)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise BadInput(f"{path}: exists and is not overwritten; choose another name") from None
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such folder; make it or name another") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror}); name another") from None


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
