"""Counting from a sensor while recording what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event
from imu_reps.core.frames import Header
from imu_reps.formats import format_of
from imu_reps.motion.clock import DeviceClock
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.setup import Setup
from imu_reps.session.stopping import Stop, until
from imu_reps.session.stream.counted import counted
from imu_reps.session.stream.recorder import recording as keeping
from imu_reps.session.stream.steps import Inbox, Sink, clocked, recorded, watched


def live(  # noqa: PLR0913
    sensor: Sensor,
    chosen: Setup,
    recording: Path,
    stop: Stop,
    *,
    inbox: Inbox | None = None,
    sink: Sink = lambda _: None,
    clock: DeviceClock | None = None,
) -> Iterator[Event]:
    """The events of a sensor that has been listened to, until `stop`, the summary last.

    Every frame is written to `recording`, a new file, before it is counted. What is put into
    `inbox` is recorded and counted; `sink` is given all samples and notes. A full disk stops the
    recording and not the counting: a warning tells of it, and `BadInput` after the summary. `clock`
    is a new one, whose owner wants to know how many samples are lost.
    """
    timed = clock or DeviceClock(sensor.scale, sensor.rate_hz)
    header = header_of(sensor, chosen, datetime.now(UTC))
    inbox = inbox or Inbox()
    stream = inbox.noted(until(sensor, stop))

    def warn(text: str) -> None:
        inbox.put("warning", {"code": "recording_stopped", "text": text})

    with (
        keeping(format_of(recording).create(recording, header), recording, warn) as writer,
        closing(recorded(stream, writer)) as frames,
    ):
        samples = watched(clocked(frames, timed), sink)
        yield from counted(samples, chosen, lambda: timed.lost_samples)
    if writer.failure is not None:
        raise BadInput(writer.failure)


def header_of(sensor: Sensor, setup: Setup, started: datetime) -> Header:
    """What a recording of this sensor says of itself."""
    return replace(
        sensor.header,
        movement=setup.word,
        leg=setup.leg,
        mount=setup.mount,
        started_utc=started.isoformat(timespec="seconds"),
        software=f"imu-reps {version('imu-reps')}",
    )
