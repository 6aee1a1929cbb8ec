"""How a session ends where signals come twice, were to be ignored, or nobody takes its output."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imu_reps.session.stopping import REPEAT_S, stopping, until
from tests.conftest import Live
from tests.ports.boards import Board
from tests.session.bridging import begun, bridges


def _is_ended(recording: Path) -> bool:
    # It may have been made just now, and have no line yet.
    return '{"event": "end"}' in "".join(recording.read_text().splitlines()[-1:])


def _wait_until(is_so: Callable[[], bool], within_s: float = 20.0) -> None:
    end_s = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end_s
        time.sleep(0.05)


def test_until_stops() -> None:
    def numbers() -> Iterator[int]:
        yield from range(1000)

    seen: list[int] = []
    for number in until(numbers(), lambda: len(seen) >= 3):
        seen.append(number)
    assert seen == [0, 1, 2]


def test_a_signal_that_is_passed_on_twice_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with stopping() as stop:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert stop.status == 130
        now_s = time.monotonic() + 2 * REPEAT_S
        monkeypatch.setattr(time, "monotonic", lambda: now_s)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_closed_terminal_is_never_a_second_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    with stopping() as stop:
        signal.raise_signal(signal.SIGTERM)
        now_s = time.monotonic() + 2 * REPEAT_S
        monkeypatch.setattr(time, "monotonic", lambda: now_s)
        signal.raise_signal(signal.SIGHUP)
        assert stop.status == 143


def test_what_was_to_go_on_without_its_terminal_goes_on() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping() as stop:
            signal.raise_signal(signal.SIGHUP)
            assert not stop()
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_wrapper_that_passes_it_on_costs_nothing(
    board: Board, live: Live, tmp_path: Path, by: signal.Signals
) -> None:
    record = tmp_path / "mine.imu.csv"
    running = begun(board, live, record)
    running.process.send_signal(by)
    time.sleep(0.02)
    assert running.ended(by)[-1]["event"] == "summary"
    assert _is_ended(record)


def test_a_window_that_is_closed_over_a_shell_leaves_a_whole_recording(
    board: Board, tmp_path: Path
) -> None:
    # A shell passes the signal on to what it has started, and the system sends another.
    record = tmp_path / "mine.imu.csv"
    words = f"live --plain --quiet --port {board.port} --record {record} --movement bridge"
    line = f"{sys.executable} -m imu_reps {words} --leg left --mount thigh\n"
    pid, person = pty.fork()
    if pid == 0:
        os.execvp("bash", ["bash", "--norc", "-i"])
    shown = ""
    os.write(person, line.encode())
    try:
        while "listening" not in shown:
            shown += os.read(person, 4096).decode(errors="replace")
        board.send(bridges().before(5.0))
        while "recording to" not in shown:
            shown += os.read(person, 4096).decode(errors="replace")
    finally:
        os.close(person)
    os.waitpid(pid, 0)
    _wait_until(lambda: record.exists() and _is_ended(record))


def test_an_output_that_nobody_takes_holds_up_neither_recording_nor_end(
    board: Board, tmp_path: Path
) -> None:
    record = tmp_path / "mine.imu.csv"
    words = ["live", "--json", "--port", board.port, "--record", str(record)]
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    filled = 0
    try:
        while True:
            filled += os.write(writer, b"\n" * 512)
    except BlockingIOError:
        os.set_blocking(writer, True)
    process = subprocess.Popen(
        [sys.executable, "-m", "imu_reps", *words],
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    while not record.exists():
        board.send(bridges().before(0.5))
        time.sleep(0.1)
    board.send(bridges().after(0.5))
    board.until_counted()
    last_s = bridges().reps[-1].end_s
    rows = [row for row in record.read_text().splitlines() if not row.startswith("#")]
    assert len(rows) > 100 * last_s
    process.send_signal(signal.SIGTERM)
    _wait_until(lambda: _is_ended(record))
    with os.fdopen(reader, "rb") as taken:
        lines = taken.read()[filled:].decode().splitlines()
    assert '"summary"' in lines[-1]
    assert process.wait(timeout=20) == 143
