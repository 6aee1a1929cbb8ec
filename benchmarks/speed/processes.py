"""Whole processes, timed in turn, so that a machine that slows down slows all of them."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

ENVIRONMENT = {name: told for name, told in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As after `pip install`, which compiles what it installs: nobody compiles at each start."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds by the clock and of the processor, and its peak memory."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    output: str


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; raises `SystemExit` with what it said if it failed."""
    begin_s = time.perf_counter()
    nowhere, piped = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(command, stdout=piped, stderr=nowhere, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        output = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - begin_s
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {output}")
    return Run(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Run]]:
    """Each command once to warm up, then so many rounds of all of them."""
    for command in commands.values():
        run(command)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command))
    return runs


def ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    """The median over the rounds of our processor time as a part of theirs."""
    return median(one.cpu_s / other.cpu_s for one, other in zip(ours, theirs, strict=True))


def wall_ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    """The same by the clock."""
    return median(one.wall_s / other.wall_s for one, other in zip(ours, theirs, strict=True))
