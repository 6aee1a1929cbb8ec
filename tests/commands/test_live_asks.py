"""`imu-reps live` at a terminal asks for what it was not told."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path


class Person:
    """Somebody at a terminal who starts `imu-reps live`; a sensor that says nothing is there."""

    def __init__(self, home: Path) -> None:
        _, sensor = pty.openpty()
        self.terminal, terminal = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "imu_reps", "live", "--port", os.ttyname(sensor)],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            env=os.environ | {"XDG_DATA_HOME": str(home)},
        )

    def asked(self, question: str) -> str:
        return _read_until(self.terminal, question)

    def answers(self, text: str) -> None:
        os.write(self.terminal, f"{text}\n".encode())

    def ends(self) -> str:
        self.asked("listening")
        self._process.terminate()
        told = self.asked("0 lost")
        assert self._process.wait(timeout=10) == 143
        return told


def test_what_is_missing_is_asked_for_and_offered_again_the_next_time(tmp_path: Path) -> None:
    person = Person(tmp_path)
    assert "back-extension" in person.asked("[generic]:")
    person.answers("bridge")
    person.asked("[left]:")
    person.answers("")
    person.asked("[thigh]:")
    person.answers("ankle")
    assert "counting single-leg-bridge, left leg, strap on the ankle" in person.ends()

    person = Person(tmp_path)
    person.asked("Again as last time: bridge, left leg, strap on the ankle? [Y/n]:")
    person.answers("")
    assert "counting single-leg-bridge, left leg, strap on the ankle" in person.ends()

    person = Person(tmp_path)
    person.asked("[Y/n]:")
    person.answers("n")
    person.asked("[bridge]:")
    person.answers("ball-curl")
    person.asked("[left]:")
    person.answers("right")
    person.asked("[ankle]:")
    person.answers("")
    assert "counting single-leg-ball-curl, right leg, strap on the ankle" in person.ends()


def _read_until(terminal: int, text: str) -> str:
    """What the terminal shows, up to this text; it comes within ten seconds."""
    shown, end_s = "", time.monotonic() + 10
    while text not in shown and time.monotonic() < end_s:
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 4096).decode()
    assert text in shown
    return shown
