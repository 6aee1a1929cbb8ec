"""One file, one sensor: bytes in, frames out, no I/O. A file that defines `DEVICE` is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.words import unknown


@dataclass(frozen=True, slots=True)
class Has:
    """What a stream of a sensor holds beside its accelerations, and whether damage shows."""

    gyro: bool
    counter: bool
    clock: bool
    checksum: bool


class Decoder(Protocol):
    """A stream of bytes in any pieces in, frames out. Never raises on garbage; counts it."""

    @property
    def has(self) -> Has:
        """What this stream has; what can be switched off, once it was seen."""

    @property
    def bad_frames(self) -> int: ...

    @property
    def good_bytes(self) -> int:
        """The bytes that were part of whole frames of any kind, samples or not."""

    @property
    def scale(self) -> Scale | None:
        """What the device says of its units; None as long as it has not said."""

    @property
    def rate_hz(self) -> float | None: ...

    @property
    def description(self) -> str | None: ...

    def feed(self, data: bytes, host_us: int) -> Frames: ...


@runtime_checkable
class Talks(Protocol):
    """A decoder of a device that has something to say of itself."""

    refusal: str | None
    """Why what the device sends cannot be read, where it says itself that it cannot."""
    words: list[str]
    """What the device has said in words; who reads them takes them out."""


@runtime_checkable
class Named(Protocol):
    """A decoder of a device that tells which one of its kind it is."""

    identity: str | None
    """The name as it was last told; who waits for it to be told anew forgets it."""


@runtime_checkable
class Powered(Protocol):
    """A decoder of a device that tells of its battery."""

    @property
    def battery_mv(self) -> int | None:
        """The battery's voltage as it was last told; None as long as it was not."""


def battery_v(decoder: Decoder) -> float | None:
    """The voltage of the device's battery, where it tells it."""
    told = isinstance(decoder, Powered) and decoder.battery_mv
    return told / 1000 if told else None


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of a kind of sensor before it has sent a byte.

    `scale` and `rate_hz` hold if it does not tell its own; `ask` makes it tell them, where it can.
    `other_bauds` are those that it may be set to. Where two understand the same bytes, that of the
    larger `weight` has said more about them; one with `any_text` reads what sketches print, and
    text that holds no sensor's numbers is told as its own.
    """

    name: str
    title: str
    baud: int
    scale: Scale
    rate_hz: float
    decoder: Callable[[], Decoder]
    ask: bytes = b""
    other_bauds: tuple[int, ...] = ()
    weight: float = 1.0
    any_text: bool = False


@cache
def all_devices() -> dict[str, Device]:
    """Every device by its name."""
    modules = (
        importlib.import_module(f"{__name__}.{info.name}")
        for info in pkgutil.iter_modules(__path__)
    )
    found: list[Device] = [module.DEVICE for module in modules if hasattr(module, "DEVICE")]
    return {device.name: device for device in found}


def device_named(name: str) -> Device:
    """The device of that name; raises `BadUsage` that offers the near ones."""
    known = all_devices()
    if name not in known:
        raise unknown("device", name, known)
    return known[name]
