"""No test writes into the home of whoever runs it; boards to be plugged in, and who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ports.boards import Board, Running

Live = Callable[..., Running]


@pytest.fixture(scope="session", autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """A board that is plugged in."""
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
