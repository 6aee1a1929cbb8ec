"""A serial port: opened so that boards are not reset, read as it comes, explained when it fails.

pyserial's failures as they were found: a blocked read of an unplugged port raises
SerialException, `in_waiting` a bare OSError, `reset_input_buffer` a termios.error, which is none; a
second program may open the same port unless it is opened exclusively; opening toggles DTR and
resets many boards unless it is lowered before; opening a Bluetooth port whose device is off hangs;
a malformed URL raises a KeyError. So whatever a call of pyserial raises is the port's failure.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Self

import serial

from imu_reps.core.frames import Piece
from imu_reps.ports.explain import PortClosed, explained, holder, is_passing
from imu_reps.ports.names import PortInfo, spelled, told_of

WAIT_S = 0.05
"""How long a read waits for a first byte: so soon is a stop noticed."""

OPEN_S = 8.0
"""A Bluetooth port opens within some 5 s, or never."""

BUSY_S = 10.0
"""So long a program that looks for modems keeps a fresh port."""

MOST_BYTES = 65_536
"""What one read takes at the most."""

BAUD = 115_200
"""What a port is opened at when nobody says."""


class PortLost(Exception):
    """An open port that is no longer there."""


class SerialPort:
    """An open port. Use it in a `with`; iterate for pieces, empty ones while nothing comes."""

    def __init__(self, port: serial.Serial, info: PortInfo) -> None:
        self._port = port
        self.info = info

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def baud(self) -> int:
        return int(self._port.baudrate)

    def set_baud(self, baud: int) -> bool:
        """Listen at another baud rate, and throw away what came at the last one.

        False where the port cannot be set to it.
        """
        try:
            self._port.baudrate = baud
        except Exception:
            return False
        try:
            self._port.reset_input_buffer()
        except Exception as error:
            raise PortLost(str(error)) from None
        return True

    def read(self) -> Piece:
        """What has come, and when; empty after `WAIT_S`. Raises `PortLost`."""
        data = b""
        try:
            data = bytes(self._port.read(self._port.in_waiting or 1))
            while data and len(data) < MOST_BYTES and (more := self._port.in_waiting):
                data += self._port.read(more)
        except Exception as error:
            # What was read before is not lost with the port, and the next read fails again.
            if not data:
                raise PortLost(str(error)) from None
        if not data and self._has_vanished():
            raise PortLost("its name has vanished")
        return Piece(data, now_us())

    def write(self, data: bytes) -> None:
        """Send bytes, if the port takes them."""
        try:
            self._port.write(data)
        except Exception:
            return

    def close(self) -> None:
        """Give the port back; one that is lost already makes no trouble."""
        try:
            self._port.close()
        except Exception:
            return

    def __iter__(self) -> Iterator[Piece]:
        while True:
            yield self.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _has_vanished(self) -> bool:
        return self.name.startswith("/") and not Path(self.name).exists()


def now_us() -> int:
    """The host's monotonic time in microseconds."""
    return time.monotonic_ns() // 1000


def _never() -> bool:
    return False


def open_port(
    name: str, baud: int = BAUD, limit_s: float = OPEN_S, stop: Callable[[], bool] = _never
) -> SerialPort:
    """The port of that name or pyserial URL, opened; raises `PortClosed` with cause and mend, and
    where `stop` says so while it does not open.
    """
    name = spelled(name)
    try:
        port = serial.serial_for_url(name, baud, timeout=WAIT_S, do_not_open=True)
        port.dtr = port.rts = False
        if "://" not in name:
            port.exclusive = True
            port.write_timeout = 1.0
        _open_within(port, limit_s, stop)
    except Exception as error:
        raise explained(name, error) from None
    return SerialPort(port, told_of(name))


def open_patiently(
    name: str, baud: int, say: Callable[[str], None], stop: Callable[[], bool]
) -> SerialPort | None:
    """As `open_port`, but a program that only looks at a fresh port is waited for; None where
    `stop` says so first.
    """
    end_s = time.monotonic() + BUSY_S
    told = False
    while True:
        try:
            return open_port(name, baud, stop=stop)
        except PortClosed as closed:
            if stop():
                return None
            passing = closed.is_busy and is_passing(holder(name))
            if not passing or time.monotonic() > end_s:
                raise
        if not told:
            say(f"{name} is busy: waiting {BUSY_S:.0f} s for the program that looks at it")
            told = True
        time.sleep(0.2)


def _open_within(port: serial.Serial, limit_s: float, stop: Callable[[], bool]) -> None:
    """Open it, or raise TimeoutError; what opens too late is closed again."""
    end_s = time.monotonic() + limit_s
    failures: list[Exception] = []
    too_late = Event()

    def run() -> None:
        try:
            port.open()
            if too_late.is_set():
                port.close()
        except Exception as error:
            failures.append(error)

    thread = Thread(target=run, name=f"open {port.port}", daemon=True)
    thread.start()
    thread.join(min(WAIT_S, limit_s))
    while thread.is_alive() and time.monotonic() < end_s and not stop():
        thread.join(WAIT_S)
    if thread.is_alive():
        too_late.set()
        raise TimeoutError("it does not open")
    if failures:
        raise failures[0]
