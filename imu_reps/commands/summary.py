"""`imu-reps summary`: left against right."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imu_reps.commands._options import PATH, json_option, setup_options
from imu_reps.display.balance_table import print_balance
from imu_reps.display.console import results
from imu_reps.session.summarize import summarize


@click.command()
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@setup_options
@json_option
def command(
    files: tuple[Path, ...],
    movement: str | None,
    leg: str | None,
    mount: str | None,
    as_json: bool,
) -> None:
    """Compare the legs in one or more recordings of one movement."""
    found = summarize(files, movement, leg, mount)
    if as_json:
        click.echo(json.dumps(found.as_dict()))
    else:
        print_balance(found, results())
