"""Three recordings, and a history that has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from imu_reps.core.words import Leg
from imu_reps.session.history import History, history
from tests.session.history.made import a_recording


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("recordings")
    first = [a_recording(folder, leg, f"2026-03-01T1{i}:00:00+00:00") for i, leg in enumerate(Leg)]
    return [*first, a_recording(folder, Leg.LEFT, "2026-03-02T10:00:00+00:00")]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "history.sqlite"


@pytest.fixture
def known(db: Path, recordings: list[Path]) -> Iterator[History]:
    with history(db) as opened:
        opened.take_in(recordings)
        yield opened
