"""Which sensor speaks: every decoder listens, and the one that explains the bytes has it.

Strategy: the part of the bytes that lies in whole frames tells formats apart, for no format's
frames are whole in another's eyes but by chance. It is decided as soon as one is sure, and after
two seconds of data by what was heard until then. No I/O: the caller brings bytes and arrivals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.frames import Frames, Piece, Scale, joined
from imu_reps.devices import Decoder, Device, Has, Talks, all_devices

LISTEN_US = 2_000_000
"""After so much data it is decided with what there is."""

SURE_SAMPLES, SURE_PART = 12, 0.4
"""So many samples, and such a part of all bytes in whole frames: no need to listen on."""

RATE_US = 200_000
"""Without a clock the arrivals tell the rate, and a burst is but one of them: over Bluetooth the
first may hold all the samples that it takes to be sure."""

LIKELY_SAMPLES = 5
"""Of a stream that is understood so well, when there is no more time to wait for more."""

LEAST_SAMPLES, LEAST_PART = 3, 0.1
"""Less than this after two seconds is nothing. At 1 % of bytes damaged a text line of 70
characters is whole half of the time, and boot text may be as long as what follows; chance explains
less than a hundredth."""

WITHOUT_SAMPLES_PART = 0.6
"""Frames that hold no sample have little to be known by: a third of noise may look like them."""

FULL_PART, BITS_A_BYTE = 0.85, 10
"""A line that carries such a part of what its baud rate allows (8N1) holds the sensor back."""

TEXT_LINE = re.compile(rb"(?<=\n)(?:[\t -~]{8,}|[-+.,;\d\t ]+)\r?\n")
"""A whole line of text. Bytes of a wrong baud rate may look like letters, but not for so long, or
like nothing but numbers."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sensor that was heard: which one, and what its stream has.

    `rate_hz` is measured (None with too few samples); `remark` is what should be mended about it,
    where there is something.
    """

    device: Device
    has: Has
    rate_hz: float | None
    description: str
    remark: str | None = None

    def __str__(self) -> str:
        """One line for a person."""
        rate = "" if self.rate_hz is None else f" at {self.rate_hz:.0f} samples a second"
        lacks = [
            word
            for word, has in (("gyro", self.has.gyro), ("checksum", self.has.checksum))
            if not has
        ]
        if not (self.has.clock or self.has.counter):
            lacks.append("clock")
        without = f", without {' or '.join(lacks)}" if lacks else ""
        return f"{self.description}{rate}{without}"


class Recogniser:
    """Bytes with their arrivals in, a verdict out. `pieces` keeps them for the decoder to come.

    `baud` is that of the port, where it has one; `devices` are those that it may be.
    """

    def __init__(self, baud: int | None = None, devices: Iterable[Device] | None = None) -> None:
        self._baud = baud
        self.pieces: list[Piece] = []
        self.heard_bytes = 0
        known = all_devices().values() if devices is None else devices
        self._candidates = [_Candidate(device) for device in known]

    @property
    def is_over(self) -> bool:
        """Whether two seconds of data were heard: who has not been recognised will not be."""
        return bool(self.pieces) and self.heard_us >= LISTEN_US

    @property
    def is_plausible(self) -> bool:
        """Whether some of the bytes were in whole frames, or in whole lines of text."""
        for each in self._candidates:
            least = LEAST_PART if each.samples else WITHOUT_SAMPLES_PART
            if each.part(self.heard_bytes) >= least:
                return True
        heard = self.heard
        return sum(map(len, TEXT_LINE.findall(heard))) >= LEAST_PART * len(heard)

    @property
    def heard(self) -> bytes:
        """All bytes so far."""
        return b"".join(piece.data for piece in self.pieces)

    @property
    def heard_us(self) -> int:
        """The time from the first piece to the last, of which there is one at least."""
        return self.pieces[-1].host_us - self.pieces[0].host_us

    @property
    def is_likely(self) -> bool:
        """Whether what was heard would do, if there were no time to hear more."""
        best = self._best()
        return best.samples >= LIKELY_SAMPLES and best.part(self.heard_bytes) >= SURE_PART

    @property
    def talker(self) -> Talks | None:
        """The decoder of a sensor that has told of itself, samples or not."""
        talking = (each.decoder for each in self._candidates if each.part(self.heard_bytes))
        return next((decoder for decoder in talking if isinstance(decoder, Talks)), None)

    def feed(self, data: bytes, host_us: int) -> Recognised | None:
        """The sensor, once it is sure or the time is up; None until then, and if there is none."""
        if not data and not self.pieces:
            return None
        self.pieces.append(Piece(data, host_us))
        self.heard_bytes += len(data)
        for candidate in self._candidates:
            candidate.feed(data, host_us)
        best = self._best()
        is_sure = best.samples >= SURE_SAMPLES and best.part(self.heard_bytes) >= SURE_PART
        if is_sure and best.is_timed:
            return self._remarked(best.recognised())
        return self.verdict() if self.is_over else None

    def verdict(self) -> Recognised | None:
        """The sensor by what was heard so far, None if nothing explains enough of it."""
        best = self._best()
        if best.samples < LEAST_SAMPLES or best.part(self.heard_bytes) < LEAST_PART:
            return None
        return self._remarked(best.recognised())

    def _remarked(self, found: Recognised) -> Recognised:
        """What was found, and whether the line is too slow for it."""
        (first, first_us), last_us = self.pieces[0], self.pieces[-1].host_us
        if self._baud is None or found.rate_hz is None or last_us == first_us:
            return found
        bytes_a_s = (self.heard_bytes - len(first)) / (last_us - first_us) * 1e6
        full = bytes_a_s * BITS_A_BYTE / self._baud
        if not FULL_PART < full < 1 / FULL_PART:
            return found
        remark = (
            f"at {self._baud} baud the line is full with {found.rate_hz:.0f} samples a second: "
            "set the sensor to a higher baud rate, or to send less"
        )
        return replace(found, remark=remark)

    def _best(self) -> _Candidate:
        return max(self._candidates, key=lambda candidate: candidate.weight)


class _Candidate:
    """One device's decoder, and what it made of the bytes."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.decoder: Decoder = device.decoder()
        self._found: list[Frames] = []
        self.samples = 0

    def feed(self, data: bytes, host_us: int) -> None:
        frames = self.decoder.feed(data, host_us)
        if len(frames):
            self._found.append(frames)
            self.samples += len(frames)

    @property
    def weight(self) -> float:
        return self._device.weight * self.decoder.good_bytes * (self.samples > 0)

    @property
    def is_timed(self) -> bool:
        """Whether its rate can be told: by its clock, or by arrivals that are far enough apart."""
        first_us, last_us = self._found[0].host_us[0], self._found[-1].host_us[-1]
        return self.decoder.has.clock or bool(last_us - first_us >= RATE_US)

    def part(self, heard_bytes: int) -> float:
        return self.decoder.good_bytes / max(heard_bytes, 1)

    def recognised(self) -> Recognised:
        decoder = self.decoder
        return Recognised(
            device=self._device,
            has=decoder.has,
            rate_hz=_rate_hz(self._found, decoder.scale or self._device.scale),
            description=decoder.description or self._device.title,
        )


def _rate_hz(found: list[Frames], scale: Scale) -> float | None:
    """Samples a second by the device's clock, else by the arrivals of its first and last."""
    frames = joined(found)
    host_us = frames.host_us
    if frames.device_us is not None:
        steps_us = np.diff(frames.device_us)
        steps_us = steps_us[steps_us > 0]
        return 1e6 / float(np.median(steps_us)) if len(steps_us) else None
    if host_us[0] == host_us[-1]:
        return None
    samples = len(frames)
    if frames.seq is not None and scale.seq_wrap is not None:
        samples = int((np.diff(frames.seq) % scale.seq_wrap).sum()) + 1
    # The first burst began before it arrived.
    later = samples - int((host_us == host_us[0]).sum())
    return later / (float(host_us[-1] - host_us[0]) * 1e-6)


def recognise(pieces: Iterable[tuple[bytes, int]]) -> Recognised | None:
    """The sensor that these bytes are from, None if they are from none that is known."""
    recogniser = Recogniser()
    for data, host_us in pieces:
        found = recogniser.feed(data, host_us)
        if found is not None or recogniser.is_over:
            return found
    return recogniser.verdict()
