"""Port, baud rate and format from the bytes alone: `python -m benchmarks.baud [STREAMS]`.

Each stream is a real line: edges at the sensor's own baud rate, heard at whatever rate the search
listens at (tests/devices/uart.py), from a random moment on, with up to 1 % of the bytes damaged.
Prints a table by baud rate and the time that it took, and ends with status 1 if one was wrong or
took more than two seconds of data.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from numpy.random import Generator

from imu_reps.core.frames import Piece
from imu_reps.devices import all_devices
from imu_reps.devices.hearing import Hearing, bauds_of
from tests.devices.uart import Line, line
from tests.devices.wires import WIRES, Wire, leg

STREAMS = 500
DAMAGED_PART = 0.01
RATES_HZ = (10.0, 20.0, 25.0, 50.0, 100.0)
LIMIT_S, DUE_S = 8.0, 2.0
PIECES_S = (0.01, 0.016, 0.05, 0.1)
"""How often the system hands over what it has heard."""


def speaking(wire: Wire, baud: int, rng: Generator) -> Line:
    """The line of such a sensor, from a random moment on."""
    frames = wire.frames(leg(8, 100.0, rng))
    longest = max(map(len, frames))
    rates = [rate for rate in RATES_HZ if 1.2 * longest * rate * 10 < baud]
    rate_hz = float(rng.choice(rates))
    frames = wire.frames(leg(round(LIMIT_S * rate_hz), rate_hz, rng))
    data = np.frombuffer(b"".join(frames), dtype=np.uint8)
    hit = rng.random(len(data)) < rng.uniform(0, DAMAGED_PART)
    data = np.where(hit, rng.integers(256, size=len(data)), data).astype(np.uint8)
    begin_s = np.repeat(np.arange(len(frames)) / rate_hz, [len(frame) for frame in frames])
    skipped = int(rng.integers(2 * longest))
    begin_s = begin_s[skipped:] - begin_s[skipped]
    return Line(line(data[skipped:].tobytes(), begin_s, baud))


def tried(seed: int) -> tuple[Wire, int, bool, float]:
    """A random line: its wire and baud rate, whether both were found, and after how long."""
    rng = np.random.default_rng(seed)
    wire = WIRES[int(rng.integers(len(WIRES)))]
    device = all_devices()[wire.device]
    baud = int(rng.choice([device.baud, *device.other_bauds]))
    told, piece_s = speaking(wire, baud, rng), float(rng.choice(PIECES_S))
    hearing = Hearing(bauds_of(all_devices().values()))
    for step in range(round(LIMIT_S / piece_s)):
        until_s = (step + 1) * piece_s
        data = told.hear(hearing.baud, step * piece_s, until_s)
        found = hearing.feed(Piece(data, round(until_s * 1e6)))
        if found is not None:
            right = found.device is device and hearing.baud == baud
            return wire, baud, right, until_s
    return wire, baud, False, LIMIT_S


def main() -> int:
    """The table; 1 if one was not found in time, or not as what it is."""
    streams = int(sys.argv[1]) if len(sys.argv) > 1 else STREAMS
    took_s, wrong = defaultdict[int, list[float]](list), []
    for seed in range(streams):
        wire, baud, right, after_s = tried(seed)
        took_s[baud].append(after_s)
        if not right or after_s > DUE_S:
            wrong.append(f"seed {seed}: {wire.name} at {baud} baud: {right}, {after_s:.2f} s")
    print("| baud rate | streams | found after, median | at the latest |\n|---|---|---|---|")
    for baud, times in sorted(took_s.items()):
        print(f"| {baud} | {len(times)} | {np.median(times):.2f} s | {max(times):.2f} s |")
    print(f"{streams - len(wrong)} of {streams} found as what they are within {DUE_S:.0f} s")
    print("\n".join(wrong), file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
