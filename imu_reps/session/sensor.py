"""A sensor on a wire: listened to until it has told of itself, then its frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Scale
from imu_reps.devices import Device, Talks

PATIENCE_US = 2_500_000
"""A hello comes every 2 s: after this there will be none, and the defaults hold."""

SILENCE_US = 1_000_000
"""A sensor that says nothing for so long is told of."""

NOISE_BYTES = 2_000
"""So many bytes (two thirds of a second at 100 Hz) without one frame in them are not ours."""

Say = Callable[[str], None]


class Port(Protocol):
    """Pieces of bytes with the host's time of arrival; empty ones while nothing comes."""

    lost: str | None

    def __iter__(self) -> Iterator[tuple[bytes, int]]: ...

    def write(self, data: bytes) -> None: ...


class Sensor:
    """A device on a port. `listen` first, then iterate its frames."""

    def __init__(self, port: Port, device: Device, say: Say) -> None:
        self._port = port
        self._device = device
        self._say = say
        self._decoder = device.decoder()
        self._pieces = iter(port)
        self._heard: list[Frames] = []
        self._heard_us: int | None = None
        self._silent = False
        self._bytes = 0
        self._told = ""

    @property
    def scale(self) -> Scale:
        return self._decoder.scale or self._device.scale

    @property
    def rate_hz(self) -> float:
        return self._decoder.rate_hz or self._device.rate_hz

    @property
    def description(self) -> str:
        return self._decoder.description or self._device.title

    @property
    def bad_frames(self) -> int:
        return self._decoder.bad_frames

    def listen(self, stop: Callable[[], bool]) -> None:
        """Until the sensor has told its scale and rate, or its samples come without a word.

        Raises `BadInput` where bytes come that are not frames of this device, or of a version
        that is not known yet.
        """
        self._port.write(self._device.ask)
        deadline_us: int | None = None
        for frames, host_us in self._frames():
            self._heard.append(frames)
            if isinstance(self._decoder, Talks) and self._decoder.refusal is not None:
                raise BadInput(self._decoder.refusal)
            if self._decoder.scale is not None or stop():
                return
            if deadline_us is None and self._bytes:
                deadline_us = host_us + PATIENCE_US
            if deadline_us is not None and host_us > deadline_us:
                break
            self._check_noise()
        if self._heard_any():
            self._say(f"the sensor does not tell its scale; taken for {self._device.title}")

    def __iter__(self) -> Iterator[Frames]:
        """The frames, those heard while listening first; empty ones while nothing comes."""
        heard, self._heard = self._heard, []
        yield from heard
        for frames, _ in self._frames():
            yield frames

    def _frames(self) -> Iterator[tuple[Frames, int]]:
        for data, host_us in self._pieces:
            self._watch_silence(data, host_us)
            self._bytes += len(data)
            frames = self._decoder.feed(data, host_us)
            self._pass_on()
            yield frames, host_us

    def _pass_on(self) -> None:
        """What the device says in words, once as long as it repeats itself."""
        if not isinstance(self._decoder, Talks):
            return
        words, self._decoder.words = self._decoder.words, []
        for text in words:
            if text != self._told:
                self._say(f"the sensor says: {text}")
            self._told = text

    def _heard_any(self) -> bool:
        return any(map(len, self._heard))

    def _check_noise(self) -> None:
        if self._bytes > NOISE_BYTES and not self._heard_any():
            raise BadInput(
                f"{self._bytes} bytes have come and not one frame of the {self._device.title} in "
                f"them; check that its baud rate is {self._device.baud} and its sketch is ours"
            )

    def _watch_silence(self, data: bytes, host_us: int) -> None:
        if data or self._heard_us is None:
            if self._silent:
                self._say("the sensor is heard again")
            self._silent, self._heard_us = False, host_us
        elif not self._silent and host_us - self._heard_us > SILENCE_US:
            self._silent = True
            self._say("the sensor is silent: check its power, its cable and its switch")
