"""Words for the signs that an output has no letter for: `deg` where it knows no `°`."""

from __future__ import annotations

import codecs

SPELT = "imu-reps-spelt"
"""The name of the error handler that an output is opened with."""

_WORDS = {"°": "deg", "…": "...", "–": "-"}


def spelt(text: str, encoding: str | None) -> str:
    """The text as an output of this encoding shows it; one in memory has none, and all letters."""
    return text if encoding is None else text.encode(encoding, SPELT).decode(encoding)


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join(_WORDS.get(letter, "?") for letter in unknown), error.end


codecs.register_error(SPELT, _spell)
