"""What SIGKILL costs a recording: `python -m benchmarks.kills [KILLS]`.

Each time `imu-reps live` counts from a pseudo-terminal, keeps a recording and a raw capture, and is
killed at a random moment. Two sets come twenty times as fast as from a person, and every second
time as fast as from one: a second is few rows then, and each must be there. Of both files no
whole row may be missing that was sent more than a second before, and each set that was told as
over must be over in the replays, too. Prints a table and ends with status 1 if one was not.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from imu_reps import replay
from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event, SetEnd
from imu_reps.core.frames import Frames
from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.movements import movement_named
from imu_reps.session.stream.captured import recording_in
from imu_reps.simulate import Imu, Strap, easy, simulate

HEADS = "kills|rows kept|older than 1 s and lost|sets told as over|sets kept"
KILLS = 200
TIMES_REAL = (20, 1)
RATE_HZ = 100
OLDEST_S = 1.0
"""A row that was sent so long before the kill must be there."""

LATEST_KILL_S = 6.0
HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}


@dataclass(frozen=True, slots=True)
class Killed:
    """What was left of one recording: rows that must be there and are not, sets told and kept."""

    seed: int
    killed_s: float
    rows: int
    missing: int
    sets_told: int
    sets_kept: int

    @property
    def is_whole(self) -> bool:
        return self.missing <= 0 and self.sets_kept == self.sets_told


def wire() -> list[bytes]:
    """The frames of two sets of four bridges."""
    movement = movement_named("bridge")
    plan, _ = easy(movement, 4, np.random.default_rng(5))
    plan = type(plan)(plan.sets * 2, sway_part=0.5)
    frames = simulate(Strap(movement, Leg.LEFT, Mount.THIGH), plan, Imu(), seed=5).frames
    assert frames.seq is not None
    assert frames.device_us is not None
    rows = zip(frames.seq.tolist(), frames.device_us.tolist(), frames.values.tolist(), strict=True)
    return [encode_sample(*row) for row in rows]


def killed(seed: int, folder: Path) -> Killed:
    """One recording, killed at a random moment after its first byte was sent."""
    rng = np.random.default_rng(seed)
    recording, capture = folder / f"{seed}.imu.csv", folder / f"{seed}.imu.raw"
    near, far = pty.openpty()
    tty.setraw(near)
    command = [sys.executable, "-m", "imu_reps", "live", "--port", os.ttyname(far), "--json"]
    command += ["--movement", "bridge", "--record", str(recording), "--capture", str(capture)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while "listening" not in (line := process.stderr.readline()):
        assert line, "live has ended"
    killed_s = float(rng.uniform(0.1, LATEST_KILL_S))
    sent_s = _send(near, killed_s, TIMES_REAL[seed % 2])
    process.kill()
    out, _ = process.communicate()
    for end in (near, far):
        os.close(end)
    due = sum(at_s < killed_s - OLDEST_S for at_s in sent_s)
    told = _sets_in(out)
    kept_rows = min(_last_row(path) for path in (recording, capture)) if due else 0
    replays = [_sets_of(path) for path in (recording, capture)] if told else []
    return Killed(
        seed,
        killed_s,
        kept_rows,
        due - kept_rows,
        len(told),
        min((sum(each in sets for each in told) for sets in replays), default=0),
    )


def _send(port: int, until_s: float, times_real: int) -> list[float]:
    """Send the sets in pieces of a hundredth of a second; when each frame was sent."""
    frames, sent_s = wire(), list[float]()
    os.write(port, b"\0" + encode_hello(HELLO))
    begin_s = time.monotonic()
    while (passed_s := time.monotonic() - begin_s) < until_s:
        due = frames[len(sent_s) : int(passed_s * RATE_HZ * times_real)]
        if due:
            os.write(port, b"".join(due))
        sent_s += [passed_s] * len(due)
        time.sleep(0.01)
    return sent_s


def _sets_in(out: str) -> list[dict[str, object]]:
    """The sets that live has told as over; a last line that is not whole tells nothing."""
    lines = out.split("\n")[:-1]
    return [told for told in map(json.loads, lines) if told["event"] == "set_end"]


def _sets_of(path: Path) -> list[dict[str, object]]:
    events: Iterator[Event] = replay(path)
    return [event.as_dict() for event in events if isinstance(event, SetEnd)]


def _last_row(path: Path) -> int:
    """How many rows there are, if none is missing before the last one; else where the first is."""
    try:
        with recording_in(path) as recording:
            runs = [item.seq for item in recording if isinstance(item, Frames) and len(item)]
    except BadInput:
        return 0
    seq = np.concatenate([run for run in runs if run is not None])
    skips = np.flatnonzero(np.diff(seq) % (1 << 16) != 1)
    return int(skips[0]) + 1 if len(skips) else len(seq)


def _one(arguments: tuple[int, str]) -> Killed:
    return killed(arguments[0], Path(arguments[1]))


def tried(kills: int) -> list[Killed]:
    """So many recordings, two at a time."""
    with TemporaryDirectory() as folder, Pool(2) as pool:
        return pool.map(_one, [(seed, folder) for seed in range(kills)], chunksize=1)


def rows() -> Iterator[list[object]]:
    """The row of all kills."""
    yield _row(tried(KILLS))


def _row(done: list[Killed]) -> list[object]:
    return [
        len(done),
        f"{sum(one.rows for one in done):,}",
        sum(max(one.missing, 0) for one in done),
        sum(one.sets_told for one in done),
        sum(one.sets_kept for one in done),
    ]


def main() -> int:
    """The table; 1 if a kill cost more than it may."""
    done = tried(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
    print(f"| {HEADS.replace('|', ' | ')} |")
    print(f"| {' | '.join(map(str, _row(done)))} |")
    for one in done:
        if not one.is_whole:
            print(one, file=sys.stderr)
    return int(not all(one.is_whole for one in done))


if __name__ == "__main__":
    sys.exit(main())
