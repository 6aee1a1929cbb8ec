"""The far end of a serial line: a board on a pseudo-terminal, plugged in and out by a test."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import queue
import signal
import subprocess
import sys
import termios
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

TOLD_S, FOUND_S = 3.0, 6.0
"""It takes 0.05 s to tell that a board is gone and 0.3 s to find it again; one and two seconds are
what a person is promised, and a machine that is busy with other tests is given three times that."""


class Board:
    """What a sensor on a cable would be: `port` is a link, each plugging in a new terminal."""

    def __init__(self, port: Path) -> None:
        self.port = str(port)
        self._link = port
        self.plug_in()

    def plug_in(self) -> None:
        self._fd, self._far = pty.openpty()
        tty.setraw(self._fd)
        made = self._link.with_suffix(".new")
        made.symlink_to(os.ttyname(self._far))
        made.replace(self._link)

    @property
    def baud(self) -> int:
        """The rate that whoever listens has set."""
        speed = termios.tcgetattr(self._fd)[4]
        names = (name for name in dir(termios) if name[0] == "B" and name[1:].isdigit())
        return next(int(name[1:]) for name in names if getattr(termios, name) == speed)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._fd, data[:512]) :]
            time.sleep(0.001)

    def until_counted(self, within_s: float = 20.0) -> None:
        """Wait until the listener has taken all that was sent, and a moment for it to be counted.

        A machine that is busy with other tests takes its time for the first.
        """
        end_s = time.monotonic() + within_s
        while time.monotonic() < end_s and self._left_to_read():
            time.sleep(0.01)
        time.sleep(0.5)

    def _left_to_read(self) -> int:
        count = fcntl.ioctl(self._far, termios.FIONREAD, bytes(4))
        return int.from_bytes(count, sys.byteorder)

    def received(self) -> bytes:
        """What the listener has sent so far."""
        os.set_blocking(self._fd, False)
        with suppress(BlockingIOError):
            return os.read(self._fd, 4096)
        return b""

    def unplug(self) -> None:
        self._link.unlink(missing_ok=True)
        for end in (self._far, self._fd):
            with suppress(OSError):
                os.close(end)


class Told:
    """What a program tells on one of its pipes, line by line, read as it comes."""

    def __init__(self, pipe: IO[str] | None) -> None:
        assert pipe is not None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._before: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._thread.start()

    def until(self, text: str, within_s: float = 10.0) -> str:
        """The next line with this text; none, where it does not come in time."""
        end_s = time.monotonic() + within_s
        for line in self._come(end_s):
            if text in line:
                return line
        return ""

    def so_far(self) -> str:
        return "\n".join(self._before)

    def rest(self) -> list[str]:
        """All lines there were, after the program has ended."""
        list(self._come(time.monotonic() + 10))
        self._thread.join()
        return self._before

    def _come(self, end_s: float) -> Iterator[str]:
        while (left_s := end_s - time.monotonic()) > 0:
            with suppress(queue.Empty):
                line = self._lines.get(timeout=left_s)
                if line is None:
                    self._lines.put(None)
                    return
                self._before.append(line)
                yield line

    def _read(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


class Running:
    """A running `imu-reps live --json`, and what it tells."""

    def __init__(self, words: list[str], home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "imu_reps", "live", "--json", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"XDG_DATA_HOME": str(home), "HOME": str(home)},
        )
        self.out, self.err = Told(self.process.stdout), Told(self.process.stderr)

    def says(self, text: str, within_s: float = 20.0) -> str:
        """The next line on standard error with this text."""
        line = self.err.until(text, within_s)
        assert line, f"no {text!r} in {self.err.so_far()}"
        return line

    def tells(self, text: str, within_s: float = 20.0) -> dict[str, Any]:
        """The next event with this text."""
        line = self.out.until(text, within_s)
        assert line, f"no {text!r} in {self.out.so_far()}"
        told: dict[str, Any] = json.loads(line)
        return told

    def ended(self, by: signal.Signals | None = signal.SIGINT) -> list[dict[str, Any]]:
        """All events, after it has ended in order: by a signal, or by itself."""
        if by is not None:
            self.process.send_signal(by)
        status = self.process.wait(timeout=30)
        told = self.err.rest()
        assert "Traceback" not in "\n".join(told)
        assert status == (0 if by is None else 128 + by), told
        return [json.loads(line) for line in self.out.rest()]

    def failed(self) -> str:
        """The one line that says why, after it has ended by itself with status 1."""
        assert self.process.wait(timeout=30) == 1
        (line,) = [line for line in self.err.rest() if line.startswith("error:")]
        return line

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.out.rest()
        self.err.rest()
