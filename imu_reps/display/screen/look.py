"""What the screen is drawn with: characters for terminals with and without UTF-8; words for styles.

A row is a list of pieces, each a text and the role that it plays; which colour a role has, or none,
only the terminal's side knows.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["plain", "dim", "strong", "count", "out", "hold", "back", "good", "bad", "band"]
Piece = tuple[str, Role]
Row = list[Piece]


@dataclass(frozen=True, slots=True)
class Look:
    """The characters. `upper` and `lower` are halves of a cell; without them a cell is one dot."""

    full: str
    upper: str
    lower: str
    band: str
    empty: str
    between: str
    degree: str
    more: str
    arrow: Mapping[str, str]

    @property
    def has_halves(self) -> bool:
        return self.upper != self.full


UTF8 = Look(
    full="█",
    upper="▀",
    lower="▄",
    band="░",
    empty="─",
    between=" · ",
    degree="°",
    more="…",
    arrow={"rest": "●", "out": "▲", "hold": "■", "back": "▼"},
)

ASCII = Look(
    full="#",
    upper="#",
    lower="#",
    band=".",
    empty="-",
    between=" | ",
    degree="",
    more="~",
    arrow={"rest": "o", "out": "^", "hold": "=", "back": "v"},
)


def look_here(environment: Mapping[str, str] = os.environ) -> Look:
    """What the terminal can show, as far as its locale tells."""
    told = next((v for n in ("LC_ALL", "LC_CTYPE", "LANG") if (v := environment.get(n))), "utf-8")
    speaks = "utf" in told.lower() and "utf" in (sys.__stdout__ or sys.stdout).encoding.lower()
    return UTF8 if speaks else ASCII


def width(row: Row) -> int:
    """The columns that a row fills."""
    return sum(len(text) for text, _ in row)


def cut(row: Row, columns: int, look: Look) -> Row:
    """The row, no longer than this; what is left out is shown to be."""
    if width(row) <= columns:
        return row
    out: Row = []
    left = columns - len(look.more)
    for text, role in row:
        out.append((text[: max(left, 0)], role))
        left -= len(text)
    return [*[piece for piece in out if piece[0]], (look.more[: max(columns, 0)], "dim")]


def wrapped(row: Row, columns: int, most: int, look: Look) -> list[Row]:
    """A row of one piece as so many rows at the most, each no longer than this."""
    if width(row) <= columns or columns < 1:
        return [cut(row, columns, look)]
    ((text, role),) = row
    lines = textwrap.wrap(text, columns, max_lines=most, placeholder=look.more)
    return [[(line, role)] for line in lines]


def spread(left: Row, right: Row, columns: int, look: Look) -> Row:
    """Two rows in one, at both sides; the left one gives way."""
    room = columns - width(right) - 1
    if room < 1:
        return cut(left, columns, look)
    left = cut(left, room, look)
    return [*left, (" " * (columns - width(left) - width(right)), "plain"), *right]


def centred(row: Row, columns: int, look: Look) -> Row:
    """The row in the middle."""
    row = cut(row, columns, look)
    return [(" " * ((columns - width(row)) // 2), "plain"), *row]
