"""The sensor on a port that nobody has named, at a baud rate that nobody has said.

A port that was named is listened to for as long as it takes; of several, each is heard with every
decoder, and the only one that makes sense is taken.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from imu_reps.core.errors import BadInput
from imu_reps.devices import Device, all_devices
from imu_reps.devices.hearing import Hearing, bauds_of
from imu_reps.ports.explain import PortClosed, ports_in_words
from imu_reps.ports.names import there_are
from imu_reps.ports.serial_port import SerialPort, open_patiently, open_port
from imu_reps.session.sensors.listener import Found, Listener, Say, Tap, text_in_words
from imu_reps.session.stopping import Stop

HEAR_S = 2.5
"""Of several ports, what has not spoken by then is passed over if another one has."""

WAIT_S = 5.0
"""A board that resets when it is opened speaks within this, or not at all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user has said of the sensor; None is "not said"."""

    port: str | None = None
    device: Device | None = None
    baud: int | None = None

    @property
    def devices(self) -> list[Device]:
        return list(all_devices().values()) if self.device is None else [self.device]

    @property
    def bauds(self) -> list[int]:
        return bauds_of(self.devices) if self.baud is None else [self.baud]

    @property
    def other_bauds(self) -> list[int]:
        return [baud for baud in bauds_of(self.devices) if baud not in self.bauds]


def find(wanted: Wanted, say: Say, stop: Stop, tap: Tap = lambda _: None) -> Found | None:
    """The sensor, on an open port that is the caller's now; None if it was stopped before.

    `tap` is given each piece as it comes. Raises `BadInput` where there is no sensor to be found.
    """
    search = _Search(wanted, say, stop, tap)
    if wanted.port is not None:
        return search.on_port(wanted.port)
    ports = there_are()
    if not ports:
        raise BadInput(f"no serial port to listen to: {ports_in_words()}; plug the sensor in")
    if len(ports) == 1:
        return search.on_port(ports[0].name)
    return search.the_only_one([port.name for port in ports])


def hear_each(names: Sequence[str], wanted: Wanted, stop: Stop) -> dict[str, Found | str]:
    """What speaks on each of these ports, all heard at once: a sensor, or why there is none.

    The ports of those that were found are open, and the caller's.
    """
    begin_s = time.monotonic()
    found: list[str] = []

    def one(name: str) -> Found | str:
        hearing = Hearing(wanted.bauds, wanted.devices)

        def over() -> bool:
            passed_s = time.monotonic() - begin_s
            is_late = passed_s > (HEAR_S if found else WAIT_S) and not hearing.heard_bytes
            return stop() or is_late

        heard = _heard_alone(name, wanted, hearing, over)
        if isinstance(heard, Found):
            found.append(name)
        return heard

    with ThreadPoolExecutor(len(names)) as pool:
        return dict(zip(names, pool.map(one, names), strict=True))


def _heard_alone(name: str, wanted: Wanted, hearing: Hearing, over: Stop) -> Found | str:
    try:
        port = open_port(name, wanted.bauds[0], stop=over)
    except PortClosed as closed:
        return str(closed).removeprefix(f"{name}: ")
    said: list[str] = []
    try:
        heard = Listener(port, hearing, said.append).listen(over, lambda _: None)
    except BadInput as error:
        said.append(str(error).removeprefix(f"{name}: "))
        heard = None
    if heard is not None:
        return heard
    port.close()
    if hearing.heard_bytes and not said:
        return "bytes that make no sense"
    return said[-1].removeprefix(f"{name}: ") if hearing.heard_bytes else "silent"


@dataclass(frozen=True, slots=True)
class _Search:
    """What is wanted, who is told of the search, who may end it, and who is given the pieces."""

    wanted: Wanted
    say: Say
    stop: Stop
    tap: Tap

    def on_port(self, name: str) -> Found | None:
        """The sensor on a port that was named, or is the only one."""
        port = open_patiently(name, self.wanted.bauds[0], self.say, self.stop)
        if port is None:
            return None
        self.say(f"listening to {port.name}")
        # Who can tell of itself is asked to, at once: its answer says more than its samples.
        for device in self.wanted.devices:
            port.write(device.ask)
        found = None
        try:
            found = self._heard_on(port)
        finally:
            if found is None:
                port.close()
        return found

    def the_only_one(self, names: Sequence[str]) -> Found | None:
        """The only sensor on these ports, each heard; raises `BadInput` where there is not one."""
        self.say(f"listening to {', '.join(names)}")
        heard = hear_each(names, self.wanted, self.stop)
        found = [each for each in heard.values() if isinstance(each, Found)]
        if len(found) == 1:
            for piece in found[0].pieces:
                self.tap(piece)
            return found[0]
        for each in found:
            each.port.close()
        if self.stop():
            return None
        told = "; ".join(f"{name}: {_short(each)}" for name, each in heard.items())
        if found:
            raise BadInput(
                f"there are {len(found)} sensors ({told}): name one with --port, or both with "
                "--port left=… --port right=…"
            )
        raise BadInput(
            f"no sensor speaks on any port ({told}): switch it on, or name it with --port"
        )

    def _heard_on(self, port: SerialPort) -> Found | None:
        hearing = Hearing(self.wanted.bauds, self.wanted.devices)
        found = self._listened(port, hearing)
        if found is not None or self.stop():
            return found
        text = text_in_words(hearing)
        # Text that can be read came at the right baud rate: only a named sensor may be wrong.
        unforced = self._unforced() if text is None or self.wanted.device is not None else None
        other = None if unforced is None else self._listened(port, unforced)
        if other is not None:
            raise BadInput(f"{port.name}: {_better(self.wanted, other)}")
        if self.stop():
            return None
        raise BadInput(f"{port.name}: {text or _senseless(hearing)}")

    def _listened(self, port: SerialPort, hearing: Hearing) -> Found | None:
        return Listener(port, hearing, self.say).listen(self.stop, self.tap)

    def _unforced(self) -> Hearing | None:
        """For what is not as it was forced to be; None where nothing was forced."""
        wanted = self.wanted
        if wanted.device is not None:
            return Hearing(Wanted().bauds)
        if wanted.baud is not None and wanted.other_bauds:
            return Hearing(wanted.other_bauds, wanted.devices)
        return None


def _better(wanted: Wanted, found: Found) -> str:
    """What is wrong with the words that were forced, and the right ones."""
    baud, sensor = found.port.baud, found.sensor
    if wanted.device is None:
        return (
            f"bytes arrive at {wanted.baud} baud but nothing decodes; "
            f"{baud} decodes as {sensor.description}: say --baud {baud}"
        )
    words = f"--device {sensor.device.name}"
    if wanted.baud not in (None, baud):
        words += f" --baud {baud}"
    return (
        f"what arrives does not decode as {wanted.device.title} but as {sensor.description}: "
        f"say {words}"
    )


def _senseless(hearing: Hearing) -> str:
    return (
        "bytes arrive but no decoder makes sense of them at any baud rate; the first are "
        f"{hearing.first_bytes.hex(' ')}; keep them with --capture FILE.imu.raw, or name the "
        "sensor with --device"
    )


def _short(heard: Found | str) -> str:
    return heard.sensor.description if isinstance(heard, Found) else heard
