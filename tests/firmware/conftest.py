"""The sketch as it stands, and with other settings; a recording at the sketch's own rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from imu_reps.commands import imu_reps as command_line
from tests.firmware.uno import Built, build, copied


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("uno"))


@pytest.fixture(scope="session")
def at_40_hz(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("uno") / "at_40_hz"
    return build(copied(built.folder, folder), "RATE_HZ=40")


@pytest.fixture(scope="session")
def at_9600_baud(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("uno") / "at_9600_baud"
    return build(copied(built.folder, folder), "BAUD=9600")


@pytest.fixture(scope="session")
def at_100_hz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated set of bridges at 100 Hz."""
    recording = tmp_path_factory.mktemp("recording") / "bridge.imu.csv"
    words = ["simulate", "bridge", str(recording), "--rate", "100", "--reps", "6", "--seed", "1"]
    command_line.main([*words, "--mount", "thigh"], standalone_mode=False)
    return recording
