"""`imu-reps live`: count from a sensor, and record what it sends."""

from __future__ import annotations

from pathlib import Path

import click

from imu_reps.commands._both import count_both
from imu_reps.commands._files import Files
from imu_reps.commands._help import WithExamples
from imu_reps.commands._one import count_one
from imu_reps.commands._options import PATH, json_option, sensor_options, setup_options
from imu_reps.commands._plan import plan_options
from imu_reps.commands._show import Show
from imu_reps.commands._sound import sound_of, sound_options
from imu_reps.devices import Device
from imu_reps.session.planning.words import Words
from imu_reps.session.sensors.worn import with_leg, worn
from imu_reps.session.setup import Wishes


@click.command(
    cls=WithExamples,
    examples=[
        ("live", "find the sensor, ask for the rest"),
        ("live --movement bridge --leg left --mount thigh", "count the left leg until q"),
        (
            "live --movement bridge --sets 3 --reps 8 --hold 2 --tempo 1-2-2 --rest 60",
            "a whole session: both legs, rests, and the comparison at its end",
        ),
        ("live --plan monday.toml", "several movements; see docs/SESSION.md"),
        ("live --port left=/dev/ttyUSB0 --port right=/dev/ttyUSB1", "a sensor on each leg"),
    ],
)
@click.option(
    "--port",
    "ports",
    multiple=True,
    help="The sensor's serial port, or a pyserial URL; else it is found. Twice: one a leg.",
)
@sensor_options
@setup_options
@plan_options
@click.option("--record", type=PATH, help="Record here; else in your data folder.")
@click.option(
    "--capture",
    type=PATH,
    is_flag=False,
    flag_value=Path(),
    help="Keep the raw bytes, too: in FILE.imu.raw, or beside the recording.",
)
@click.option("--plain", is_flag=True, help="Lines instead of the screen, for a screen reader.")
@sound_options
@json_option
def command(
    ports: tuple[str, ...],
    device: Device | None,
    baud: int | None,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    sets: int | None,
    reps: int | None,
    hold_s: float | None,
    tempo: str | None,
    rest_s: float | None,
    alternate: bool,
    plan_file: str | None,
    record: Path | None,
    capture: Path | None,
    plain: bool,
    quiet: bool,
    voice: bool,
    as_json: bool,
) -> int:
    """Count the reps that the sensor sees, until q or Ctrl-C; record what it sends.

    With no option the port, the baud rate and the kind of sensor are found from what it sends. At a
    terminal there is a screen to be read from three metres; its keys are shown on it.
    """
    files = Files(record, capture)
    files.check()
    sensors = worn(ports, device, baud)
    wishes = with_leg(Wishes(movement, leg, mount), sensors)
    sound = sound_of(quiet=quiet, voice=voice)
    words = Words(
        movement=wishes.movement,
        leg=wishes.leg,
        mount=wishes.mount,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        tempo=tempo,
        rest_s=rest_s,
        order="alternating" if alternate else None,
        plan=plan_file,
    )
    show = Show(sound, as_json=as_json, plain=plain)
    if len(sensors) > 1:
        return count_both(sensors, words, files, show)
    return count_one(sensors[0].wanted, words, files, show)
