"""The keys of the screen: what each asks for, and the line that shows them."""

from __future__ import annotations

from collections.abc import Collection

from imu_reps.display.screen.look import Row, width
from imu_reps.session.coaching.keys import Key

ALL = tuple(Key)

_SHOWN = (
    (" ", Key.PAUSE, "pause"),
    ("l", Key.LEG, "leg"),
    ("u", Key.UNDO, "undo"),
    ("+", Key.ADD, "add"),
    ("m", Key.MARK, "mark"),
    ("r", Key.REST, "rest"),
    ("q", Key.FINISH, "finish"),
)
"""The character that is typed, what it asks for, and in a word."""


def by_character(keys: Collection[Key]) -> dict[str, Key]:
    """What each character asks for."""
    return {character: key for character, key, _ in _SHOWN if key in keys}


def key_row(keys: Collection[Key], columns: int) -> Row:
    """The line that shows the keys; where there is little room, a word for the first and last."""
    shown = [one for one in _SHOWN if one[1] in keys]
    row = [piece for one in shown for piece in _pieces(*one)]
    if width(row) <= columns:
        return row
    middle: Row = [(f"{character} ", "strong") for character, _, _ in shown[1:-1]]
    return [*_pieces(*shown[0]), *middle, *_pieces(*shown[-1])]


def _pieces(character: str, _key: Key, word: str) -> Row:
    return [(character.strip() or "space", "strong"), (f" {word}  ", "dim")]
