"""Which sensor speaks, over random streams: `python -m benchmarks.recognise [STREAMS]`.

Each stream is one way of putting samples on a wire (tests/devices/wires.py) with another motion,
rate, moment at which the listening begins, boot text or noise before, up to 1 % of bytes damaged,
up to 0.5 % lost in runs, and bursts of 1 to 300 ms. One in twenty is noise and nothing else, and
right if it is called so. Prints a table and ends with status 1 if one was wrong.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

import numpy as np
from numpy.random import Generator

from imu_reps.core.frames import Piece
from imu_reps.devices.recognise import Recognised, recognise
from tests.devices.wires import WIRES, Wire, leg

STREAMS = 10_000
NOISE_PART = 0.05
DAMAGED_PART, LOST_PART = 0.01, 0.005
LINE_BYTES_PER_S = 11_520
"""115200 baud."""

HEARD_S = 2.2
RATES_HZ = (10.0, 20.0, 25.0, 50.0, 100.0, 200.0)
BOOT = b"ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13\r\nMPU6050 found!\r\n"


def stream(wire: Wire, rng: Generator) -> list[Piece]:
    """What a listener who comes at a random moment hears of this sensor, in bursts."""
    longest = max(map(len, wire.frames(leg(4, 100.0, rng))))
    rates = [rate for rate in RATES_HZ if 1.1 * longest * rate < LINE_BYTES_PER_S]
    rate_hz = float(rng.choice(rates))
    told = leg(int(HEARD_S * rate_hz) + 4, rate_hz, rng)
    frames = wire.frames(told)
    skipped = int(rng.integers(3 * longest))
    if rng.random() < 0.3:
        frames[0], skipped = wire.before + frames[0], 0
    sizes = np.array([len(frame) for frame in frames])
    heard = np.frombuffer(b"".join(frames), dtype=np.uint8)[skipped:]
    # A sample's last byte leaves when the next sample is taken, at the latest.
    at_us = np.repeat((np.arange(len(frames)) + 1) / rate_hz * 1e6, sizes)[skipped:]
    kept = ~_runs(len(heard), rng.uniform(0, LOST_PART), rng)
    heard, at_us = _damaged(heard, rng)[kept], at_us[kept]
    return _bursts(_before(rng), heard, at_us, rng)


def _runs(n: int, part: float, rng: Generator) -> np.ndarray:
    """Which bytes (n,) are lost: in runs of five on average."""
    lost = np.zeros(n, dtype=bool)
    for start in np.flatnonzero(rng.random(n) < part / 5):
        lost[start : start + int(rng.geometric(0.2))] = True
    return lost


def _damaged(heard: np.ndarray, rng: Generator) -> np.ndarray:
    hit = rng.random(len(heard)) < rng.uniform(0, DAMAGED_PART)
    return np.where(hit, rng.integers(256, size=len(heard)), heard).astype(np.uint8)


def _before(rng: Generator) -> bytes:
    chance = rng.random()
    if chance < 0.2:
        return BOOT
    return rng.bytes(int(rng.integers(1, 200))) if chance < 0.4 else b""


def _bursts(before: bytes, heard: np.ndarray, at_us: np.ndarray, rng: Generator) -> list[Piece]:
    every_us = float(rng.choice([1000, 5000, 16_000, 50_000, 300_000]))
    burst = np.ceil(at_us / every_us).astype(int)
    cuts = np.flatnonzero(np.diff(burst)) + 1
    pieces = [Piece(before, int(burst[0] * every_us))] if before else []
    for part, first in zip(np.split(heard, cuts), [0, *cuts.tolist()], strict=True):
        pieces.append(Piece(part.tobytes(), int(burst[first] * every_us)))
    return pieces


def noise(rng: Generator) -> list[Piece]:
    """Bytes as they come from a line at a wrong baud rate: any, or only a few values."""
    values = rng.integers(256, size=int(rng.choice([256, 20, 5])))
    return [
        Piece(rng.choice(values, 100).astype(np.uint8).tobytes(), i * 10_000) for i in range(220)
    ]


def tried(seed: int) -> tuple[str, str, Recognised | None]:
    """One random stream: its wire, the device it is from, and the one it was taken for."""
    rng = np.random.default_rng(seed)
    if rng.random() < NOISE_PART:
        return "noise", "none", recognise(noise(rng))
    wire = WIRES[int(rng.integers(len(WIRES)))]
    return wire.name, wire.device, recognise(stream(wire, rng))


def main() -> int:
    """The table; 1 if a stream was taken for another sensor's, or for none."""
    streams = int(sys.argv[1]) if len(sys.argv) > 1 else STREAMS
    begin_s = time.perf_counter()
    right, all_of, taken = Counter[str](), Counter[str](), Counter[str]()
    for seed in range(streams):
        name, device, found = tried(seed)
        answer = "none" if found is None else found.device.name
        all_of[name] += 1
        right[name] += answer == device
        if answer != device:
            taken[f"seed {seed}: {name} taken for {answer}"] += 1
    print("| stream | right |\n|---|---|")
    for name in sorted(all_of):
        print(f"| {name} | {right[name]}/{all_of[name]} |")
    print(f"| all | {right.total()}/{streams} |")
    print(f"{(time.perf_counter() - begin_s) / streams * 1e3:.1f} ms a stream", file=sys.stderr)
    print("\n".join(taken), file=sys.stderr)
    return int(right.total() < streams)


if __name__ == "__main__":
    sys.exit(main())
