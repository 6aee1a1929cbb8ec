"""What a person asks for in the middle of a session."""

from __future__ import annotations

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
