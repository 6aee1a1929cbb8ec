"""Which serial ports there are, how they are spelled, and which one is a known one again.

USB ids only rank the ports: what the bytes decode as is the identity.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from serial.tools import list_ports

KNOWN_IDS = {
    (0x1A86, 0x7523): "CH340",
    (0x1A86, 0x55D4): "CH9102",
    (0x10C4, 0xEA60): "CP2102",
    (0x0403, 0x6001): "FTDI",
    (0x303A, 0x1001): "ESP32",
    (0x2341, 0x0043): "Arduino Uno",
    (0x2E8A, 0x000A): "Raspberry Pi Pico",
}
"""USB ids (vendor, product) of what boards and sensors speak through: these are heard first."""


@dataclass(frozen=True, slots=True)
class PortInfo:
    """A port as the system lists it; what it does not tell is None.

    `ids` are the USB vendor and product, `location` the USB socket that it is plugged into.
    """

    name: str
    title: str = ""
    serial_number: str | None = None
    ids: tuple[int, int] | None = None
    location: str | None = None

    def __str__(self) -> str:
        """The name, and what it is where that is known."""
        known = KNOWN_IDS.get(self.ids) if self.ids is not None else None
        title = known or self.title
        return f"{self.name} ({title})" if title else self.name


def there_are() -> list[PortInfo]:
    """The serial ports of this computer, the likeliest first.

    An empty list where one goes just while it is looked at: nobody can tell then what there is.
    """
    try:
        ports = list_ports.comports()
    except Exception:
        return []
    found = [
        PortInfo(
            name=port.device,
            title=port.description if port.description not in ("n/a", port.name, None) else "",
            serial_number=port.serial_number or None,
            ids=None if port.vid is None or port.pid is None else (port.vid, port.pid),
            location=port.location or None,
        )
        for port in ports
    ]
    return sorted(found, key=lambda port: (port.ids not in KNOWN_IDS, port.ids is None, port.name))


def told_of(name: str) -> PortInfo:
    """What the system tells of the port of this name; only the name where it tells nothing."""
    real = os.path.realpath(name)
    known = (port for port in there_are() if port.name in (name, real))
    return next(known, PortInfo(name))


def again(
    lost: PortInfo, ports: Iterable[PortInfo], taken: Collection[str] = ()
) -> PortInfo | None:
    """The port among those there are that is the lost one, whatever it is called now.

    By serial number, else by USB ids (of several the one in the same socket, else of the same
    name), else by name. None where it is not there, or where two could be it; `taken` are not it.
    """
    there = [port for port in ports if port.name not in taken]
    if lost.ids is None:
        return next((port for port in there if port.name == lost.name), None)
    like = [p for p in there if (p.ids, p.serial_number) == (lost.ids, lost.serial_number)]
    if len(like) > 1:
        near = [port for port in like if port.location == lost.location is not None]
        like = near or [port for port in like if port.name == lost.name]
    return like[0] if len(like) == 1 else None


def spelled(name: str, system: str = sys.platform) -> str:
    r"""The name as the system wants it: `com10` and `\\.\COM12` on Windows, `cu.` on macOS.

    A `tty.` of macOS waits for a carrier that no sensor gives; its `cu.` twin does not.
    """
    if system == "win32":
        found = re.fullmatch(r"(?:[\\/]{2}[.?][\\/])?(com\d+):?", name.strip(), re.IGNORECASE)
        return name if found is None else found[1].upper()
    if system == "darwin":
        return re.sub(r"^/dev/tty\.", "/dev/cu.", name)
    return name
