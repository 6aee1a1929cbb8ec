"""`imu-reps convert`: a recording in another format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from imu_reps.commands._options import PATH, say, setup_options
from imu_reps.core.errors import ImuRepsError
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of, open_recording
from imu_reps.movements import movement_named


@click.command()
@click.argument("source", metavar="IN", type=PATH)
@click.argument("target", metavar="OUT", type=PATH)
@setup_options
def command(
    source: Path, target: Path, movement: str | None, leg: str | None, mount: str | None
) -> None:
    """Write the recording IN as OUT; the suffix tells the format. OUT must not exist yet."""
    form = format_of(target)
    with open_recording(source) as recording:
        told = recording.header
        header = replace(
            told,
            movement=movement_named(movement).name if movement else told.movement,
            leg=Leg.named(leg) if leg else told.leg,
            mount=Mount.named(mount) if mount else told.mount,
        )
        with form.create(target, header) as writer:
            try:
                for item in recording:
                    writer.write(item)
            except ImuRepsError:
                # Half a recording under the wanted name would stand in the way of the next try.
                target.unlink()
                raise
    say(f"wrote {target} ({form.name})")
    if target.suffix == ".csv" and not target.name.lower().endswith(".imu.csv"):
        say("a plain table holds no movement, leg or mount: name them when it is read")
