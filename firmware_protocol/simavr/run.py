"""The sketch on a simulated Uno, in real time, and `imu-reps live` on its serial line.

    python firmware_protocol/simavr/run.py [RECORDING]

The simulated sensor is moved as the recording has it, at the recording's rate. Ctrl-C ends it.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEFAULT = HERE.parents[1] / "recordings" / "bridge-thigh-left-easy.imu.csv"


def main() -> int:
    """Build, run, count; the exit status of `imu-reps live`."""
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
        return _live(uno.stdout.readline().strip(), folder / "live.imu.csv", told)
    finally:
        uno.kill()


def _live(port: str, record: Path, told: dict[str, Any]) -> int:
    """Count what comes on the port; Ctrl-C is for `imu-reps live` to answer."""
    setup = [word for key in ("movement", "leg", "mount") for word in (f"--{key}", told[key])]
    signal.signal(signal.SIGINT, lambda *_: None)
    command = [sys.executable, "-m", "imu_reps", "live", "--port", port, "--record", str(record)]
    return subprocess.run([*command, *setup], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
