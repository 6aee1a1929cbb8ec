"""`imu-reps live` on a real pseudo-terminal, and the replay of what it recorded."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.movements import movement_named
from imu_reps.simulate import Imu, Strap, easy, simulate

HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}


class Board:
    """The far end of a pseudo-terminal: what a sensor on a cable would be."""

    def __init__(self) -> None:
        self._fd, far = pty.openpty()
        tty.setraw(self._fd)
        self.port = os.ttyname(far)
        self._far = far

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._fd, data[:512]) :]
            time.sleep(0.001)

    def unplug(self) -> None:
        os.close(self._far)
        os.close(self._fd)


@pytest.fixture
def board() -> Iterator[Board]:
    made = Board()
    yield made
    try:
        made.unplug()
    except OSError:
        return


def _live(board: Board, *options: str, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "imu_reps", "live", "--port", board.port, *options]
    environment = os.environ | {"XDG_DATA_HOME": str(home), "HOME": str(home)}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stderr is not None
    while "listening" not in process.stderr.readline():
        assert process.poll() is None
    return process


def _wire() -> bytes:
    plan, _ = easy(movement_named("bridge"), 4, np.random.default_rng(5))
    strap = Strap(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    frames = simulate(strap, plan, Imu(), seed=5).frames
    assert frames.seq is not None
    assert frames.device_us is not None
    rows = zip(frames.seq.tolist(), frames.device_us.tolist(), frames.values.tolist(), strict=True)
    return b"boot\r\n\0" + encode_hello(HELLO) + b"".join(encode_sample(*row) for row in rows)


def _replayed(recording: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "imu_reps", "replay", str(recording), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _history(home: Path) -> list[str]:
    """The recordings that the history of this home knows without looking for more."""
    db = home / "imu-reps" / "history.sqlite"
    command = [sys.executable, "-m", "imu_reps", "history", "--json", "--db", str(db)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [path for line in done.stdout.splitlines() for path in json.loads(line)["recordings"]]


def test_it_counts_records_and_ends_on_ctrl_c(board: Board, tmp_path: Path) -> None:
    process = _live(board, "--json", "--movement", "bridge", home=tmp_path)
    board.send(_wire())
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    events = [json.loads(line) for line in out.splitlines()]
    assert process.returncode == 130
    assert sum(event["event"] == "rep" for event in events) == 4
    assert events[-1]["event"] == "summary"
    (recording,) = tmp_path.rglob("*.imu.csv")
    assert "bridge-left" in recording.name
    assert _replayed(recording) == events
    assert _history(tmp_path) == [str(recording)]


def test_defaults_hold_where_nobody_can_be_asked(board: Board, tmp_path: Path) -> None:
    record = tmp_path / "mine.imu.csv"
    process = _live(board, "--record", str(record), home=tmp_path)
    board.send(_wire())
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 143
    assert "generic, left leg, thigh: 4 reps" in out
    assert record.exists()


def test_a_history_that_cannot_be_kept_costs_nothing(board: Board, tmp_path: Path) -> None:
    (tmp_path / "imu-reps").mkdir()
    (tmp_path / "imu-reps" / "history.sqlite").write_text("no history, and long enough " * 50)
    record = tmp_path / "mine.imu.csv"
    process = _live(board, "--record", str(record), home=tmp_path)
    board.send(_wire())
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "not in the history: " in err
    assert "Traceback" not in err
    assert record.exists()


def test_an_unplugged_sensor_is_told_and_nothing_is_lost(board: Board, tmp_path: Path) -> None:
    record = tmp_path / "mine.imu.csv"
    process = _live(board, "--record", str(record), home=tmp_path)
    board.send(_wire())
    time.sleep(0.5)
    board.unplug()
    out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "generic, left leg, thigh: 4 reps" in out
    (line,) = [line for line in err.splitlines() if line.startswith("error:")]
    assert "gone" in line
    assert str(record) in line
