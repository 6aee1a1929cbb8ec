"""`imu-reps convert`: a recording in another format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, device_option, say, setup_options
from imu_reps.core.errors import BadUsage
from imu_reps.core.words import Leg, Mount
from imu_reps.devices import Device
from imu_reps.formats import format_of, save
from imu_reps.formats.mapped import layout_of, read_mapped
from imu_reps.formats.raw import is_capture
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.left_out import Carried
from imu_reps.session.stream.captured import recording_in
from imu_reps.session.stream.steps import of_one_leg

MAP_HELP = (
    "Which column of the table IN is what: time=NAME,ax=NAME,… (gx, gy, gz; time_unit, acc_unit, "
    "gyr_unit; rate_hz instead of time). May be given several times."
)


@click.command(
    cls=WithExamples,
    examples=[
        (
            "convert table.csv left.imu.csv --movement bridge --leg left",
            "a recording that says what it is of",
        ),
        ("convert left.imu.csv left.npz", "for Python"),
        ("convert left.imu.raw left.imu.csv", "a raw capture, through the decoder again"),
    ],
)
@click.argument("source", metavar="IN", type=PATH)
@click.argument("target", metavar="OUT", type=PATH)
@setup_options
@device_option
@click.option("--map", "pairs", metavar="WORD=COLUMN,…", multiple=True, help=MAP_HELP)
def command(
    source: Path,
    target: Path,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    device: Device | None,
    pairs: tuple[str, ...],
) -> None:
    """Write the recording IN as OUT; the suffix tells the format. OUT must not exist yet."""
    if is_capture(target):
        raise BadUsage(f"{target}: raw bytes are only kept by live --capture; name it .imu.csv")
    form = format_of(target)
    if pairs and device:
        raise BadUsage("--map is for tables and --device for raw captures: name one of them")
    with (
        read_mapped(source, layout_of(pairs))
        if pairs
        else recording_in(source, device) as recording
    ):
        told = recording.header
        header = replace(
            told,
            movement=told.movement if movement is None else movement_named(movement).name,
            leg=told.leg if leg is None else Leg.named(leg),
            mount=told.mount if mount is None else Mount.named(mount),
        )
        carried = Carried(told, recording if leg is None else of_one_leg(recording), form)
        save(form, target, header, carried)
    say(f"wrote {target} ({form.name})")
    for line in carried.left_out():
        say(line)
