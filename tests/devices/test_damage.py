"""A million damaged frames of our own: not one is taken for a sample."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from imu_reps.devices.imu_reps_frame import FrameDecoder, encode_sample

Bytes = NDArray[np.uint8]

FRAMES = 1_000_000
BATCH = 20_000
HIT_PART = 0.01
"""Of the bytes of each frame so many are hit, and at least one."""


def _sent(n: int, rng: Generator) -> tuple[Bytes, set[tuple[int, ...]]]:
    """Frames (n, 22) without the zero that ends each, and what they carry."""
    values = rng.integers(-32768, 32767, (n, 6)).tolist()
    rows = [(seq, seq * 10_000, *row) for seq, row in enumerate(values)]
    wire = b"".join(encode_sample(row[0], row[1], row[2:])[:-1] for row in rows)
    return np.frombuffer(wire, dtype=np.uint8).reshape(n, -1), set(rows)


def _damaged(frames: Bytes, rng: Generator) -> bytes:
    """The frames with bytes changed, flipped in one bit, lost or slipped in between."""
    n, width = frames.shape
    hit = rng.random((n, width)) < HIT_PART
    hit[np.arange(n), rng.integers(width, size=n)] |= ~hit.any(axis=1)
    kind = np.where(hit, rng.integers(1, 5, (n, width)), 0)
    other = rng.integers(1, 256, (n, width), dtype=np.uint8)
    changed = np.where(kind == 1, frames ^ other, frames)
    changed = np.where(kind == 2, frames ^ (1 << rng.integers(8, size=(n, width))), changed)
    # Two columns a byte: what slipped in before it, and itself; 256 stands for nothing.
    pairs = np.stack([np.where(kind == 3, other, 256), np.where(kind == 4, 256, changed)], axis=2)
    ended = np.hstack([pairs.reshape(n, -1), np.zeros((n, 1), dtype=np.int64)]).ravel()
    return ended[ended < 256].astype(np.uint8).tobytes()


def accepted(frames: int, seed: int) -> int:
    """How many of so many damaged frames are taken for a sample that was not sent."""
    rng = np.random.default_rng(seed)
    wrong = 0
    for _ in range(0, frames, BATCH):
        sent, true = _sent(BATCH, rng)
        found = FrameDecoder().feed(b"\0" + _damaged(sent, rng), 0)
        assert found.seq is not None
        assert found.device_us is not None
        rows = np.column_stack([found.seq, found.device_us, found.values]).tolist()
        wrong += sum(tuple(row) not in true for row in rows)
    return wrong


def test_none_of_a_million_damaged_frames_is_accepted() -> None:
    assert accepted(FRAMES, seed=1) == 0
