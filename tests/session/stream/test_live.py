"""`imu-reps live` on a real pseudo-terminal, and the replay of what it recorded."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Live
from tests.ports.boards import FOUND_S, TOLD_S, Board, Running
from tests.session.bridging import begun, bridges


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
    board.send(bridges().wire)
    running.tells('"number": 3')
    board.until_counted()
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
    board.send(bridges().wire)
    running.tells('"number": 3')
    board.until_counted()
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
    board.send(bridges().wire)
    running.says("recording to")
    running.ended()
    assert "not in the history: " in running.err.so_far()
    assert record.exists()


def _unplugged(board: Board, running: Running, cut_s: float, back: bytes) -> list[Any]:
    """The events of a set whose sensor is away from a moment on for two or three seconds."""
    running.says("listening")
    board.send(bridges().before(cut_s))
    running.says("recording to")
    board.until_counted()
    board.unplug()
    running.tells('"unplugged"', within_s=TOLD_S)
    # An attempt survives a gap of up to 1.2 s: this one is to be longer on any machine.
    time.sleep(2.0)
    board.plug_in()
    running.tells('"reconnected"', within_s=FOUND_S)
    board.send(back)
    running.tells('"rep"')
    board.until_counted()
    return running.ended()


@pytest.mark.parametrize("boots", [False, True])
def test_an_unplugged_sensor_is_waited_for_and_the_set_goes_on(
    board: Board, live: Live, tmp_path: Path, *, boots: bool
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record), "--movement", "bridge")
    cut_s = bridges().pause_s(2)
    back = bridges().rebooted(cut_s) if boots else bridges().after(cut_s)
    events = _unplugged(board, running, cut_s, back)
    assert "the set goes on" in running.err.so_far()
    (one,) = events[-1]["sets"]
    assert one["reps"] == 4
    assert events[-1]["lost_samples"] > 100
    assert [event["event"] for event in events].count("gap") == 1
    assert not any(event.get("code") == "restarted" for event in events)
    assert _replayed(record) == events
    notes = [line for line in record.read_text().splitlines() if line.startswith("# @")]
    kinds = [json.loads(line.split(" ", 2)[2])["event"] for line in notes]
    assert kinds == ["gap", "reconnect", "end"]


def test_a_gap_costs_the_rep_that_it_falls_into_and_no_other(
    board: Board, live: Live, tmp_path: Path
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record), "--movement", "bridge")
    third = bridges().reps[2]
    cut_s = (third.start_s + third.end_s) / 2
    events = _unplugged(board, running, cut_s, bridges().after(cut_s))
    assert sum(total["reps"] for total in events[-1]["sets"]) == 3
    assert _replayed(record) == events


def test_a_sensor_that_starts_again_keeps_its_count(
    board: Board, live: Live, tmp_path: Path
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = live("--port", board.port, "--record", str(record), "--movement", "bridge")
    running.says("listening")
    cut_s = bridges().pause_s(2)
    board.send(bridges().before(cut_s) + bridges().rebooted(cut_s))
    running.tells('"number": 3')
    board.until_counted()
    events = running.ended()
    (one,) = events[-1]["sets"]
    assert one["reps"] == 4
    assert [event["code"] for event in events if event["event"] == "warning"] == ["restarted"]
    assert _replayed(record) == events


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_any_end_saves_and_tells_the_summary(
    board: Board, live: Live, tmp_path: Path, by: signal.Signals
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = begun(board, live, record)
    events = running.ended(by)
    assert events[-1]["event"] == "summary"
    assert '{"event": "end"}' in record.read_text().splitlines()[-1]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_end_before_anything_was_heard_is_in_order_too(
    board: Board, live: Live, by: signal.Signals
) -> None:
    running = live("--port", board.port)
    running.says("nothing comes yet")
    (summary,) = running.ended(by)
    assert summary["sets"] == []


def test_what_is_told_while_nobody_reads_it_is_told_later(
    board: Board, live: Live, tmp_path: Path
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = begun(board, live, record)
    running.process.send_signal(signal.SIGSTOP)
    # The system keeps four kilobytes of a line that nobody reads: some of this is lost.
    sender = threading.Thread(target=board.send, args=(bridges().after(3.0)[:4000],))
    sender.start()
    time.sleep(0.5)
    running.process.send_signal(signal.SIGCONT)
    sender.join()
    board.send(bridges().after(3.0)[4000:])
    running.tells('"number": 3')
    board.until_counted()
    events = running.ended()
    (one,) = events[-1]["sets"]
    assert one["reps"] == 4


def test_a_terminal_that_is_closed_leaves_a_whole_recording(board: Board, tmp_path: Path) -> None:
    record = tmp_path / "mine.imu.csv"
    person, terminal = pty.openpty()
    words = ["live", "--plain", "--port", board.port, "--record", str(record)]
    words += ["--movement", "bridge", "--leg", "left", "--mount", "thigh", "--quiet"]
    code = (
        "import fcntl, sys, termios\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        f"sys.argv = ['imu-reps', *{words!r}]\n"
        "from imu_reps.commands import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    try:
        shown = ""
        while "listening" not in shown:
            shown += os.read(person, 4096).decode()
        board.send(bridges().before(5.0))
        while "recording to" not in shown:
            shown += os.read(person, 4096).decode()
    finally:
        os.close(person)
    assert process.wait(timeout=30) == 128 + signal.SIGHUP
    assert '{"event": "end"}' in record.read_text().splitlines()[-1]
