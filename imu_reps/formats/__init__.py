"""One file, one file format. A file that defines `FORMAT` is found; the longest suffix wins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note


class Recording(Protocol):
    """An open recording: what it says of itself, and its frames and notes in the file's order."""

    header: Header

    def __iter__(self) -> Iterator[Frames | Note]: ...


class Writer(Protocol):
    """A recording that is being written."""

    def write(self, item: Frames | Note) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One file format, chosen by its suffix. `create` never overwrites an existing file."""

    name: str
    suffix: str
    read: Callable[[Path], AbstractContextManager[Recording]]
    create: Callable[[Path, Header], AbstractContextManager[Writer]]


@cache
def all_formats() -> dict[str, Format]:
    """Every format by its suffix, longest suffix first."""
    modules = (
        importlib.import_module(f"{__name__}.{info.name}")
        for info in pkgutil.iter_modules(__path__)
    )
    found: list[Format] = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {form.suffix: form for form in sorted(found, key=lambda form: -len(form.suffix))}


def format_of(path: Path) -> Format:
    """The format that the file's name stands for; raises `BadUsage` where it is none."""
    for suffix, form in all_formats().items():
        if path.name.lower().endswith(suffix):
            return form
    known = ", ".join(all_formats())
    raise BadUsage(f"{path}: the name does not tell the format; name it with one of {known}")


def open_recording(path: Path) -> AbstractContextManager[Recording]:
    """The recording in a file of any known format; raises `BadInput` with the cause."""
    form = format_of(path)
    if path.is_dir():
        raise BadInput(f"{path}: this is a folder; name a recording in it")
    return form.read(path)
