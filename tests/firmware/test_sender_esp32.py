"""The sketch as an ESP32 gets it, run on this computer with sanitizers, when nobody reads."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.frames import Integers
from imu_reps.devices.imu_reps_frame import FrameDecoder
from tests.firmware import frame_tool
from tests.tools import needed

HERE = Path(__file__).parent / "esp32"
SKETCH = frame_tool.PROTOCOL / "imu_reps_sender"
NEVER = 1e6


@dataclass(frozen=True)
class Sent:
    """What came on the line; `blocked` counts the writes that would have had to wait."""

    decoder: FrameDecoder
    seq: Integers
    t_us: Integers
    values: Integers
    blocked: int


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = tmp_path_factory.mktemp("esp32") / "board"
    flags = ["-std=gnu++17", "-O1", "-g", "-Wall", "-Wextra", "-Werror", *frame_tool.SANITIZERS]
    where = ["-DARDUINO_ARCH_ESP32", f"-I{HERE}", f"-I{SKETCH}"]
    command: list[str | Path] = [needed("g++"), *flags, *where, HERE / "board.cpp"]
    done = subprocess.run(
        [*command, "-o", program], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return program


def sent(
    board: Path,
    seconds: float,
    *,
    deaf: tuple[float, float] = (NEVER, NEVER),
    hang: float = NEVER,
    room: int = 512,
    address: int = 0x68,
) -> Sent:
    words = [str(word) for word in (seconds, *deaf, hang, room, address)]
    done = subprocess.run([board, *words], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    decoder = FrameDecoder()
    frames = decoder.feed(done.stdout, 0)
    assert frames.seq is not None
    assert frames.device_us is not None
    values = frames.values.astype(np.int64)
    return Sent(decoder, frames.seq, frames.device_us, values, int(done.stderr))


def test_it_sends_every_sample(board: Path) -> None:
    told = sent(board, 10)
    assert told.seq.tolist() == list(range(999))
    assert told.values[:, 0].tolist() == list(range(1, 1000))
    assert np.abs(np.diff(told.t_us) - 10_000).max() <= 1100
    assert told.decoder.hello["sensor"] == "MPU6500"
    assert told.decoder.hello["id"] == "c3a7"
    assert (told.decoder.bad_frames, told.blocked) == (0, 0)


def test_a_host_that_does_not_read_for_five_seconds_costs_whole_frames(board: Path) -> None:
    told = sent(board, 15, deaf=(5, 10))
    status = told.decoder.status
    assert status is not None
    lost = 1499 - len(told.seq)
    assert 450 < lost == status.dropped_frames
    assert (told.decoder.bad_frames, told.blocked) == (0, 0)
    assert any("samples dropped" in word for word in told.decoder.words)
    assert np.all(np.diff(told.seq) > 0)
    # What had waited comes late but at its own time; the numbers skip what was dropped.
    assert np.array_equal(told.values[:, 0], told.seq + 1)
    assert np.abs(told.t_us - told.t_us[0] - 10_000 * told.seq).max() <= 2000


@pytest.mark.parametrize("room", [1, 2, 7, 23, 63])
def test_a_line_with_little_room_gets_whole_frames(board: Path, room: int) -> None:
    told = sent(board, 5, room=room)
    assert (told.decoder.bad_frames, told.blocked) == (0, 0)
    assert len(told.seq) > 100


def test_a_hung_bus_is_freed(board: Path) -> None:
    told = sent(board, 10, hang=5)
    assert any("hung and has been freed" in word for word in told.decoder.words)
    assert told.seq[-1] == 998
    # The tick that came last while the bus hung is read late, and says when.
    assert np.abs(told.t_us - told.t_us[0] - 10_000 * told.seq).max() < 10_000
    status = told.decoder.status
    assert status is not None
    assert (status.sensor_errors, status.dropped_frames) == (1, 2)
    assert len(told.seq) == 999 - 1 - 2


def test_a_sensor_at_the_second_address_is_found(board: Path) -> None:
    told = sent(board, 2, address=0x69)
    assert "MPU6500 found at 0x69" in told.decoder.words
    assert len(told.seq) > 150


def test_a_sensor_that_is_missing_is_told_of(board: Path) -> None:
    told = sent(board, 5, address=0)
    assert len(told.seq) == 0
    assert set(told.decoder.words) == {
        "no sensor answers at 0x68 or 0x69: check VCC, GND, SDA and SCL"
    }
    assert told.decoder.hello["sensor"] == "none"
