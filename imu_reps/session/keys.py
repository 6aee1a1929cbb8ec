"""What a person asks for in the middle of a session, handed from the screen to the counting."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from enum import StrEnum


class Key(StrEnum):
    """A key of the live screen, by what it does."""

    PAUSE = "pause"
    LEG = "leg"
    UNDO = "undo"
    ADD = "add"
    MARK = "mark"
    REST = "rest"
    FINISH = "finish"


class Keys:
    """Pressed in one thread, taken in another one; in their order, none lost."""

    def __init__(self) -> None:
        self._pressed: deque[Key] = deque()

    def press(self, key: Key) -> None:
        self._pressed.append(key)

    def taken(self) -> Iterator[Key]:
        """The keys since the last call."""
        while self._pressed:
            yield self._pressed.popleft()
