"""`imu-reps live` as a whole process: its CPU and memory, and the time from a byte to its event."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

import numpy as np

from imu_reps.core.movement import Tempo
from imu_reps.core.words import Leg, Mount
from imu_reps.counting import RepCounter
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.simulate import Simulation, Strap, easy, simulate

WARM_S, LASTS_S = 8.0, 300.0
"""Until the imports are over and the sensor is known; and what is measured."""

QUICK = Tempo(0.7, 0.3, 0.7)
"""The quickest reps that count: many events in little time."""

MOVEMENT = movement_named("generic")
SET_S = 45.0
"""About so long are ten of these, and the pause."""

HELLO: dict[str, object] = {"acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}


@dataclass(slots=True)
class Run:
    """One run: CPU (seconds a second), memory, and seconds from a byte to the line of its event."""

    rate_hz: int
    cpu: float = 0.0
    rss_mb: float = 0.0
    first_s: list[float] = field(default_factory=list)
    later_s: list[float] = field(default_factory=list)


def rows(
    rates_hz: tuple[int, ...] = (100, 1000), lasts_s: float = LASTS_S
) -> Iterator[list[object]]:
    """Two rows a rate: CPU, memory, and the delays of the first events and of all later ones.

    What is held back until the gyro has been tried is counted at once, and comes before the first.
    """
    for rate_hz in rates_hz:
        run = measured(rate_hz, lasts_s)
        cost = [f"{100 * run.cpu:.1f} %", f"{run.rss_mb:.0f} MB"]
        yield [f"{rate_hz} Hz", *cost, "first set's start", *_spread(run.first_s)]
        yield [f"{rate_hz} Hz", "", "", "all later", *_spread(run.later_s)]


def _spread(delays_s: list[float]) -> list[object]:
    parts = (f"{1e3 * np.percentile(delays_s, part):.1f} ms" for part in (50, 99, 100))
    return [len(delays_s), *parts]


def measured(rate_hz: int, lasts_s: float) -> Run:
    """`live` in real time at this rate."""
    simulation = simulated(rate_hz, lasts_s)
    due = _due(simulation)
    near, far = pty.openpty()
    tty.setraw(near)
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "imu_reps", "live", "--port", os.ttyname(far), "--json"]
        command += ["--movement", MOVEMENT.name, "--record", str(Path(folder) / "a.imu.csv")]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        told: list[tuple[float, str]] = []
        readers = [
            Thread(target=_read, args=(process.stdout, told)),
            Thread(target=_read, args=(process.stderr, [])),
        ]
        for reader in readers:
            reader.start()
        time.sleep(2.0)
        run = Run(rate_hz)
        sent_s = send(near, simulation, process.pid, run)
        process.send_signal(signal.SIGINT)
        process.wait(30)
        for reader in readers:
            reader.join()
    for end in (near, far):
        os.close(end)
    first = min(due.values())
    for at_s, line in told:
        row = due.get(line)
        if row is not None:
            (run.first_s if row == first else run.later_s).append(at_s - sent_s[row])
    return run


def simulated(rate_hz: int, lasts_s: float) -> Simulation:
    """Sets of ten quick reps, a pause between them that ends each."""
    quick = replace(MOVEMENT, tempo=QUICK)
    plan, imu = easy(quick, 10, np.random.default_rng(3))
    sets = max(1, round(lasts_s / SET_S))
    plan = replace(plan, sets=plan.sets * sets, between_s=24.0)
    imu = replace(imu, rate_hz=float(rate_hz), jitter_us=20.0)
    return simulate(Strap(MOVEMENT, Leg.LEFT, Mount.THIGH), plan, imu, seed=3)


def _due(simulation: Simulation) -> dict[str, int]:
    """Each event's line, and the sample with which it becomes final: fed one at a time."""
    scale, frames = simulation.header.scale, simulation.frames
    assert scale is not None
    clock = DeviceClock(scale, simulation.header.rate_hz or 100.0)
    counter = RepCounter(MOVEMENT, Leg.LEFT, Mount.THIGH)
    due: dict[str, int] = {}
    for row in range(len(frames)):
        for event in counter.update(clock.update(frames[row : row + 1])):
            due[json.dumps(event.as_dict())] = row
    return due


def _read(pipe: IO[bytes], told: list[tuple[float, str]]) -> None:
    for line in pipe:
        told.append((time.monotonic(), line.decode().strip()))


def send(port: int, simulation: Simulation, pid: int, run: Run) -> list[float]:
    """Send each sample when it is due; when each was sent. CPU is taken from `WARM_S` on."""
    frames, sent_s = simulation.frames, list[float]()
    assert frames.seq is not None
    assert frames.device_us is not None
    rows = zip(frames.seq.tolist(), frames.device_us.tolist(), frames.values.tolist(), strict=True)
    os.write(port, b"\0" + encode_hello(HELLO | {"rate_hz": run.rate_hz}))
    begin_s = time.monotonic()
    warm: tuple[float, float] | None = None
    for row, sample in enumerate(rows):
        wait_s = begin_s + row / run.rate_hz - time.monotonic()
        if wait_s > 0:
            time.sleep(wait_s)
        if warm is None and time.monotonic() - begin_s > WARM_S:
            warm = (time.monotonic(), _cpu_s(pid))
        sent_s.append(time.monotonic())
        os.write(port, encode_sample(*sample))
    assert warm is not None
    run.cpu = (_cpu_s(pid) - warm[1]) / (time.monotonic() - warm[0])
    run.rss_mb = rss_mb(pid)
    return sent_s


def _cpu_s(pid: int) -> float:
    """User and system time of all its threads (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int | str = "self") -> float:
    """Memory that the process holds now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
