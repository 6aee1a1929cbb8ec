"""Are the results still the same to the bit? `python -m benchmarks.speed.golden FILE`.

Writes the events of all recordings that come with the project to FILE, every float as it is; where
FILE is there already, compares with it, names the recordings that differ, and ends with status 1.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from imu_reps.session.stream.replay import replay

RECORDINGS = Path(__file__).parent.parent.parent / "recordings"


def events() -> dict[str, list[str]]:
    """All events of each recording, as text that tells every float exactly."""
    return {path.name: list(map(repr, replay(path))) for path in RECORDINGS.glob("*.imu.csv")}


def main() -> int:
    """Write or compare."""
    told, now = Path(sys.argv[1]), events()
    if not told.exists():
        told.write_text(json.dumps(now, indent=1, sort_keys=True))
        print(f"{told}: the events of {len(now)} recordings")
        return 0
    before = json.loads(told.read_text())
    differ = sorted(name for name in before if before[name] != now.get(name))
    print("\n".join([*differ, f"{len(before) - len(differ)} of {len(before)} recordings the same"]))
    return int(bool(differ))


if __name__ == "__main__":
    sys.exit(main())
