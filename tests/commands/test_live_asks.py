"""`imu-reps live` at a terminal asks for what it was not told."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    _, sensor = pty.openpty()
    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "imu_reps", "live", "--port", os.ttyname(sensor)]
    process = subprocess.Popen(
        [*command, "--record", str(tmp_path / "a.imu.csv")],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    assert "back-extension" in _read_until(person, "[generic]:")
    os.write(person, b"bridge\n")
    _read_until(person, "[left]:")
    os.write(person, b"\n")
    _read_until(person, "[thigh]:")
    os.write(person, b"ankle\n")
    _read_until(person, "listening")
    process.terminate()
    told = _read_until(person, "0 lost")
    assert "counting single-leg-bridge, left leg, strap on the ankle" in told
    assert process.wait(timeout=10) == 143


def _read_until(terminal: int, text: str) -> str:
    """What the terminal shows, up to this text; it comes within ten seconds."""
    shown, end_s = "", time.monotonic() + 10
    while text not in shown and time.monotonic() < end_s:
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 4096).decode()
    assert text in shown
    return shown
