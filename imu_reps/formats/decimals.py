"""Plain decimal numbers out of text, a block at a time and exact to the bit.

Strategy (Clinger 1990): a decimal of up to fifteen digits is a whole number divided by a power of
ten. Both are exact in a float, so the one division rounds as a reader of single numbers would. The
points are taken out and whole numbers are read, in half the time; other text is left to others.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats

_PLAIN = b"0123456789-.,\n"
_COMMA, _MINUS, _POINT, _END = b",-.\n"
_TO_ONE_LINE = bytes.maketrans(b"\n", b",")
_EXACT = 1 << 53
"""Floats hold every whole number up to this."""

_LONGEST = len(str(_EXACT))
"""Of that many digits; where more stand in a row there is no need to read on."""

_TENS = np.array([float(f"1e{power}") for power in range(23)])
"""The powers of ten that floats hold exactly."""


def decimals_in(text: bytes, columns: int) -> Floats | None:
    """The numbers (n, columns) of `n` lines of text with commas between the columns.

    None where the lines are not all whole, of so many columns, and of plain decimals.
    """
    if text.translate(None, _PLAIN) or not text.endswith(b"\n"):
        return None
    chars = np.frombuffer(text, dtype=np.uint8)
    marks = np.flatnonzero((chars <= _POINT) & (chars != _MINUS))
    signed = np.flatnonzero(chars == _MINUS) + 1
    is_point = chars[marks] == _POINT
    ends = chars[marks[~is_point]]
    is_last = np.arange(1, len(ends) + 1) % columns == 0
    lengths = np.diff(marks, prepend=-1) - 1
    follows_point = np.concatenate([[False], is_point[:-1]])
    if (
        ((ends == _END) != is_last).any()
        or (is_point & follows_point).any()
        or (chars[signed] <= _POINT).any()
        or lengths.max() > _LONGEST + 1
    ):
        return None
    whole, after = _without_points(text), (lengths * follows_point)[~is_point]
    if whole is None or len(whole) != len(after) or np.abs(whole).max() > _EXACT:
        return None
    table: Floats = (whole / _TENS[after]).reshape(-1, columns)
    return table


def _without_points(text: bytes) -> NDArray[np.int64] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(text.translate(_TO_ONE_LINE, b"."), dtype=np.int64, sep=",")
        except (DeprecationWarning, ValueError):
            return None
