"""Where in a session one is, and which warnings say that its sensor is not heard."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where in the session one is."""

    COUNTDOWN = "get ready"
    READY = "ready"
    SET = "set"
    REST = "rest"
    OVER = "over"


LOST_CODES = ("silent", "unplugged")
"""Warnings of who listens to the port: the sensor is lost until a sample comes."""
