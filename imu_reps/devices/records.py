"""Lines of a few shapes that come in turn, put together to one row of numbers.

Strategy: the shape of a line is what is left when its numbers are taken out. Most sketches print
lines of one shape, each a record; examples of libraries print a line for each quantity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

Line = tuple[str, int]

_UNITS = r"m/s(?:ec)?(?:\^?2|²|/s)|m?g|(?:°|deg(?:rees)?|rad(?:ians)?)/s(?:ec)?|m?dps"
_NUMBER = re.compile(
    # A unit may stick to it; the 2 of m/s^2 is no number.
    r"(?<![\w.^])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=(?:" + _UNITS + r")?(?![\w.]))"
)
_CLOCK_PATTERN = r"(?<![\w.])(?:\d+:\d+:\d+|\d+/\d+/\d+)(?:\.\d+)?(?![\w.])"
_CLOCK = re.compile(_CLOCK_PATTERN)
"""The time of day, or the date: no one of its numbers is another thing."""
_UNIT = re.compile(rf"\s*[\[(]?({_UNITS})[\])]?(?![\w^])(?!\s*[:=])")

MOST = 1e15
"""Microseconds in thirty years: a larger number is a damaged one."""

_LEAST_ALIKE, _ALIKE = 4, 0.2
"""Of the lines held, so many have the same shape and so large a part is of a record; of boot text
no two have. With one byte in a hundred damaged, half the lines of 70 characters are left."""

_IN_TURN, _WHOLE, _OFTEN = 0.5, 0.5, 0.1
"""Against the shape that most lines have: lines of one record come about as often as each other,
half the records are whole even so, and what comes now and then is no damage."""


class Shapes(NamedTuple):
    """The shapes of a record's lines in their turn, and those of lines that come in between."""

    turn: tuple[str, ...]
    others: frozenset[str] = frozenset()

    @property
    def names(self) -> list[str]:
        """What stands before each number, with the unit behind it in brackets."""
        return [name for shape in self.turn for name in _names(shape)]


class Records:
    """Lines in, out the numbers of each record, once its last line has come."""

    def __init__(self, shapes: Shapes) -> None:
        self.bad_lines = 0
        self.good_bytes = 0
        self._shapes = shapes
        self._patterns = [_pattern(shape) for shape in shapes.turn]
        self._row: list[float] = []
        self._at = 0

    def row(self, text: str) -> list[float] | None:
        """The row that this line ends."""
        found = self._patterns[self._at].fullmatch(text)
        numbers = [] if found is None else [float(number) for number in found.groups()]
        if not numbers or max(map(abs, numbers)) >= MOST:
            return self._other(text)
        self.good_bytes += len(text) + 1
        self._at += 1
        if len(self._patterns) == 1:
            self._at = 0
            return numbers
        self._row += numbers
        if self._at < len(self._patterns):
            return None
        row = self._row
        self._begin_anew()
        return row

    def _other(self, text: str) -> list[float] | None:
        """A line that is not the next of the record."""
        shape, was_within = shape_of(text), self._at > 0
        if not text or shape in self._shapes.others:
            # Neither damage nor known: bytes may be lost twice in the same way, too.
            return None
        self._begin_anew()
        # Of a record whose first line is damaged, or not heard, the others are no damage more.
        self.bad_lines += was_within or len(self._patterns) == 1 or shape not in self._shapes.turn
        return self.row(text) if was_within and shape == self._shapes.turn[0] else None

    def _begin_anew(self) -> None:
        self._row, self._at = [], 0


def shapes_of(lines: Sequence[Line]) -> list[Shapes]:
    """What these lines may be records of, the likeliest first; none where no shapes come again."""
    counts = Counter(shape_of(text) for text, _ in lines)
    numbered = {shape: count for shape, count in counts.items() if "#" in shape}
    most = max(numbered.values(), default=0)
    turn = [shape for shape, count in numbered.items() if count >= _IN_TURN * most]
    # What may be a line of the record is waited for: damage alike does not go on.
    if min((numbered[shape] for shape in turn), default=0) < _LEAST_ALIKE:
        return []
    if sum(numbered[shape] for shape in turn) < _ALIKE * len(lines):
        return []
    often = {shape for shape, count in counts.items() if count >= _OFTEN * most and count > 1}
    found = [_shapes([shape], often) for shape in sorted(turn, key=lambda shape: -numbered[shape])]
    if len(turn) > 1:
        together = _shapes(_from_the_first(turn, lines), often)
        records = Records(together)
        if sum(records.row(text) is not None for text, _ in lines) >= _WHOLE * most:
            found.insert(0, together)
    return found


def shape_of(text: str) -> str:
    """The line without its numbers and times of day."""
    text = _CLOCK.sub("@", text.replace("#", "?").replace("@", "?"))
    return re.sub(" +", " ", _NUMBER.sub("#", text))


def _shapes(turn: Sequence[str], often: set[str]) -> Shapes:
    return Shapes(tuple(turn), frozenset(often.difference(turn)))


def _from_the_first(turn: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """In their turn, from the one on that is waited for the longest: with it a record begins."""
    waits_us: Counter[str] = Counter()
    for (_, before_us), (text, at_us) in pairwise(lines):
        waits_us[shape_of(text)] += at_us - before_us
    first = max(range(len(turn)), key=lambda place: waits_us[turn[place]])
    return [*turn[first:], *turn[:first]]


def _pattern(shape: str) -> re.Pattern[str]:
    """What a whole line of this shape looks like, a group for each number."""
    between = [re.escape(part).replace(r"\ ", " +") for part in shape.split("#")]
    return re.compile(f"({_NUMBER.pattern})".join(between).replace("@", _CLOCK_PATTERN))


def _names(shape: str) -> list[str]:
    """What stands before each number, with the unit that stands behind it in brackets."""
    before, *parts = shape.split("#")
    names = []
    for part in parts:
        unit = _UNIT.match(part)
        names.append(before.strip(" ,;:=\t(") + (f" ({unit[1]})" if unit else ""))
        before = part[unit.end() :] if unit else part
    return names
