"""What `--movement auto` tells of the sets of `benchmarks.accuracy`, and of the strap's leg.

`python -m benchmarks.auto [SETS]`: two of the tables of `docs/ACCURACY.md`, in a minute or two.
"""

from __future__ import annotations

import sys
from multiprocessing import Pool

from benchmarks.accuracy import SETS, Case, cases, table
from benchmarks.accuracy_auto import STRAPS, Told, named, names, straps
from imu_reps.core.events import Rep


def told(case: Case) -> Told:
    """What is told of one case."""
    samples = case.made()[2]
    reps = [event for event in case.counted(samples, "generic") if isinstance(event, Rep)]
    return case.movement, case.mount, named(reps, samples, case.movement, case.mount)


def main() -> None:
    """Both tables."""
    sets_a_mount = int(sys.argv[1]) if len(sys.argv) > 1 else SETS
    known = [case for case in cases(sets_a_mount) if case.movement != "generic"]
    with Pool() as pool:
        found = pool.map(told, known, chunksize=4)
    table("auto|right|unsure|wrong", names(found))
    table(STRAPS, straps(found))


if __name__ == "__main__":
    main()
