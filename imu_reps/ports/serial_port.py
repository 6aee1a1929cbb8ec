"""A serial port: opened so that boards are not reset, read as it comes, explained when it fails.

pyserial's failures as they were found: a blocked read of an unplugged port raises
SerialException, `in_waiting` a bare OSError; a second program may open the same port unless it is
opened exclusively; opening toggles DTR and resets many boards unless it is lowered before.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import serial
from serial.tools import list_ports

from imu_reps.core.errors import BadInput

WAIT_S = 0.05
"""How long a read waits for a first byte: so soon is a stop noticed."""


@contextmanager
def open_port(name: str, baud: int) -> Iterator[SerialPort]:
    """The port of that name or pyserial URL, opened; raises `BadInput` with cause and mend."""
    port = serial.serial_for_url(name, baud, timeout=WAIT_S, do_not_open=True)
    port.dtr = port.rts = False
    if "://" not in name:
        port.exclusive = True
    try:
        port.open()
    except (OSError, ValueError) as error:
        raise _explained(name, error) from None
    try:
        yield SerialPort(port)
    finally:
        port.close()


class SerialPort:
    """An open port: pieces of bytes with the host's time of their arrival, in microseconds.

    Iterating gives an empty piece whenever nothing came for `WAIT_S`. It ends when the port is
    lost, and `lost` then says why.
    """

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        self.lost: str | None = None

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        while True:
            try:
                data = self._port.read(self._port.in_waiting or 1)
            except (OSError, TypeError) as error:
                # TypeError: pyserial's read of a port that another thread has closed.
                self.lost = f"{self._port.name}: the sensor is gone ({error}); plug it in again"
                return
            yield data, time.monotonic_ns() // 1000

    def write(self, data: bytes) -> None:
        """Send bytes, if the port takes them."""
        try:
            self._port.write(data)
        except OSError:
            return


def port_names() -> list[str]:
    """The serial ports of this computer."""
    return sorted(port.device for port in list_ports.comports())


def _explained(name: str, error: Exception) -> BadInput:
    number = getattr(error, "errno", None)
    explain: dict[int | None, Callable[[], str]] = {
        errno.ENOENT: lambda: f"there is no such port; {_there_are()}",
        errno.EACCES: lambda: (
            "you may not open it; join its group (`sudo usermod -aG dialout "
            "$USER` on Debian and Ubuntu), then log in again"
        ),
        errno.EBUSY: lambda: "another program has it open; close that program",
        errno.EAGAIN: lambda: "another program has it open; close that program",
    }
    if number not in explain and "exclusively lock" in str(error):
        number = errno.EBUSY
    if number not in explain:
        return BadInput(f"{name}: cannot be opened ({error}); {_there_are()}")
    return BadInput(f"{name}: {explain[number]()}")


def _there_are() -> str:
    names = port_names()
    if names:
        return f"there are {', '.join(names)}"
    return "there is none at all (a charge-only USB cable shows no port)"
