"""The wire of a sensor that was found: read on a thread of its own, and found again when lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from imu_reps.core.frames import Note, Piece
from imu_reps.ports.reader import Reader, Taken
from imu_reps.session.sensors.listener import Found, Tap
from imu_reps.session.sensors.sensor import Sensor


@contextmanager
def reading(found: Found, taken: Taken, tap: Tap, gather_s: float = 0.0) -> Iterator[Sensor]:
    """The sensor that was found, read on a thread of its own and found again when it is lost.

    `tap` is given each piece and note as it comes from the port, before it is decoded; those that
    were heard while the sensor was looked for have gone through the tap of that. Pieces may gather
    for `gather_s`.
    """
    sensor = found.sensor
    with Reader(found.port, taken, sensor.device.ask, gather_s=gather_s) as reader:
        heard = chain(found.pieces, _tapped(reader, tap))
        yield Sensor(heard, sensor.device, sensor.rate_hz, found.said, reader.refuse)


def _tapped(heard: Iterable[Piece | Note], tap: Tap) -> Iterator[Piece | Note]:
    """What comes from a wire, each given to `tap` first."""
    for item in heard:
        tap(item)
        yield item
