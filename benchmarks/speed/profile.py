"""Where the time of a replay goes, function by function: `python -m benchmarks.speed.profile FILE`.

Each share is with all that the function calls; the profiler itself makes small calls look dearer.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from pathlib import Path

import imu_reps
from imu_reps.session.stream.replay import replay

HOME = Path(imu_reps.__file__).parent
LEAST_PART = 0.05


def main() -> None:
    """The table."""
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(replay(sys.argv[1])))
    stats = pstats.Stats(profiler)
    print("| function | calls | share |\n|---|---|---|")
    rows = [
        (with_calls_s / stats.total_tt, calls, f"{Path(file).relative_to(HOME)}: {name}")
        for (file, _, name), (_, calls, _, with_calls_s, _) in stats.stats.items()
        if file.startswith(str(HOME)) and not name.startswith("<")
    ]
    for part, calls, told in sorted(rows, reverse=True):
        if part >= LEAST_PART:
            print(f"| {told} | {calls:,} | {100 * part:.0f} % |")


if __name__ == "__main__":
    main()
