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
from imu_reps.ports.names import PortInfo, there_are
from imu_reps.ports.serial_port import SerialPort, open_patiently, open_port
from imu_reps.session.listener import Found, Listener, Say, Tap
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
    if wanted.port is not None:
        return _on_port(wanted.port, wanted, say, stop, tap)
    ports = there_are()
    if not ports:
        raise BadInput(f"no serial port to listen to: {ports_in_words()}; plug the sensor in")
    if len(ports) == 1:
        return _on_port(ports[0].name, wanted, say, stop, tap)
    return _the_only_one(ports, wanted, say, stop, tap)


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
    return said[-1] if hearing.heard_bytes else "silent"


def _on_port(name: str, wanted: Wanted, say: Say, stop: Stop, tap: Tap) -> Found | None:
    """The sensor on a port that was named, or is the only one."""
    port = open_patiently(name, wanted.bauds[0], say, stop)
    if port is None:
        return None
    say(f"listening to {port.name}")
    # Who can tell of itself is asked to, at once: its answer says more than its samples.
    for device in wanted.devices:
        port.write(device.ask)
    found = None
    try:
        found = _heard_on(port, wanted, say, stop, tap)
    finally:
        if found is None:
            port.close()
    return found


def _heard_on(port: SerialPort, wanted: Wanted, say: Say, stop: Stop, tap: Tap) -> Found | None:
    hearing = Hearing(wanted.bauds, wanted.devices)
    found = Listener(port, hearing, say).listen(stop, tap)
    if found is not None or stop():
        return found
    unforced = _heard_unforced(port, wanted, say, stop, tap)
    if unforced is not None:
        raise BadInput(f"{port.name}: {_better(wanted, unforced)}")
    if stop():
        return None
    raise BadInput(
        f"{port.name}: bytes arrive but no decoder makes sense of them at any baud rate; the first "
        f"are {hearing.first_bytes.hex(' ')}; keep them with --capture FILE.imu.raw, or name the "
        "sensor with --device"
    )


def _heard_unforced(
    port: SerialPort, wanted: Wanted, say: Say, stop: Stop, tap: Tap
) -> Found | None:
    """What speaks here if it is not as it was forced to be; None too where nothing was forced."""
    if wanted.device is not None:
        free = Wanted(wanted.port)
        hearing = Hearing(free.bauds, free.devices)
    elif wanted.baud is not None and wanted.other_bauds:
        hearing = Hearing(wanted.other_bauds, wanted.devices)
    else:
        return None
    return Listener(port, hearing, say).listen(stop, tap)


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


def _the_only_one(
    ports: Sequence[PortInfo], wanted: Wanted, say: Say, stop: Stop, tap: Tap
) -> Found | None:
    """Hear each port; the only sensor among them. Raises `BadInput` where there is not one."""
    say(f"listening to {', '.join(port.name for port in ports)}")
    heard = hear_each([port.name for port in ports], wanted, stop)
    found = [each for each in heard.values() if isinstance(each, Found)]
    if len(found) == 1:
        for piece in found[0].pieces:
            tap(piece)
        return found[0]
    for each in found:
        each.port.close()
    if stop():
        return None
    told = "; ".join(f"{name}: {_short(each)}" for name, each in heard.items())
    if found:
        raise BadInput(
            f"there are {len(found)} sensors ({told}): name one with --port, or both with "
            "--port left=… --port right=…"
        )
    raise BadInput(f"no sensor speaks on any port ({told}): switch it on, or name it with --port")


def _short(heard: Found | str) -> str:
    return heard.sensor.description if isinstance(heard, Found) else heard
