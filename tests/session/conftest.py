"""Boards that are plugged in, and `imu-reps live` beside them; both gone when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.session.boards import Board, Running

Live = Callable[..., Running]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    made = Board(tmp_path / "ttyUSB7")
    yield made
    made.unplug()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """Starts `imu-reps live --json` with these words; its home is the test's folder."""
    started: list[Running] = []

    def start(*words: str) -> Running:
        started.append(Running(list(words), tmp_path))
        return started[-1]

    yield start
    for each in started:
        each.kill()
