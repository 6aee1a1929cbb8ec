"""Why a port does not open, in one line with the mend: each system says it in its own way.

pyserial passes the system's number on where there is one; on Windows only the words tell.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.ports.names import there_are

PASSING = ("ModemManager", "brltty")
"""Programs that grab a fresh port to see whether it is a modem or a braille display."""

CHARGE_ONLY = "a charge-only USB cable shows no port"

UDEV = 'ATTRS{idVendor}=="%04x", ATTRS{idProduct}=="%04x", ENV{ID_MM_DEVICE_IGNORE}="1"'


class PortClosed(BadInput):
    """A port that does not open; `is_busy` where another program has it, which may pass."""

    def __init__(self, text: str, *, is_busy: bool = False) -> None:
        super().__init__(text)
        self.is_busy = is_busy


_BY_WORDS = {
    "exclusively lock": errno.EBUSY,
    "PermissionError": errno.EBUSY,
    "Access is denied": errno.EBUSY,
    "FileNotFoundError": errno.ENOENT,
    "No such file": errno.ENOENT,
    "Permission denied": errno.EACCES,
    "Resource busy": errno.EBUSY,
    "Inappropriate ioctl": errno.ENOTTY,
}
"""Where pyserial gives no number: what it says, and the number that says the same. A port of
Windows that another program has open is told as "Access is denied"."""


_MALFORMED = ("expected a string in the form", "debug|info", "NoneType")
"""What pyserial says of a URL that it cannot read, or that has no number."""


def explained(name: str, error: Exception) -> PortClosed:
    """The error for a person: what is wrong with this port, and what to do."""
    texts: dict[int | None, Callable[[], str]] = {
        errno.ENOENT: lambda: f"there is no such port; {ports_in_words()}",
        errno.ENODEV: lambda: f"nothing is plugged in there; {ports_in_words()}",
        errno.ENXIO: lambda: f"nothing is plugged in there; {ports_in_words()}",
        errno.EACCES: lambda: _not_allowed(name),
        errno.EPERM: lambda: _not_allowed(name),
        errno.EBUSY: lambda: _busy(name),
        errno.ENOTTY: lambda: f"this is no serial port; {ports_in_words()}",
        errno.ETIMEDOUT: lambda: (
            "does not open: is the sensor switched on, near, and paired? "
            "Remove the Bluetooth port and pair it anew if it is"
        ),
    }
    number = _number(error)
    if number not in texts:
        return PortClosed(f"{name}: cannot be opened ({_short(error)}); {_mend(name)}")
    return PortClosed(f"{name}: {texts[number]()}", is_busy=number == errno.EBUSY)


def holder(name: str) -> str | None:
    """The program that has the port open, where the system lets us see it: `name (pid 12)`."""
    real = os.path.realpath(name)
    for folder in Path("/proc").glob("[0-9]*"):
        if folder.name == str(os.getpid()):
            continue
        try:
            if any(str(file.readlink()) == real for file in (folder / "fd").iterdir()):
                return f"{(folder / 'comm').read_text().strip()} (pid {folder.name})"
        except OSError:
            continue
    return None


def is_passing(program: str | None) -> bool:
    """Whether it only looks at a fresh port; one that cannot be told may be such a one."""
    return program is None or program.startswith(PASSING)


def ports_in_words() -> str:
    """The ports that there are, or that there is none and why that may be."""
    ports = there_are()
    if not ports:
        return f"there is none at all ({CHARGE_ONLY})"
    told = f"there {'is' if len(ports) == 1 else 'are'} {', '.join(map(str, ports))}"
    return told if any(port.ids for port in ports) else f"{told}, none of them USB ({CHARGE_ONLY})"


def _number(error: Exception) -> int | None:
    number = getattr(error, "errno", None)
    if isinstance(error, TimeoutError):
        return errno.ETIMEDOUT
    if number in (errno.EAGAIN, errno.EWOULDBLOCK):
        return errno.EBUSY
    if number is None:
        number = next((each for words, each in _BY_WORDS.items() if words in str(error)), None)
    return number


def _short(error: Exception) -> str:
    """What the system said, without what pyserial puts before it."""
    if any(words in str(error) for words in _MALFORMED):
        return "it is not of the form socket://HOST:PORT"
    if "protocol" in str(error) and "not known" in str(error):
        return "only socket://, rfc2217:// and loop:// are known"
    said = str(error).rsplit(": ", 1)[-1].strip("()")
    return re.sub(r"^\[Errno -?\d+\] ", "", said) or type(error).__name__


def _mend(name: str) -> str:
    if "://" in name:
        return "check host and number, and that the other side listens"
    return ports_in_words()


def _busy(name: str) -> str:
    program = holder(name)
    if program is None:
        return "another program has it open; close that program"
    if program.startswith("ModemManager"):
        return (
            f"{program} has it open and takes it for a modem; "
            f"put this line into /etc/udev/rules.d/99-imu.rules: {_udev_line(name)}"
        )
    if program.startswith("brltty"):
        return (
            f"{program} has it open and takes it for a braille display; "
            "remove it (`sudo apt remove brltty`)"
        )
    return f"{program} has it open; close that program"


def _udev_line(name: str) -> str:
    ids = next((port.ids for port in there_are() if port.name == name and port.ids), (0, 0))
    return UDEV % ids


def _not_allowed(name: str) -> str:
    group = _group(name)
    if group in (None, "root"):
        return f"you may not open it; let everybody (`sudo chmod a+rw {name}`), then try again"
    return (
        f"you may not open it; join its group (`sudo usermod -aG {group} $USER`), then log in again"
    )


def _group(name: str) -> str | None:
    """The group that the port belongs to: dialout, uucp or plugdev, as the system has it."""
    try:
        return Path(name).group()
    except (OSError, KeyError, NotImplementedError):
        return None
