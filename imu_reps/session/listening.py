"""Some seconds of a port: which sensor speaks there, and what it said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from imu_reps.core.frames import Frames, Piece, Scale
from imu_reps.core.samples import Samples
from imu_reps.devices import Decoder
from imu_reps.devices.recognise import Recognised, Recogniser
from imu_reps.motion.clock import DeviceClock


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A sensor that was recognised, and all it sent: `samples` are the frames that are news."""

    found: Recognised
    decoder: Decoder
    frames: Frames
    samples: Samples
    lost_samples: int

    @property
    def scale(self) -> Scale:
        return self.decoder.scale or self.found.device.scale

    @property
    def rate_hz(self) -> float:
        """Samples a second between two that follow each other, lost ones counted."""
        seconds = np.diff(self.samples.time_s)
        return float(1 / np.median(seconds)) if len(seconds) else 0.0


def first_seconds(pieces: Iterable[tuple[bytes, int]], for_us: int) -> Iterator[Piece]:
    """The pieces of so long a time from the first one on; empty ones count as time."""
    begin_us: int | None = None
    for data, host_us in pieces:
        begin_us = host_us if begin_us is None else begin_us
        yield Piece(data, host_us)
        if host_us - begin_us >= for_us:
            return


def spoken(pieces: Iterable[tuple[bytes, int]], baud: int | None = None) -> Spoken | None:
    """The sensor that these pieces are from, and what it said; None where none is recognised."""
    kept = [Piece(*piece) for piece in pieces if piece[0]]
    recogniser = Recogniser(baud)
    found: Recognised | None = None
    for data, host_us in kept:
        found = recogniser.feed(data, host_us)
        if found is not None or recogniser.is_over:
            break
    found = found or recogniser.verdict()
    return None if found is None else _decoded(found, kept)


def _decoded(found: Recognised, pieces: list[Piece]) -> Spoken:
    decoder = found.device.decoder()
    runs = [frames for piece in pieces if len(frames := decoder.feed(*piece))]
    frames = joined(runs)
    scale = decoder.scale or found.device.scale
    clock = DeviceClock(scale, found.rate_hz or decoder.rate_hz or found.device.rate_hz)
    samples = clock.update(frames)
    return Spoken(found, decoder, frames, samples, clock.lost_samples)


def joined(runs: list[Frames]) -> Frames:
    """The runs, one after the other; there must be one, and all have the same columns."""
    first = runs[0]
    return Frames(
        np.concatenate([run.host_us for run in runs]),
        np.concatenate([run.values for run in runs]),
        None if first.seq is None else np.concatenate([r.seq for r in runs if r.seq is not None]),
        None
        if first.device_us is None
        else np.concatenate([r.device_us for r in runs if r.device_us is not None]),
    )
