"""Damaged frames of our own, and how many are taken for a sample: `python -m benchmarks.damage`.

Ten million of them (`[MILLIONS]`), each with bytes changed, flipped in a bit, lost or slipped in,
at least one a frame; tests/devices/test_damage.py runs one million. Ends with status 1 if one was
taken for a sample that was not sent.
"""

from __future__ import annotations

import sys
import time

from tests.devices.test_damage import FRAMES, accepted


def main() -> int:
    """The count; 1 if it is not 0."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    begin_s = time.perf_counter()
    wrong = sum(accepted(FRAMES, seed) for seed in range(2, 2 + millions))
    print(f"{millions * FRAMES} damaged frames: {wrong} taken for a sample")
    print(f"{time.perf_counter() - begin_s:.0f} s", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
