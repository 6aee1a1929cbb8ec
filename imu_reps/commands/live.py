"""`imu-reps live`: count from a sensor, and record what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import (
    PATH,
    asked,
    at_a_terminal,
    json_option,
    say,
    say_assumed,
    setup_options,
)
from imu_reps.commands._print import print_events
from imu_reps.core.errors import BadInput, BadUsage, ImuRepsError
from imu_reps.core.events import Event, Summary
from imu_reps.core.frames import Header
from imu_reps.core.words import Leg, Mount, unknown
from imu_reps.devices import Device, all_devices
from imu_reps.formats.files import folder_at
from imu_reps.movements import all_movements
from imu_reps.ports.reader import Taken
from imu_reps.session.finding import Wanted, find
from imu_reps.session.listener import Found
from imu_reps.session.live import live, reading
from imu_reps.session.places import recording_path, recordings_folder
from imu_reps.session.setup import (
    AUTO,
    DEFAULT_LEG,
    DEFAULT_MOUNT,
    DEFAULT_MOVEMENT,
    Setup,
    Wishes,
    setup,
)
from imu_reps.session.stopping import Stop, stopping


@click.command(
    cls=WithExamples,
    examples=[
        ("live", "find the sensor, ask for the rest"),
        ("live --movement bridge --leg left --mount thigh", "count the left leg until Ctrl-C"),
    ],
)
@click.option("--port", help="The sensor's serial port, or a pyserial URL; else it is found.")
@click.option("--device", help="What sensor it is; else told from what it sends.")
@click.option("--baud", type=click.IntRange(min=300), help="Its baud rate; else found.")
@setup_options
@click.option("--record", type=PATH, help="Record here; else in your data folder.")
@json_option
def command(
    port: str | None,
    device: str | None,
    baud: int | None,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    record: Path | None,
    as_json: bool,
) -> int:
    """Count the reps that the sensor sees, until Ctrl-C; record what it sends.

    With no option the port, the baud rate and the kind of sensor are found from what it sends.
    """
    if record is not None:
        _check(record)
    wanted = Wanted(port, None if device is None else _device(device), baud)
    chosen = _chosen(Wishes(movement, leg, mount))
    with stopping() as stop:
        found = find(wanted, say, stop)
        told = "whatever it is" if chosen.is_auto else chosen.movement.name
        say(f"counting {told}, {chosen.leg} leg, strap on the {chosen.mount}")
        if found is None:
            print_events([Summary((), 0, 0.0, 0)], as_json=as_json)
            return stop.status
        path = record or _recording_path(chosen)
        print_events(_events(found, chosen, path, stop), as_json=as_json)
    _keep(path)
    return stop.status


def _events(found: Found, chosen: Setup, path: Path, stop: Stop) -> Iterator[Event]:
    say(str(found))
    if found.sensor.remark is not None:
        say(found.sensor.remark)
    with ExitStack() as stack:
        sensor = stack.enter_context(reading(found, Taken(), lambda _: None))
        sensor.listen(stop)
        say(f"recording to {path} (Ctrl-C ends)")
        yield from live(sensor, chosen, path, stop)
    if sensor.bad_frames:
        say(f"{sensor.bad_frames} damaged frames were left out")


def _device(name: str) -> Device:
    known = all_devices()
    if name not in known:
        raise unknown("device", name, known)
    return known[name]


def _chosen(wishes: Wishes) -> Setup:
    """The user's words; what is missing is asked for at a terminal, and assumed elsewhere."""
    short_names = [*(movement.short_name for movement in all_movements().values()), AUTO]
    if at_a_terminal():
        wishes = Wishes(
            wishes.movement or asked("Movement", short_names, DEFAULT_MOVEMENT),
            wishes.leg or asked("Working leg", list(Leg), DEFAULT_LEG),
            wishes.mount or asked("Strap on the", list(Mount), DEFAULT_MOUNT),
        )
    chosen = setup(wishes, Header())
    say_assumed(chosen)
    return chosen


def _keep(path: Path) -> None:
    """Take the session into the history; the recording is safe whatever becomes of that."""
    # Needed only now that the training is over.
    from imu_reps.session.history import history  # noqa: PLC0415
    from imu_reps.session.summarize import read_of_a_leg  # noqa: PLC0415

    try:
        with history() as known:
            known.add(read_of_a_leg(path, Wishes()))
    except ImuRepsError as error:
        say(f"not in the history: {error}")


def _check(record: Path) -> None:
    """Whether a recording can be begun there, before anything else is done."""
    if not record.name.lower().endswith(".imu.csv"):
        raise BadUsage(f"{record}: live records native recordings; name it .imu.csv")
    if record.exists():
        raise BadInput(f"{record}: exists and is not overwritten; choose another name")
    if not record.parent.is_dir():
        raise BadInput(f"{record}: there is no such folder; make it or name another")


def _recording_path(chosen: Setup) -> Path:
    return recording_path(folder_at(recordings_folder()), chosen, datetime.now(UTC))
