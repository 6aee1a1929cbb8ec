"""`imu-reps live` on a real pseudo-terminal, and the replay of what it recorded."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.movements import movement_named
from imu_reps.simulate import Imu, Strap, easy, simulate
from tests.conftest import Live
from tests.ports.boards import Board

HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}


def bridges(leg: Leg = Leg.LEFT) -> bytes:
    """The wire of a set of four bridges, as a board sends it from its start on."""
    plan, _ = easy(movement_named("bridge"), 4, np.random.default_rng(5))
    strap = Strap(movement_named("bridge"), leg, Mount.THIGH)
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


def test_it_counts_records_and_ends_on_ctrl_c(board: Board, live: Live, tmp_path: Path) -> None:
    running = live("--port", board.port, "--movement", "bridge")
    running.says("listening")
    board.send(bridges())
    running.tells('"number": 3')
    time.sleep(0.5)
    events = running.ended()
    assert sum(event["event"] == "rep" for event in events) == 4
    assert events[-1]["event"] == "summary"
    (recording,) = tmp_path.rglob("*.imu.csv")
    assert "bridge-left" in recording.name
    assert _replayed(recording) == events
    assert _history(tmp_path) == [str(recording)]


def test_defaults_hold_where_nobody_can_be_asked(board: Board, live: Live, tmp_path: Path) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record))
    running.says("listening")
    board.send(bridges())
    running.tells('"number": 3')
    time.sleep(0.5)
    (one,) = running.ended(signal.SIGTERM)[-1]["sets"]
    assert (one["movement"], one["leg"], one["mount"], one["reps"]) == (
        "generic",
        "left",
        "thigh",
        4,
    )
    assert record.exists()


def test_a_history_that_cannot_be_kept_costs_nothing(
    board: Board, live: Live, tmp_path: Path
) -> None:
    (tmp_path / "imu-reps").mkdir()
    (tmp_path / "imu-reps" / "history.sqlite").write_text("no history, and long enough " * 50)
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record))
    running.says("listening")
    board.send(bridges())
    running.says("recording to")
    running.ended()
    assert "not in the history: " in running.err.so_far()
    assert record.exists()


def test_an_unplugged_sensor_is_waited_for_and_the_set_goes_on(
    board: Board, live: Live, tmp_path: Path
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record))
    running.says("listening")
    wire = bridges()
    # After the second of four reps, in the pause before the next.
    cut = wire.index(b"\0", int(len(wire) * 0.55)) + 1
    board.send(wire[:cut])
    running.says("recording to")
    time.sleep(0.5)
    board.unplug()
    running.tells('"unplugged"', within_s=1.0)
    board.plug_in()
    running.tells('"reconnected"', within_s=2.0)
    board.send(wire[cut:])
    running.tells('"number": 3')
    time.sleep(0.5)
    events = running.ended()
    assert "the set goes on" in running.err.so_far()
    (one,) = events[-1]["sets"]
    assert one["reps"] == 4
    assert _replayed(record) == events
