"""A day in the gym as a sensor sends it, as long as one likes.

`python -m benchmarks.speed.training FILE SAMPLES PIECE` writes it down, in the format of the file's
name: so many samples, the first PIECE of them over and over.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import DEVICE_US_WRAP, SEQ_WRAP
from imu_reps.formats import format_of, open_recording
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named

RATE_HZ = 100.0
MOVEMENT = movement_named("single-leg-bridge")
LEG, MOUNT = Leg.LEFT, Mount.THIGH
SETS, REPS, BREAK_S = 9, 10, 60.0
"""A quarter of an hour: nine sets of ten bridges with a minute's rest in between."""

PIECE = 100_000
"""So many samples are repeated: what is longer holds the same over and over."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Frames that begin and end at rest, and what a recording of them says of itself."""

    header: Header
    frames: Frames

    @property
    def scale(self) -> Scale:
        """What a count is worth."""
        assert self.header.scale is not None
        return self.header.scale


@cache
def quarter_hour() -> Piece:
    """Exactly `PIECE` frames."""
    # Its scipy would count as memory of those who only read what was made.
    from imu_reps.simulate import Imu, Plan, Strap, easy, simulate  # noqa: PLC0415

    rng = np.random.default_rng(1)
    sets = tuple(easy(MOVEMENT, REPS, rng)[0].sets[0] for _ in range(SETS))
    plan = Plan(sets, between_s=BREAK_S, settle_s=5.0)
    made = simulate(Strap(MOVEMENT, LEG, MOUNT), plan, Imu(rate_hz=RATE_HZ), seed=1)
    return Piece(made.header, made.frames[:PIECE])


def frames(piece: Piece, samples: int, chunk: int) -> Iterator[Frames]:
    """So many frames, a chunk at a time: the piece over and over, its counters going on."""
    of = piece.frames
    assert of.device_us is not None
    period_us = round(1e6 / RATE_HZ)
    host_us = int(of.host_us[-1] - of.host_us[0]) + period_us
    device_us = int(of.device_us[-1] - of.device_us[0]) % DEVICE_US_WRAP + period_us
    for first in range(0, samples, chunk):
        rows = np.arange(first, min(first + chunk, samples))
        turn, row = np.divmod(rows, len(of))
        yield Frames(
            host_us=of.host_us[row] + turn * host_us,
            values=of.values[row],
            seq=rows % SEQ_WRAP,
            device_us=(of.device_us[row] + turn * device_us) % DEVICE_US_WRAP,
        )


def samples(piece: Piece, count: int, chunk: int) -> list[Samples]:
    """The same as samples in memory."""
    clock = DeviceClock(piece.scale, RATE_HZ)
    return [clock.update(some) for some in frames(piece, count, chunk)]


def written(path: Path, count: int, piece: Piece) -> Path:
    """A new recording of so many samples, in the format that its name tells."""
    host_us = 0
    with format_of(path).create(path, piece.header) as writer:
        for some in frames(piece, count, 10_000):
            writer.write(some)
            host_us = int(some.host_us[-1])
        writer.write(Note(host_us, "end"))
    return path


def read(path: Path) -> Piece:
    """A piece that was written down as a native recording."""
    with open_recording(path) as recording:
        runs = [item for item in recording if isinstance(item, Frames)]
    seq, device_us = [r.seq for r in runs], [r.device_us for r in runs]
    return Piece(
        recording.header,
        Frames(
            host_us=np.concatenate([run.host_us for run in runs]),
            values=np.concatenate([run.values for run in runs]),
            seq=np.concatenate([one for one in seq if one is not None]),
            device_us=np.concatenate([one for one in device_us if one is not None]),
        ),
    )


if __name__ == "__main__":
    whole = quarter_hour()
    repeated = Piece(whole.header, whole.frames[: int(sys.argv[3])])
    written(Path(sys.argv[1]), int(sys.argv[2]), repeated)
