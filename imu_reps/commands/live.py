"""`imu-reps live`: count from a sensor, and record what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from imu_reps.commands._both import count_both
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
from imu_reps.core.words import Leg, Mount
from imu_reps.devices import device_named
from imu_reps.formats.files import folder_at
from imu_reps.formats.raw import beside, is_capture
from imu_reps.movements import all_movements
from imu_reps.ports.reader import Taken
from imu_reps.session.capturing import Capture, capturing
from imu_reps.session.finding import find
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
from imu_reps.session.worn import with_leg, worn


@click.command(
    cls=WithExamples,
    examples=[
        ("live", "find the sensor, ask for the rest"),
        ("live --movement bridge --leg left --mount thigh", "count the left leg until Ctrl-C"),
        ("live --port left=/dev/ttyUSB0 --port right=/dev/ttyUSB1", "a sensor on each leg"),
    ],
)
@click.option(
    "--port",
    "ports",
    multiple=True,
    help="The sensor's serial port, or a pyserial URL; else it is found. Twice for both legs.",
)
@click.option("--device", help="What sensor it is; else told from what it sends.")
@click.option("--baud", type=click.IntRange(min=300), help="Its baud rate; else found.")
@setup_options
@click.option("--record", type=PATH, help="Record here; else in your data folder.")
@click.option(
    "--capture",
    type=PATH,
    is_flag=False,
    flag_value=Path(),
    help="Keep the raw bytes, too: in FILE.imu.raw, or beside the recording.",
)
@json_option
def command(
    ports: tuple[str, ...],
    device: str | None,
    baud: int | None,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    record: Path | None,
    capture: Path | None,
    as_json: bool,
) -> int:
    """Count the reps that the sensor sees, until Ctrl-C; record what it sends.

    With no option the port, the baud rate and the kind of sensor are found from what it sends.
    """
    _check(record, capture)
    sensors = worn(ports, None if device is None else device_named(device), baud)
    wishes = with_leg(Wishes(movement, leg, mount), sensors)
    if len(sensors) > 1:
        if capture is not None:
            raise BadUsage("--capture keeps the bytes of one sensor; capture each for itself")
        return count_both(sensors, wishes, record, as_json=as_json)
    wanted = sensors[0].wanted
    chosen = _chosen(wishes)
    path = record or _recording_path(chosen)
    if capture is not None and not capture.name:
        capture = beside(path)
    with stopping() as stop, capturing(capture, wanted, chosen, say) as kept:
        found = find(wanted, say, stop, kept.tap)
        told = "whatever it is" if chosen.is_auto else chosen.movement.name
        say(f"counting {told}, {chosen.leg} leg, strap on the {chosen.mount}")
        if found is None:
            print_events([Summary((), 0, 0.0, 0)], as_json=as_json)
            return stop.status
        try:
            print_events(_events(found, chosen, path, stop, kept), as_json=as_json)
        finally:
            if path.exists():
                _keep(path)
    return stop.status


def _events(found: Found, chosen: Setup, path: Path, stop: Stop, kept: Capture) -> Iterator[Event]:
    say(str(found))
    if found.sensor.remark is not None:
        say(found.sensor.remark)
    with ExitStack() as stack:
        sensor = stack.enter_context(reading(found, Taken(), kept.tap))
        sensor.listen(stop)
        say(f"recording to {path} (Ctrl-C ends)")
        yield from live(sensor, chosen, path, stop, sink=kept.sink)
    if sensor.bad_frames:
        say(f"{sensor.bad_frames} damaged frames were left out")


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


def _check(record: Path | None, capture: Path | None) -> None:
    """Whether files can be begun there, before anything else is done."""
    if capture is not None and capture.name:
        if not is_capture(capture):
            raise BadUsage(f"{capture}: raw bytes are kept in captures; name it .imu.raw")
        _check_new(capture)
    if record is None:
        return
    if not record.name.lower().endswith(".imu.csv"):
        raise BadUsage(f"{record}: live records native recordings; name it .imu.csv")
    _check_new(record)


def _check_new(path: Path) -> None:
    if path.exists():
        raise BadInput(f"{path}: exists and is not overwritten; choose another name")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no such folder; make it or name another")


def _recording_path(chosen: Setup) -> Path:
    return recording_path(folder_at(recordings_folder()), chosen, datetime.now(UTC))
