"""Rows of numbers out of lines of text: fast, and exact about the line that is not one."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.samples import Floats

BLOCK_BYTES = 1 << 20
"""So much is read at a time: memory stays flat however long the recording is."""

Line = tuple[int, bytes]


def opened(path: Path) -> BinaryIO:
    """The file, open for reading; raises `BadInput` that says why it cannot be."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file; check the name and the folder") from None
    except PermissionError:
        raise BadInput(f"{path}: you may not read this file; check its permissions") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be opened ({error.strerror})") from None


def blocks(file: BinaryIO, first_number: int) -> Iterator[list[Line]]:
    """Lines that are not blank, with their numbers, a block at a time."""
    number = first_number
    while lines := file.readlines(BLOCK_BYTES):
        yield [(n, line) for n, line in enumerate(lines, number) if not line.isspace()]
        number += len(lines)


def parse(path: Path, lines: list[Line], columns: int) -> Floats:
    """The numbers (n, columns) of these lines; raises `BadInput` that names the first bad line."""
    return parse_some(path, lines, columns, range(columns), ",")


def parse_some(
    path: Path, lines: list[Line], columns: int, wanted: Sequence[int], delimiter: str
) -> Floats:
    """The numbers (n, k) of the k wanted columns, whatever stands in the others.

    Raises `BadInput` that names the first bad line. A comma is a decimal one where another sign
    stands between the columns.
    """
    if not lines:
        return np.empty((0, len(wanted)))
    if delimiter != ",":
        lines = [(number, line.replace(b",", b".")) for number, line in lines]
    text = io.BytesIO(b"".join(line if line.endswith(b"\n") else line + b"\n" for _, line in lines))
    try:
        if any(line.count(delimiter.encode()) != columns - 1 for _, line in lines):
            raise ValueError
        table = np.loadtxt(
            text, delimiter=delimiter, ndmin=2, comments=None, encoding="utf-8", usecols=wanted
        )
    except ValueError:
        raise _bad_line(path, lines, columns, wanted, delimiter) from None
    if table.shape != (len(lines), len(wanted)) or not np.isfinite(table).all():
        raise _bad_line(path, lines, columns, wanted, delimiter)
    return table


def _bad_line(
    path: Path, lines: list[Line], columns: int, wanted: Sequence[int], delimiter: str
) -> BadInput:
    for number, line in lines:
        values = line.decode(errors="replace").strip("\r\n").split(delimiter)
        if len(values) != columns:
            return BadInput(
                f"{path}: line {number} has {len(values)} values instead of {columns}; "
                "mend or delete that line"
            )
        for value in (values[place] for place in wanted):
            if not _is_number(value):
                return BadInput(
                    f"{path}: line {number}: {value.strip()[:40]!r} stands where a number belongs; "
                    "mend or delete that line"
                )
    return BadInput(f"{path}: cannot be read as a table of numbers")


def _is_number(value: str) -> bool:
    try:
        return bool(np.isfinite(float(value)))
    except ValueError:
        return False
