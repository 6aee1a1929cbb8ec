"""`imu-reps live` and `replay` on a real terminal: what they write there, and how they end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from imu_reps.devices.imu_reps_frame import encode_hello
from tests.display.staged import HELLO, wires
from tests.ports.boards import Board

PATIENCE_S = 60.0
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")

FROM_HERE = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Starts Python with its standard input as the terminal that Ctrl-C comes from."""


class Terminal:
    """A terminal of 80 columns and 24 rows with a command on it, and all that it shows."""

    def __init__(
        self, words: list[str], home: Path, command: str = "live", **environment: str
    ) -> None:
        self.shown = b""
        self._fd, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        quiet = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
        home_of = {"XDG_DATA_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", FROM_HERE, "-m", "imu_reps", command, "--quiet", *words],
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
            env=quiet | home_of | environment,
        )
        self._far = far

    def mode(self) -> list[Any]:
        """How the terminal takes what is typed."""
        return termios.tcgetattr(self._far)

    def until(self, text: str) -> None:
        """Wait until this has been written."""
        end_s = time.monotonic() + PATIENCE_S
        while text.encode() not in self.shown:
            assert time.monotonic() < end_s, self.shown[-3000:].decode(errors="replace")
            self._read()

    def types(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def status(self) -> int:
        """How it ended, everything read."""
        end_s = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < end_s, self.shown[-3000:].decode(errors="replace")
            self._read()
        self._read()
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._far)
        os.close(self._fd)

    def _read(self) -> None:
        while select.select([self._fd], [], [], 0.05)[0]:
            try:
                self.shown += os.read(self._fd, 65536)
            except OSError:
                return


def _send_a_set(board: Board) -> None:
    """Three reps, sent while the terminal is looked at."""
    first = next(wires(3, rest_s=1.0))
    data = b"\0" + encode_hello(HELLO) + b"".join([*first.reps, *first.rest])
    threading.Thread(target=board.send, args=(data,), daemon=True).start()


def _words(board: Board, folder: Path) -> list[str]:
    record = str(folder / "mine.imu.csv")
    who = ["--movement", "bridge", "--leg", "left", "--mount", "thigh", "--reps", "3"]
    return ["--port", board.port, "--record", record, *who]


@pytest.mark.parametrize(("key", "status"), [("q", 0), ("\x03", 130)], ids=["q", "ctrl-c"])
def test_it_draws_counts_and_ends_in_order(
    board: Board, tmp_path: Path, key: str, status: int
) -> None:
    colours = {} if key == "q" else {"NO_COLOR": "1"}
    terminal = Terminal(_words(board, tmp_path), tmp_path, **colours)
    try:
        terminal.until("listening")
        _send_a_set(board)
        terminal.until("last rep")
        terminal.until("finish")
        terminal.until("\x1b[?1049h")
        terminal.until("3, set done")
        terminal.types(key)
        assert terminal.status() == status
    finally:
        terminal.kill()
    after = terminal.shown.rpartition(b"\x1b[?1049l")[2].decode()
    assert "single-leg-bridge, left leg, thigh: 3 reps" in after
    assert b"Traceback" not in terminal.shown
    is_coloured = COLOUR.search(terminal.shown) is not None
    assert is_coloured is (not colours)


def test_plain_lines_are_only_appended_and_take_the_same_keys(board: Board, tmp_path: Path) -> None:
    terminal = Terminal([*_words(board, tmp_path), "--plain"], tmp_path)
    try:
        before = terminal.mode()
        terminal.until("listening")
        _send_a_set(board)
        terminal.until("keys: space pause, l leg, u undo, + add, m mark, r rest, q finish")
        terminal.until("3, set done")
        terminal.types("u")
        terminal.until("taken back: 2")
        assert terminal.mode() != before
        terminal.types("q")
        assert terminal.status() == 0
        assert terminal.mode() == before
    finally:
        terminal.kill()
    assert b"\x1b" not in terminal.shown
    assert b"rep   3" in terminal.shown
    assert b"3 reps (2 after your corrections)" in terminal.shown


def test_ctrl_c_ends_plain_lines_and_leaves_the_terminal_as_it_was(
    board: Board, tmp_path: Path
) -> None:
    terminal = Terminal([*_words(board, tmp_path), "--plain"], tmp_path)
    try:
        before = terminal.mode()
        terminal.until("listening")
        _send_a_set(board)
        terminal.until("3, set done")
        terminal.types("\x03")
        assert terminal.status() == 130
        assert terminal.mode() == before
    finally:
        terminal.kill()


EASY = Path(__file__).parents[2] / "recordings" / "bridge-thigh-left-easy.imu.csv"


@pytest.mark.parametrize(
    ("how", "paused"),
    [(["--screen"], "PAUSED"), (["--plain"], "paused: space goes on")],
    ids=["screen", "lines"],
)
def test_a_replay_that_is_stopped_says_so(tmp_path: Path, how: list[str], paused: str) -> None:
    terminal = Terminal([str(EASY), "--speed", "4", *how], tmp_path, "replay")
    try:
        terminal.until("finish")
        terminal.types(" ")
        terminal.until(paused)
        terminal.types("q")
        assert terminal.status() == 0
    finally:
        terminal.kill()
