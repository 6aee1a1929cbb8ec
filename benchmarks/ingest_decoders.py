"""Frames per second of each decoder, in the pieces that a port gives."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from imu_reps.devices import all_devices
from tests.devices.wires import WIRES, Wire, leg

FRAMES = 6000
TIMES = 3
"""The best of so many: what else the machine does only ever adds."""


def rows() -> Iterator[list[object]]:
    """A row a stream: bytes a frame, and frames per second in pieces of 1, 10 and 1000 frames."""
    for wire in WIRES:
        sent = wire.frames(leg(FRAMES, 100.0, np.random.default_rng(1)))
        size = sum(map(len, sent)) / len(sent)
        rates = [_frames_a_s(wire, sent, frames) for frames in (1, 10, 1000)]
        yield [wire.name, f"{size:.0f}", *(f"{rate:,.0f}" for rate in rates)]


def _frames_a_s(wire: Wire, sent: list[bytes], frames_a_piece: int) -> float:
    starts = range(0, len(sent), frames_a_piece)
    pieces = [b"".join(sent[start : start + frames_a_piece]) for start in starts]
    return FRAMES / min(_seconds(wire, pieces) for _ in range(TIMES))


def _seconds(wire: Wire, pieces: list[bytes]) -> float:
    decoder = all_devices()[wire.device].decoder()
    decoder.feed(wire.before, 0)
    begin_s = time.perf_counter()
    found = sum(len(decoder.feed(piece, i * 10_000)) for i, piece in enumerate(pieces))
    passed_s = time.perf_counter() - begin_s
    assert found > 0.95 * FRAMES, wire.name
    return passed_s
