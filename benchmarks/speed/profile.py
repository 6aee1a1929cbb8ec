"""Where the time of a replay goes, function by function: `python -m benchmarks.speed.profile FILE`.

Each share is with all that the function calls; the profiler itself makes small calls look dearer.
"""

from __future__ import annotations

import cProfile
import sys
from pathlib import Path
from types import CodeType

import imu_reps
from imu_reps.session.stream.replay import replay

HOME = Path(imu_reps.__file__).parent
LEAST_PART = 0.05


def main() -> None:
    """The table."""
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(replay(sys.argv[1])))
    entries = profiler.getstats()
    whole_s = sum(entry.inlinetime for entry in entries)
    print("| function | calls | share |\n|---|---|---|")
    rows = [
        (entry.totaltime / whole_s, entry.callcount, told)
        for entry in entries
        if (told := _told(entry.code)) is not None
    ]
    for part, calls, told in sorted(rows, reverse=True):
        if part >= LEAST_PART:
            print(f"| {told} | {calls:,} | {100 * part:.0f} % |")


def _told(code: CodeType | str) -> str | None:
    """File and name of a function of ours; None of what is built in, of others, and of lambdas."""
    if isinstance(code, str) or code.co_name.startswith("<"):
        return None
    path = Path(code.co_filename)
    return f"{path.relative_to(HOME)}: {code.co_name}" if path.is_relative_to(HOME) else None


if __name__ == "__main__":
    main()
