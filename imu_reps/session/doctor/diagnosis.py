"""What `doctor` does: from the port's name to the disk, one finding after the other."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.devices.hearing import Hearing
from imu_reps.ports.explain import PortClosed, holder, ports_in_words
from imu_reps.ports.names import told_of
from imu_reps.ports.serial_port import SerialPort, open_port
from imu_reps.session.doctor.checkup import DAMAGED_PART, Finding, checked
from imu_reps.session.sensors.finding import WAIT_S, Wanted, hear_each
from imu_reps.session.sensors.listener import Found, Listener, text_in_words
from imu_reps.session.sensors.survey import listened_on
from imu_reps.session.stopping import Stop

HEARD_US = 5_000_000
"""So long a sensor is heard: a second of rest is in it, and a clock shows its drift."""

LEAST_FREE_MB = 100
"""Some hours of a recording at 100 Hz, and of a capture."""

LOW_BATTERY_V = 3.4
"""A lithium cell is nearly empty there: some minutes are left."""

TIPS = "switch the sensor on, take a cable for data, press its reset button, or try another port"


def diagnosed(name: str, wanted: Wanted, stop: Stop) -> Iterator[Finding]:
    """All findings of one port, each as soon as it is known, as far as one can get."""
    try:
        port = open_port(name, wanted.bauds[0])
    except PortClosed as closed:
        yield from _closed(name, closed)
        return
    with port:
        yield Finding("port", str(told_of(name)))
        if "://" not in name:
            yield Finding("permission", "it may be opened")
        yield from _heard(port, wanted, stop)


def speaking(names: Sequence[str], wanted: Wanted, stop: Stop) -> Sequence[str]:
    """Of several ports those on which a sensor speaks; all, where none does or there is but one."""
    if len(names) < 2:
        return names
    heard = hear_each(names, wanted, stop)
    found = [each for each in heard.values() if isinstance(each, Found)]
    for each in found:
        each.port.close()
    return [name for name in names if isinstance(heard[name], Found)] or names


def no_port() -> Finding:
    """What is found where there is no port to look at."""
    return Finding("port", ports_in_words(), "plug the sensor in, with a cable that carries data")


def _closed(name: str, closed: PortClosed) -> Iterator[Finding]:
    """Why the port does not open, by the check that found it."""
    cause, _, mend = str(closed).removeprefix(f"{name}: ").partition("; ")
    if not mend or mend.startswith("there "):
        mend = f"name another with --port{mend and f'; {mend}'}"
    there = Path(name).exists()
    if closed.is_busy:
        yield Finding("port", str(told_of(name)))
        yield Finding("permission", "it may be opened")
        yield Finding("holder", cause, mend)
    elif there and not os.access(name, os.R_OK | os.W_OK):
        yield Finding("port", str(told_of(name)))
        yield Finding("permission", cause, mend)
    else:
        yield Finding("port", cause, mend)


def _heard(port: SerialPort, wanted: Wanted, stop: Stop) -> Iterator[Finding]:
    """The findings of an open port: who else has it, what speaks there, and how it is."""
    hearing = Hearing(wanted.bauds, wanted.devices)
    begin_s = time.monotonic()

    def over() -> bool:
        return stop() or (not hearing.heard_bytes and time.monotonic() - begin_s > WAIT_S)

    try:
        found = _listened(port, hearing, over)
    except BadInput as error:
        cause, _, mend = str(error).removeprefix(f"{port.name}: ").partition("; ")
        yield Finding("format", cause, mend or "plug the sensor in again")
        return
    if found is None:
        yield from _held(port, is_troubled=True)
        yield from _not_understood(port, hearing, wanted, stop)
        return
    spoken = listened_on(found, HEARD_US, stop)
    yield from _held(port, is_troubled=spoken.damaged_part > DAMAGED_PART)
    baud = "none: this is no serial line" if "://" in port.name else f"{port.baud}"
    yield Finding("baud", baud, found.sensor.remark)
    yield Finding("format", f"{spoken.description} ({found.sensor.device.name})")
    yield from checked(spoken)
    if spoken.battery_v is not None:
        low = spoken.battery_v < LOW_BATTERY_V
        yield Finding("battery", f"{spoken.battery_v:.2f} V", "charge it" if low else None)


def _listened(port: SerialPort, hearing: Hearing, stop: Stop) -> Found | None:
    return Listener(port, hearing, lambda _: None).listen(stop, lambda _: None)


def _held(port: SerialPort, *, is_troubled: bool) -> Iterator[Finding]:
    """Who else has the port open: whoever reads it, too, takes bytes away."""
    if "://" in port.name:
        return
    program = holder(port.name)
    if program is None:
        yield Finding("holder", "nobody else")
    else:
        mend = f"close {program}" if is_troubled else None
        yield Finding("holder", f"{program} has it open, too", mend)


def _not_understood(
    port: SerialPort, hearing: Hearing, wanted: Wanted, stop: Stop
) -> Iterator[Finding]:
    """What to do about a port that is silent, or whose bytes are no sensor's."""
    if not hearing.heard_bytes:
        yield Finding("format", f"nothing came for {WAIT_S:.0f} s", TIPS)
        return
    if wanted.baud is not None:
        found = _listened(port, Hearing(wanted.other_bauds, wanted.devices), stop)
        if found is not None:
            text = f"bytes arrive at {wanted.baud} but nothing decodes"
            mend = f"{port.baud} decodes as {found.sensor.description}: say --baud {port.baud}"
            yield Finding("baud", text, mend)
            return
    cause, _, mend = (text_in_words(hearing) or "").rpartition("; ")
    if cause:
        yield Finding("format", cause, mend)
        return
    shown = hearing.first_bytes.hex(" ")
    yield Finding(
        "format",
        f"bytes come and no decoder makes sense of them; the first are {shown}",
        "name the sensor with --device, or keep them with `imu-reps live --capture FILE.imu.raw`",
    )


def disk(folder: Path) -> Finding:
    """Whether a recording can be kept in this folder, or where it will be made."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(there, os.W_OK):
        return Finding("disk", f"{there} may not be written to", "name another with --record FILE")
    free_mb = shutil.disk_usage(there).free / 1e6
    text = f"{free_mb / 1000:.1f} GB free for {folder}"
    if free_mb < LEAST_FREE_MB:
        return Finding("disk", f"{free_mb:.0f} MB free for {folder}", "make room on that disk")
    return Finding("disk", text)
