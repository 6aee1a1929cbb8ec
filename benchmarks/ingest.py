"""What ingest costs: `python -m benchmarks.ingest [decoders] [delays] [memory] [live] [kills]`.

Prints the tables of `docs/INGEST.md`, those that are named or all; half an hour for all.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator

from benchmarks import ingest_decoders, ingest_live, ingest_pipeline, kills

Rows = Callable[[], Iterator[list[object]]]

TABLES: dict[str, tuple[str, str, Rows]] = {
    "decoders": (
        "Frames per second of each decoder",
        "stream|bytes a frame|1 frame a piece|10 frames|1000 frames",
        ingest_decoders.rows,
    ),
    "delays": (
        "From bytes to events in the process: decode, record, count",
        "rate|of|pieces|middle|99th percentile|longest|of one core",
        ingest_pipeline.delays,
    ),
    "memory": (
        "Memory over a day of one sensor, 100 Hz",
        "after|held",
        ingest_pipeline.memory,
    ),
    "live": (
        "`imu-reps live` as a whole, from the wire to the line on standard output",
        "rate|of one core|memory|events|number|middle|99th percentile|longest",
        ingest_live.rows,
    ),
    "kills": ("SIGKILL at a random moment", kills.HEADS, kills.rows),
}


def main() -> None:
    """The tables that are named, or all."""
    named = sys.argv[1:] or list(TABLES)
    unknown = [name for name in named if name not in TABLES]
    if unknown:
        sys.exit(f"no table {unknown[0]!r}; there are {', '.join(TABLES)}")
    cores = os.cpu_count()
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}", flush=True)
    for name in named:
        title, heads, rows = TABLES[name]
        print(f"\n## {title}\n\n| {heads.replace('|', ' | ')} |")
        print("|" + "---|" * len(heads.split("|")), flush=True)
        for row in rows():
            print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
