"""`imu-reps replay`: a recording's events."""

from __future__ import annotations

from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import (
    PATH,
    device_option,
    finite,
    json_option,
    say_assumed,
    setup_options,
)
from imu_reps.commands._print import print_events
from imu_reps.commands._sound import sound_of, sound_options
from imu_reps.core.errors import BadUsage
from imu_reps.devices import Device
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import stopping, until
from imu_reps.session.stream.replay import replayed


@click.command(
    cls=WithExamples,
    examples=[
        ("replay left.imu.csv", "the events that live gave"),
        ("replay left.imu.raw", "a raw capture, through the decoder again"),
        ("replay left.imu.csv --screen --speed 1", "on the live screen, in real time"),
        (
            "replay table.csv --movement bridge --leg left --json",
            "a plain table, for scripts",
        ),
    ],
)
@click.argument("file", type=PATH)
@setup_options
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), callback=finite, help="1 is real time."
)
@click.option("--screen", is_flag=True, help="On the live screen; at --speed 1 if none is named.")
@click.option("--plain", is_flag=True, help="Lines, as without --screen.")
@sound_options
@device_option
@json_option
def command(
    file: Path,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    speed: float | None,
    screen: bool,
    plain: bool,
    quiet: bool,
    voice: bool,
    device: Device | None,
    as_json: bool,
) -> int:
    """Give the events of FILE, the same that live gave; as fast as possible, or at --speed."""
    if screen and (plain or as_json):
        other = "--plain is lines" if plain else "--json is for scripts"
        raise BadUsage(f"--screen draws and {other}; leave out one of them")
    sound = sound_of(quiet=quiet, voice=voice)
    wishes = Wishes(movement, leg, mount)
    with stopping() as stop, replayed(file, wishes, device) as replay:
        say_assumed(replay.setup)
        if screen or speed is not None:
            # Who watches waits for what shows it to be imported; nobody else does.
            from imu_reps.commands._play import play_in_lines, play_on_screen  # noqa: PLC0415

            if screen:
                play_on_screen(replay, speed or 1.0, sound, stop)
            else:
                play_in_lines(replay, speed or 1.0, stop, as_json=as_json)
        else:
            print_events(replay.events(until(replay.samples(), stop)), as_json=as_json)
    return stop.status
