"""What only shows in the long run. Each in a process of its own, which prints one line of JSON:

`python -m benchmarks.speed.endurance day FILE` feeds the live pipeline 24 hours of what the file
holds, over and over; `… replay FILE FILE…` replays files and tells the time of all but the first,
with which all is imported and set up that a replay needs, and the peak memory.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import FunctionType, MethodType, ModuleType

from benchmarks.speed import training
from imu_reps.core.events import Summary
from imu_reps.counting import RepCounter
from imu_reps.motion.clock import DeviceClock
from imu_reps.session.stream.replay import replay

HOURS = 24
HOUR = round(3600 * training.RATE_HZ)
CHUNK = 100
"""A second at a time: ten times what a port brings, so that a day passes in a minute."""

SHARED = (type, FunctionType, MethodType, ModuleType)
"""What objects refer to and do not hold."""


def day(path: Path) -> dict[str, float]:
    """Memory after the first hour and after the last, and what clock and counter hold by then."""
    piece = training.read(path)
    clock = DeviceClock(piece.scale, training.RATE_HZ)
    counter = RepCounter(training.MOVEMENT, training.LEG, training.MOUNT)
    resident_mb = []
    begin_s = time.process_time()
    for number, some in enumerate(training.frames(piece, HOURS * HOUR, CHUNK), 1):
        counter.update(clock.update(some))
        if number * CHUNK % HOUR == 0:
            resident_mb.append(_resident_mb())
    lasted_s = time.process_time() - begin_s
    return {
        "first_mb": resident_mb[0],
        "last_mb": resident_mb[-1],
        "state_mb": held_bytes([clock, counter]) / 1e6,
        "us_a_sample": lasted_s / (HOURS * HOUR) * 1e6,
    }


def held_bytes(objects: Iterable[object]) -> int:
    """The memory of these objects and all that they alone refer to."""
    seen: dict[int, object] = {}
    waiting = list(objects)
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, SHARED):
            seen[id(one)] = one
            waiting += gc.get_referents(one)
    return sum(map(sys.getsizeof, seen.values()))


def replayed(paths: list[Path]) -> dict[str, float]:
    """Processor time of a sample, start-up left out, and the process' peak memory."""
    for _ in replay(paths[0]):
        pass
    samples, begin_s = 0, time.process_time()
    for path in paths[1:]:
        for event in replay(path):
            samples += event.samples if isinstance(event, Summary) else 0
    us_a_sample = (time.process_time() - begin_s) / samples * 1e6
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"us_a_sample": us_a_sample, "peak_mb": peak_mb}


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    paths = [Path(path) for path in sys.argv[2:]]
    print(json.dumps(day(paths[0]) if sys.argv[1] == "day" else replayed(paths)))
