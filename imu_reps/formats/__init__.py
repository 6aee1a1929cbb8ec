"""One file, one file format. A file that defines `FORMAT` is found.

The longest suffix wins; where several formats share it, the file's first lines tell.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note
from imu_reps.formats.files import or_nothing
from imu_reps.formats.rows import opened


class Recording(Protocol):
    """An open recording: what it says of itself, and its frames and notes in the file's order."""

    header: Header

    def __iter__(self) -> Iterator[Frames | Note]: ...


class Writer(Protocol):
    """A recording that is being written."""

    def write(self, item: Frames | Note) -> None: ...


def _not_written(path: Path, header: Header) -> AbstractContextManager[Writer]:  # noqa: ARG001
    raise BadUsage(f"{path}: this format is only read; name the file .imu.csv or .csv")


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. `create` never overwrites an existing file.

    `head` says whether a file that begins so is of this format; None: the suffix alone tells.
    """

    name: str
    suffix: str
    read: Callable[[Path], AbstractContextManager[Recording]]
    create: Callable[[Path, Header], AbstractContextManager[Writer]] = _not_written
    head: Callable[[bytes], bool] | None = None

    @property
    def is_written(self) -> bool:
        return self.create is not _not_written


HEAD_BYTES = 8192
"""So much of a file is looked at to tell its format."""


@cache
def all_formats() -> dict[str, Format]:
    """Every format by its name, longest suffix first, then those that look at a file's head."""
    modules = (
        importlib.import_module(f"{__name__}.{info.name}")
        for info in pkgutil.iter_modules(__path__)
    )
    found: list[Format] = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    found.sort(key=lambda form: (-len(form.suffix), form.head is None, form.name))
    return {form.name: form for form in found}


def format_of(path: Path) -> Format:
    """The format that a file of this name is written in; raises `BadUsage` where it is none."""
    told_by_name = [form for form in _of_suffix(path) if form.head is None]
    if not told_by_name:
        known = ", ".join(form.suffix for form in all_formats().values() if form.head is None)
        raise BadUsage(f"{path}: the name does not tell the format; name it with one of {known}")
    return told_by_name[0]


def open_recording(path: Path) -> AbstractContextManager[Recording]:
    """The recording in a file of any known format; raises `BadInput` with the cause."""
    if path.is_dir():
        raise BadInput(f"{path}: this is a folder; name a recording in it")
    form = _by_head(path) or format_of(path)
    return form.read(path)


def save(form: Format, path: Path, header: Header, items: Iterable[Frames | Note]) -> None:
    """Write a whole recording as a new file, or leave nothing; raises `BadInput` with the cause."""
    with ExitStack() as stack:
        writer = stack.enter_context(form.create(path, header))
        with or_nothing(path), stack.pop_all():
            for item in items:
                writer.write(item)


def _by_head(path: Path) -> Format | None:
    looking = [form for form in _of_suffix(path) if form.head is not None]
    if not looking or not path.is_file():
        return None
    with opened(path) as file:
        head = file.read(HEAD_BYTES)
    return next((form for form in looking if form.head is not None and form.head(head)), None)


def _of_suffix(path: Path) -> list[Format]:
    """The formats of the longest suffix that the file's name has."""
    found = [form for form in all_formats().values() if path.name.lower().endswith(form.suffix)]
    return [form for form in found if form.suffix == found[0].suffix]
