"""Plain decimal numbers out of text, a block at a time and exact to the bit.

Strategy (Clinger 1990): a decimal of up to fifteen digits is a whole number divided by a power of
ten. Both are exact in a float, so the one division rounds as a reader of single numbers would. The
points are taken out and whole numbers are read, in half the time; other text is left to others.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.frames import Numbers

_DIGITS_AND_MARKS = b"0123456789-."
_MINUS, _POINT, _ZERO = b"-.0"
_TO_ONE_LINE = bytes.maketrans(b"\n", b",")
_EXACT = 1 << 53
"""Floats hold every whole number up to this."""

_TENS = np.array([float(f"1e{power}") for power in range(23)])
"""The powers of ten that floats hold exactly."""


def decimals_in(text: bytes, columns: int) -> Numbers | None:
    """The numbers (n, columns) of `n` lines of text with commas between the columns.

    Whole numbers as such where there is no point in the text. None where the lines are not all
    whole, of so many columns, and of plain decimals.
    """
    between = text.translate(None, _DIGITS_AND_MARKS)
    lines = between.count(b"\n")
    if not text.endswith(b"\n") or between != (b"," * (columns - 1) + b"\n") * lines:
        return None
    whole = _without_points(text)
    if (
        whole is None
        or len(whole) != len(between)
        or not -_EXACT <= whole.min() <= whole.max() <= _EXACT
    ):
        return None
    if b"." not in text:
        return whole.reshape(-1, columns)
    after = _after_points(text)
    return None if after is None else (whole / _TENS[after]).reshape(-1, columns)


def _without_points(text: bytes) -> NDArray[np.int64] | None:
    line = text.translate(_TO_ONE_LINE, b".")
    chars = np.frombuffer(line, dtype=np.uint8)
    # Numpy takes a minus without digits for a nought.
    if ((chars[:-1] == _MINUS) & (chars[1:] < _ZERO)).any():
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(line, dtype=np.int64, sep=",")
        except (DeprecationWarning, ValueError):
            return None


def _after_points(text: bytes) -> NDArray[np.int64] | None:
    """How many digits of each number stand after its point; None where that cannot be."""
    signed = np.frombuffer(text, dtype=np.uint8)
    chars = signed[signed != _MINUS]
    marks = np.flatnonzero(chars < _ZERO)
    is_point = chars[marks] == _POINT
    lengths = np.diff(marks, prepend=-1) - 1
    follows_point = np.concatenate([[False], is_point[:-1]])
    is_split = (signed[:-1] == _POINT) & (signed[1:] == _MINUS)
    if is_split.any() or (is_point & follows_point).any() or lengths.max() >= len(_TENS):
        return None
    after: NDArray[np.int64] = (lengths * follows_point)[~is_point]
    return after
