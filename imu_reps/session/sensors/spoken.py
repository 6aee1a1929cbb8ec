"""Some seconds of a port: which sensor speaks there, and what it said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from imu_reps.core.frames import Frames, Piece, Scale, joined
from imu_reps.core.samples import Samples
from imu_reps.devices import Decoder, battery_v
from imu_reps.devices.recognise import Recognised
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
    def description(self) -> str:
        """What the sensor says of itself, else what is known of its kind."""
        return self.decoder.description or self.found.description

    @property
    def rate_hz(self) -> float:
        """Samples a second between two that follow each other, lost ones counted."""
        seconds = np.diff(self.samples.time_s)
        return float(1 / np.median(seconds)) if len(seconds) else 0.0

    @property
    def damaged_part(self) -> float:
        """Of all frames that came, or should have."""
        return self.decoder.bad_frames / self._sent

    @property
    def lost_part(self) -> float | None:
        """Of all frames that should have come; None where neither counter nor clock tells."""
        has = self.found.has
        return self.lost_samples / self._sent if has.counter or has.clock else None

    @property
    def battery_v(self) -> float | None:
        """Its battery's voltage, where it tells it."""
        return battery_v(self.decoder)

    @property
    def _sent(self) -> int:
        return len(self.frames) + self.lost_samples + self.decoder.bad_frames


def said(found: Recognised, pieces: Iterable[Piece]) -> Spoken:
    """What these pieces hold of the sensor that was recognised in them."""
    decoder = found.device.decoder()
    runs = [frames for piece in pieces if len(frames := decoder.feed(*piece))]
    frames = joined(runs)
    scale = decoder.scale or found.device.scale
    clock = DeviceClock(scale, found.rate_hz or decoder.rate_hz or found.device.rate_hz)
    samples = clock.update(frames)
    lost = clock.lost_samples if frames.seq is not None else _missing(samples)
    return Spoken(found, decoder, frames, samples, lost)


def _missing(samples: Samples) -> int:
    """How many samples the clock says did not come: steps of two usual ones have one in them."""
    steps_s = np.diff(samples.time_s)
    return int((np.round(steps_s / np.median(steps_s)) - 1).clip(0).sum()) if len(steps_s) else 0
