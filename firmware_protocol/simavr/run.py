"""The sketch on a simulated Uno, in real time, and `imu-reps live` on its serial line.

    python firmware_protocol/simavr/run.py [RECORDING]

The simulated sensor is moved as the recording has it, at the recording's rate, and it ends with it;
before, by q or Ctrl-C. Nothing goes into your own history: all of it is in a temporary folder.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
DEFAULT = HERE.parents[1] / "recordings" / "bridge-thigh-left-easy.imu.csv"


def main() -> int:
    """Build, run, count; the exit status of `imu-reps live`, 0 where it was counted to the end."""
    recording = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with recording.open() as file:
        told: dict[str, Any] = json.loads(file.readline().split(" ", 3)[3])
    folder = Path(tempfile.mkdtemp(prefix="simulated-uno-"))
    rate_hz = round(told["rate_hz"])
    subprocess.run([HERE / "build", folder, f"-DIMU_REPS_RATE_HZ={rate_hz}"], check=True)
    uno = subprocess.Popen(
        [folder / "uno", folder / "sender.elf", recording, str(rate_hz), "speed", "1", "wait", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert uno.stdout is not None
    try:
        live = _live(uno.stdout.readline().strip(), folder, told)
        over = threading.Event()
        threading.Thread(target=_end, args=(uno.stdout, live, over), daemon=True).start()
        status = live.wait()
    finally:
        uno.kill()
    return 0 if over.is_set() else status


def _live(port: str, folder: Path, told: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Count what comes on the port, in a home of its own; Ctrl-C is for it to answer."""
    setup = [word for key in ("movement", "leg", "mount") for word in (f"--{key}", told[key])]
    signal.signal(signal.SIGINT, lambda *_: None)
    record = str(folder / "live.imu.csv")
    command = [sys.executable, "-m", "imu_reps", "live", "--port", port, "--record", record]
    home = os.environ | {"XDG_DATA_HOME": str(folder / "home")}
    return subprocess.Popen([*command, *setup], env=home)


def _end(measured: IO[str], live: subprocess.Popen[bytes], over: threading.Event) -> None:
    """End the count when the Uno tells what it has measured: its recording is over."""
    if measured.readline():
        over.set()
        live.send_signal(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
