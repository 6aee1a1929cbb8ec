"""What `imu-reps` alone says: what it is, what is plugged in, and what to try."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from imu_reps.ports.names import there_are


def welcome() -> Iterator[str]:
    """The lines."""
    yield f"imu-reps {version('imu-reps')}: counts reps, times holds and compares left and right"
    yield "from one motion sensor strapped to the leg. Offline; nothing leaves this computer."
    yield ""
    names = list(map(str, there_are()))
    if names:
        yield f"Plugged in: {', '.join(names)}"
    else:
        yield "Plugged in: no serial port (a charge-only USB cable shows none)"
    yield ""
    yield "Try:"
    yield "  imu-reps demo       both legs without a sensor, in a quarter of a minute"
    yield "  imu-reps live       count from the sensor; it asks for what it needs"
    yield "  imu-reps history    the sessions so far"
    yield ""
    yield "imu-reps --help lists the rest; each command has its own --help, examples first."
