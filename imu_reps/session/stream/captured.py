"""A raw capture as a recording: its bytes go through the decoder again, as if they came now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Note, Piece
from imu_reps.devices import Device, all_devices, device_named
from imu_reps.devices.hearing import Hearing
from imu_reps.devices.recognise import LISTEN_US
from imu_reps.formats import Recording, open_recording, raw
from imu_reps.formats.raw import About, Capture, is_capture
from imu_reps.session.sensors.sensor import Sensor

BAUD = 115_200
"""What a capture that does not say is reckoned with: only a remark depends on it."""

WAIT_US = 50_000
"""A live port gives an empty piece when nothing came for so long; a capture leaves them out."""

TOLD_US = 60_000_000
"""A silence has been told, and has ended its set, long before this: no more empty pieces after it,
however long the computer slept or whatever a damaged line says."""


def recording_in(path: Path, device: Device | None = None) -> AbstractContextManager[Recording]:
    """The recording in a file of any format, raw captures with them; raises `BadInput`.

    `device` decodes a capture, whatever it says of itself; `BadUsage` where the file is none.
    """
    if is_capture(path):
        return captured(path, device)
    if device is not None:
        raise BadUsage(f"{path}: --device is for raw captures; this holds decoded samples")
    return open_recording(path)


@contextmanager
def captured(path: Path, device: Device | None = None) -> Iterator[Recording]:
    """The recording in a raw capture.

    The device is the one that is asked for, else the one that the capture names, else the one that
    the bytes tell. Raises `BadInput` with the cause.
    """
    with raw.read(path) as capture:
        sensor = _sensor(path, capture, device or _named(path, capture.about))
        sensor.listen(lambda: False)
        yield Decoded(path, sensor, capture.about)


class Decoded:
    """The frames and notes that a sensor's decoder makes of a capture, once it was listened to."""

    def __init__(self, path: Path, sensor: Sensor, about: About) -> None:
        self._path = path
        self._sensor = sensor
        self.header = replace(
            sensor.header,
            movement=about.movement,
            leg=about.leg,
            mount=about.mount,
            started_utc=about.started_utc,
            software=about.software,
        )

    def __iter__(self) -> Iterator[Frames | Note]:
        """What the sensor sent; raises `BadInput` where nothing decodes as that sensor."""
        samples = 0
        for item in self._sensor:
            samples += len(item) if isinstance(item, Frames) else 0
            yield item
        if not samples:
            raise BadInput(
                f"{self._path}: nothing in it decodes as {self._sensor.device.title}; name another "
                "sensor with --device"
            )


def _named(path: Path, about: About) -> Device | None:
    if about.device is None:
        return None
    try:
        return device_named(about.device)
    except BadUsage as error:
        raise BadInput(f"{path}: {error}; name another with --device") from None


def _sensor(path: Path, capture: Capture, device: Device | None) -> Sensor:
    """The sensor, found as live finds it, on what came from it on; raises `BadInput`."""
    hearing = Hearing([capture.about.baud or BAUD], None if device is None else [device])
    items = iter(capture)
    for item in items:
        found = None if isinstance(item, Note) else hearing.feed(item)
        if found is not None:
            heard = _as_live(chain(hearing.pieces, items))
            return Sensor(heard, found.device, found.rate_hz)
    if not hearing.heard_bytes:
        raise BadInput(f"{path}: no bytes in it; capture it again")
    short = device or _by_a_few(hearing)
    if short is not None:
        return Sensor(_as_live(iter(capture)), short)
    raise BadInput(
        f"{path}: no decoder makes sense of these bytes; the first are "
        f"{hearing.first_bytes.hex(' ')}; name the sensor with --device "
        f"({', '.join(all_devices())})"
    )


def _by_a_few(hearing: Hearing) -> Device | None:
    """The sensor of a capture that ends before live would have decided: by what there is."""
    if not hearing.pieces:
        return None
    found = hearing.feed(Piece(b"", hearing.pieces[-1].host_us + LISTEN_US))
    return None if found is None else found.device


def _as_live(heard: Iterable[Piece | Note]) -> Iterator[Piece | Note]:
    """What was heard, with the empty pieces of a port that waits: silence is told by them."""
    last_us: int | None = None
    for item in heard:
        begin_us = item.host_us if last_us is None else last_us
        until_us = min(item.host_us - WAIT_US, begin_us + TOLD_US)
        for host_us in range(begin_us, until_us, WAIT_US):
            yield Piece(b"", host_us + WAIT_US)
        last_us = item.host_us
        yield item
