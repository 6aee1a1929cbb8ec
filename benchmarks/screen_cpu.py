"""What the live screen costs: `python -m benchmarks.screen_cpu [SECONDS] [COLUMNSxROWS]`.

`imu-reps live` as a whole, in real time on a terminal of 80x24 that reads all it is shown, with a
sensor of 100 samples a second that sends a set of bridges; and the same in plain lines. Prints the
CPU of each, in parts of one core, as `docs/SESSION.md` has it; a minute each is enough.
"""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import tty
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.ingest_live import Run, send
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import movement_named
from imu_reps.simulate import Simulation, Strap, easy, simulate

RATE_HZ, LASTS_S, SIZE = 100, 60.0, "80x24"
WARM = b"listening"
BRIDGE = movement_named("bridge")


def bridges(lasts_s: float) -> Simulation:
    """One set at the usual tempo, about so long."""
    tempo = BRIDGE.tempo
    rep_s = tempo.out_s + tempo.hold_s + tempo.back_s + 1.0
    plan, imu = easy(BRIDGE, max(1, round(lasts_s / rep_s)), np.random.default_rng(3))
    imu = replace(imu, rate_hz=float(RATE_HZ))
    return simulate(Strap(BRIDGE, Leg.LEFT, Mount.THIGH), plan, imu, seed=3)


def measured(simulation: Simulation, size: str, words: list[str]) -> tuple[Run, int]:
    """One run in real time, and how many bytes were written to its terminal."""
    near, far = pty.openpty()
    tty.setraw(near)
    shown, terminal = pty.openpty()
    columns, rows = map(int, size.split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen = bytearray()
    is_ready = threading.Event()

    def look() -> None:
        while piece := _read(shown):
            seen.extend(piece)
            if WARM in seen:
                is_ready.set()

    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "imu_reps", "live", "--port", os.ttyname(far), "--quiet"]
        command += ["--movement", BRIDGE.name, "--leg", "left", "--mount", "thigh", *words]
        command += ["--record", str(Path(folder) / "a.imu.csv")]
        process = subprocess.Popen(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            env=os.environ | {"XDG_DATA_HOME": folder, "TERM": "xterm-256color"},
        )
        os.close(terminal)
        reader = threading.Thread(target=look)
        reader.start()
        is_ready.wait()
        run = Run(RATE_HZ)
        send(near, simulation, process.pid, run)
        process.send_signal(signal.SIGINT)
        process.wait(60)
        reader.join()
    for end in (near, far, shown):
        os.close(end)
    return run, len(seen)


def _read(terminal: int) -> bytes:
    """What is shown next; nothing once the program has gone."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def main() -> None:
    """The table."""
    lasts_s = float(sys.argv[1]) if len(sys.argv) > 1 else LASTS_S
    size = sys.argv[2] if len(sys.argv) > 2 else SIZE
    simulation = bridges(lasts_s)
    print("| shown | of one core | memory | written |\n|---|---|---|---|")
    for name, words in ((f"screen, {size}", []), ("plain lines", ["--plain"])):
        run, written = measured(simulation, size, words)
        told = f"{100 * run.cpu:.1f} %", f"{run.rss_mb:.0f} MB", f"{written / 1000:.0f} kB"
        print(f"| {name} | {' | '.join(told)} |", flush=True)


if __name__ == "__main__":
    main()
