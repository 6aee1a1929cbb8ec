"""`imu-reps export`: reps and sets as tables for pandas, R or a spreadsheet."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, json_option, say, say_assumed, setup_options
from imu_reps.core.words import many
from imu_reps.formats.exports import kind_of, table, write_table
from imu_reps.formats.files import check_new
from imu_reps.session.afterwards.reading import read_recording
from imu_reps.session.afterwards.tables import REP_NAMES, SET_NAMES, rep_records, set_records
from imu_reps.session.setup import Wishes


@click.command(
    cls=WithExamples,
    examples=[
        ("export left.imu.csv right.imu.csv --reps reps.csv", "one row a rep, for a spreadsheet"),
        ("export *.imu.csv --sets sets.parquet", "one row a set"),
    ],
)
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@setup_options
@click.option("--reps", "reps_path", metavar="OUT", type=PATH, help="Reps and partials, one a row.")
@click.option("--sets", "sets_path", metavar="OUT", type=PATH, help="Sets, one a row.")
@json_option
def command(
    files: tuple[Path, ...],
    movement: str | None,
    leg: str | None,
    mount: str | None,
    reps_path: Path | None,
    sets_path: Path | None,
    as_json: bool,
) -> None:
    """Write the reps and sets of recordings as tables; OUT ends in .csv, .json or .parquet.

    Without OUT the reps go to standard output as CSV, or as JSON, one object a line. The columns
    have the names of docs/METRICS.md.
    """
    wanted = [(path, kind_of(path)) for path in (reps_path, sets_path) if path is not None]
    for path, _ in wanted:
        check_new(path)
    reps, sets = [], []
    for file in files:
        read = read_recording(file, Wishes(movement, leg, mount))
        say_assumed(read.setup, file)
        for warning in read.warnings:
            say(f"{file}: {warning.text}")
        told = file.name, read.header.started_utc, read.sets
        reps += rep_records(*told)
        sets += set_records(*told)
    if not wanted:
        as_text = "".join(json.dumps(record) + "\n" for record in reps)
        click.echo(as_text if as_json else table(reps, REP_NAMES, "csv").decode(), nl=False)
    if reps_path is not None:
        write_table(reps_path, table(reps, REP_NAMES, kind_of(reps_path)))
        say(f"wrote {reps_path}: {len(reps)} reps and partials")
    if sets_path is not None:
        write_table(sets_path, table(sets, SET_NAMES, kind_of(sets_path)))
        say(f"wrote {sets_path}: {many(len(sets), 'set')}")
