"""Rows of numbers out of lines of text: fast, and exact about the line that is not one."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Numbers
from imu_reps.core.samples import Floats
from imu_reps.formats.decimals import decimals_in

BLOCK_BYTES = 1 << 18
"""So much is read at a time: memory stays flat however long the recording is."""

MOST = 9e18
"""What is larger than whole numbers of 64 bits is damage: no sensor and no clock gives it."""

Line = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines as they stand in a file, the first of them its line `number`."""

    number: int
    text: bytes

    def lines(self) -> list[Line]:
        """The lines with their numbers."""
        return list(enumerate(io.BytesIO(self.text), self.number))

    def rows(self) -> list[Line]:
        """Those that are not blank."""
        return [(number, line) for number, line in self.lines() if not line.isspace()]


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


def blocks(file: BinaryIO, first_number: int) -> Iterator[Block]:
    """The rest of a file, its next line the one of that number, some lines at a time."""
    number = first_number
    while text := file.read(BLOCK_BYTES):
        block = Block(number, text + file.readline())
        yield block
        number += block.text.count(b"\n")


def parse(
    path: Path, block: Block, columns: int, wanted: Sequence[int], delimiter: str = ","
) -> Floats:
    """The numbers (n, k) of the k wanted columns, whatever stands in the others.

    Raises `BadInput` that names the first bad line. A comma is a decimal one where another sign
    stands between the columns. Numbers may be quoted.
    """
    return np.asarray(numbers(path, block, columns, wanted, delimiter), dtype=np.float64)


def numbers(
    path: Path, block: Block, columns: int, wanted: Sequence[int], delimiter: str = ","
) -> Numbers:
    """The same, as whole numbers where there is nothing else in the block."""
    if b'"' in block.text:
        block = Block(block.number, block.text.replace(b'"', b""))
    table = decimals_in(block.text, columns) if delimiter == "," else None
    if table is not None:
        return table[:, wanted]
    floats = _at_once(block.text, columns, delimiter)
    floats = (
        _by_lines(path, block.rows(), columns, wanted, delimiter)
        if floats is None
        else floats[:, wanted]
    )
    _check_size(path, block, floats)
    return floats


def _check_size(path: Path, block: Block, table: Floats) -> None:
    is_huge = np.abs(table).max(axis=1, initial=0) >= MOST
    if is_huge.any():
        number, _ = block.rows()[int(is_huge.argmax())]
        raise BadInput(
            f"{path}: line {number} has a number beyond {MOST:.0e}, which no sensor sends; "
            "mend or delete that line"
        )


def _at_once(text: bytes, columns: int, delimiter: str) -> Floats | None:
    """The numbers of all columns; None where one line is different, or says no number."""
    if not text.strip() or (delimiter != "," and b"," in text):
        return None
    try:
        table = np.loadtxt(io.BytesIO(text), delimiter=delimiter, ndmin=2, comments=None)
    except ValueError:
        return None
    return table if table.shape[1] == columns and np.isfinite(table).all() else None


def _by_lines(
    path: Path, lines: list[Line], columns: int, wanted: Sequence[int], delimiter: str
) -> Floats:
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
        told = [values[place] for place in wanted]
        if not any(map(_is_number, told)):
            return BadInput(
                f"{path}: line {number} has no numbers but {told[0].strip()[:40]!r}: where another "
                "recording begins, cut the file there; else delete that line"
            )
        for value in told:
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
