"""Counting from a sensor while recording what it sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from imu_reps.core.events import Event
from imu_reps.core.frames import Header
from imu_reps.devices import Device
from imu_reps.formats import format_of
from imu_reps.motion.clock import DeviceClock
from imu_reps.session.run import clocked, counted, recorded
from imu_reps.session.sensor import Sensor
from imu_reps.session.setup import Setup
from imu_reps.session.stopping import until


def live(
    sensor: Sensor, device: Device, setup: Setup, recording: Path, stop: Callable[[], bool]
) -> Iterator[Event]:
    """The events of a sensor that has been listened to, until `stop`, the summary last.

    Every frame is written to `recording`, a new file, before it is counted.
    """
    clock = DeviceClock(sensor.scale, sensor.rate_hz)
    header = header_of(sensor, device, setup, datetime.now(UTC))
    with (
        format_of(recording).create(recording, header) as writer,
        closing(recorded(until(sensor, stop), writer)) as frames,
    ):
        yield from counted(clocked(frames, clock), setup, lambda: clock.lost_samples)


def header_of(sensor: Sensor, device: Device, setup: Setup, started: datetime) -> Header:
    """What a recording of this sensor says of itself."""
    return Header(
        movement=setup.word,
        leg=setup.leg,
        mount=setup.mount,
        rate_hz=sensor.rate_hz,
        scale=sensor.scale,
        device=sensor.description,
        decoder=device.name,
        started_utc=started.isoformat(timespec="seconds"),
        software=f"imu-reps {version('imu-reps')}",
    )
