"""`imu-reps replay`: a recording's events."""

from __future__ import annotations

import time
from pathlib import Path

import click

from imu_reps.commands._options import PATH, finite, json_option, say_assumed, setup_options
from imu_reps.commands._print import print_events
from imu_reps.session.replay import replayed
from imu_reps.session.run import paced
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import stopping, until


@click.command()
@click.argument("file", type=PATH)
@setup_options
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), callback=finite, help="1 is real time."
)
@json_option
def command(
    file: Path,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    speed: float | None,
    as_json: bool,
) -> int:
    """Give the events of FILE, the same that live gave; as fast as possible, or at --speed."""
    with stopping() as stop, replayed(file, Wishes(movement, leg, mount)) as replay:
        say_assumed(replay.setup)
        stream = replay.samples()
        if speed is not None:
            stream = paced(stream, speed, time.monotonic, time.sleep)
        print_events(replay.events(until(stream, stop)), as_json=as_json)
    return stop.status
