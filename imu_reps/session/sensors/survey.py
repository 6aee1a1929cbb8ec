"""What speaks on the serial ports: each is heard for some seconds, all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from imu_reps.core.frames import Piece
from imu_reps.ports.names import told_of
from imu_reps.ports.serial_port import PortLost
from imu_reps.session.sensors.finding import Wanted, hear_each
from imu_reps.session.sensors.listener import Found
from imu_reps.session.sensors.spoken import Spoken, said
from imu_reps.session.stopping import Stop

MEASURED_US = 3_000_000
"""From a sensor's first byte on: long enough for a rate, and for the status that it sends."""


@dataclass(frozen=True, slots=True)
class OnPort:
    """A port and what speaks on it; where nothing does, `problem` says why and the rest is None.

    `loss_percent` is what the sensor's counter or clock shows missing, `damaged_percent` the frames
    that came and were not whole.
    """

    port: str
    title: str
    device: str | None = None
    description: str | None = None
    baud: int | None = None
    rate_hz: float | None = None
    loss_percent: float | None = None
    damaged_percent: float | None = None
    battery_v: float | None = None
    gyro: bool | None = None
    problem: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The port as `--json` prints it."""
        return asdict(self)


def surveyed(names: Sequence[str], stop: Stop) -> Iterator[OnPort]:
    """Each port in the order of the names, and what speaks on it."""
    heard = hear_each(names, Wanted(), stop) if names else {}
    with ThreadPoolExecutor(max(1, len(heard))) as pool:
        yield from pool.map(lambda name: _on_port(name, heard[name], stop), heard)


def _on_port(name: str, heard: Found | str, stop: Stop) -> OnPort:
    title = told_of(name).title
    if isinstance(heard, str):
        return OnPort(name, title, problem=heard)
    with heard.port as port:
        spoken = listened_on(heard, MEASURED_US, stop)
        return OnPort(
            port=name,
            title=title,
            device=spoken.found.device.name,
            description=spoken.description,
            baud=None if "://" in name else port.baud,
            rate_hz=round(spoken.rate_hz, 1),
            loss_percent=None if spoken.lost_part is None else round(100 * spoken.lost_part, 2),
            damaged_percent=round(100 * spoken.damaged_part, 2),
            battery_v=spoken.battery_v,
            gyro=spoken.found.has.gyro,
        )


def listened_on(found: Found, for_us: int, stop: Stop) -> Spoken:
    """What a sensor that was found has said, and says until so long after its first byte."""
    pieces: list[Piece] = list(found.pieces)
    try:
        for piece in found.port:
            pieces.append(piece)
            if stop() or piece.host_us - pieces[0].host_us >= for_us:
                break
    except PortLost:
        # What was heard until then is told all the same.
        pass
    return said(found.sensor, pieces)
