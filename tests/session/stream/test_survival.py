"""What a recording and a capture survive: kills, a full disk, and being counted again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kills import killed, wire
from imu_reps.devices.imu_reps_frame import encode_hello
from tests.conftest import Live
from tests.ports.boards import Board

HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}
FIRST_SET = 6600
"""So many frames are a set of four reps and the pause that ends it."""


def _session() -> bytes:
    return b"\0" + encode_hello(HELLO) + b"".join(wire()[:FIRST_SET])


def _replayed(*words: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "imu_reps", "replay", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("seed", [4, 5])
def test_a_kill_costs_no_row_and_no_set(seed: int, tmp_path: Path) -> None:
    assert killed(seed, tmp_path).is_whole


def test_a_capture_gives_what_live_gave(board: Board, live: Live, tmp_path: Path) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live(
        "--port", board.port, "--movement", "bridge", "--record", str(record), "--capture"
    )
    running.says("listening")
    board.send(_session())
    running.tells('"set_end"')
    events = running.ended()
    capture = str(tmp_path / "mine.imu.raw")
    assert [event["event"] for event in events].count("rep") == 4
    assert _replayed(capture) == events
    assert _replayed(str(record)) == events
    assert _replayed(capture, "--device", "imu-reps-frame", "--leg", "right")[0]["leg"] == "right"
    table, again = tmp_path / "out.imu.csv", tmp_path / "out.csv"
    for out in (table, again):
        command = [sys.executable, "-m", "imu_reps", "convert", capture, str(out)]
        subprocess.run(command, capture_output=True, check=True)
    assert _replayed(str(table)) == events


def test_bytes_that_are_no_sensors_are_captured(board: Board, live: Live, tmp_path: Path) -> None:
    capture = tmp_path / "odd.imu.raw"
    running = live("--port", board.port, "--baud", "115200", "--capture", str(capture))
    running.says("listening")
    sent = b""
    while running.process.poll() is None:
        board.send(bytes(range(128, 256)))
        sent += bytes(range(128, 256))
        time.sleep(0.02)
    assert "no decoder" in running.failed()
    lines = capture.read_text().splitlines()
    kept = b"".join(bytes.fromhex(line.split()[1]) for line in lines if line[0] != "#")
    assert len(kept) > 1000
    assert sent.startswith(kept)
    assert lines[-1].endswith('{"event": "end"}')


def test_a_capture_is_never_overwritten(live: Live, tmp_path: Path) -> None:
    capture = tmp_path / "mine.imu.raw"
    capture.write_text("mine\n")
    running = live("--port", "/dev/null", "--capture", str(capture))
    assert "not overwritten" in running.failed()
    assert capture.read_text() == "mine\n"


@pytest.mark.parametrize("full", ["recording", "capture"])
def test_a_full_disk_is_told_and_counting_goes_on(full: str, board: Board, tmp_path: Path) -> None:
    words = ["live", "--port", board.port, "--json", "--movement", "bridge"]
    words += ["--record", str(tmp_path / "mine.imu.csv")]
    words += ["--capture"] if full == "capture" else []
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        f"sys.argv = ['imu-reps', *{words!r}]\n"
        "from imu_reps.commands import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    while "listening" not in process.stderr.readline():
        assert process.poll() is None
    board.send(_session())
    assert process.stdout is not None
    lines = []
    while "set_end" not in (line := process.stdout.readline()):
        assert line, process.stderr.read()
        lines.append(line)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 1
    events = [json.loads(line) for line in (*lines, *out.splitlines())]
    assert [event["event"] for event in events].count("rep") == 4
    assert [event.get("code") for event in events].count("recording_stopped") == 1
    assert events[-1]["event"] == "summary"
    (error,) = [line for line in err.splitlines() if line.startswith("error:")]
    assert "recording has stopped" in error
    # What was kept is whole lines, and is counted.
    kept = _replayed(str(tmp_path / "mine.imu.csv"))
    assert kept[-1]["event"] == "summary"
    assert "interrupted" in [event.get("code") for event in kept]
