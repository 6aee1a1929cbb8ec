"""What the live screen costs: `python -m benchmarks.screen_cpu [SECONDS] [COLUMNSxROWS]`.

`imu-reps live` as a whole, in real time on a terminal of 80x24 that reads all it is shown, with a
sensor of 100 samples a second and one set after the other; and the same in plain lines. Prints the
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
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ingest_live import MOVEMENT, Run, send, simulated

RATE_HZ, LASTS_S, SIZE = 100, 60.0, "80x24"
WARM = b"listening"


def measured(lasts_s: float, size: str, words: list[str]) -> tuple[Run, int]:
    """One run, and the bytes that were written to its terminal."""
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
        command += ["--movement", MOVEMENT.name, "--leg", "left", "--mount", "thigh", *words]
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
        send(near, simulated(RATE_HZ, lasts_s), process.pid, run)
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
    print("| shown | of one core | memory | written |\n|---|---|---|---|")
    for name, words in ((f"screen, {size}", []), ("plain lines", ["--plain"])):
        run, written = measured(lasts_s, size, words)
        told = f"{100 * run.cpu:.1f} %", f"{run.rss_mb:.0f} MB", f"{written / 1000:.0f} kB"
        print(f"| {name} | {' | '.join(told)} |", flush=True)


if __name__ == "__main__":
    main()
