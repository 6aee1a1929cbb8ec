"""`imu-reps summary`: left against right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from imu_reps.balance.steadiness import Point
from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, finite, json_option, say, say_assumed, setup_options
from imu_reps.core.errors import ImuRepsError
from imu_reps.core.words import Leg
from imu_reps.formats.files import check_new, created
from imu_reps.session.afterwards.summarize import Asked, Compared, compared
from imu_reps.session.setup import Wishes


@click.command(
    cls=WithExamples,
    examples=[
        ("summary left.imu.csv right.imu.csv", "left against right"),
        (
            "summary left.imu.csv right.imu.csv --html report.html",
            "the report, to print",
        ),
    ],
)
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@setup_options
@click.option("--html", "report", metavar="OUT", type=PATH, help="Write the report, a new file.")
@click.option("--involved", help="The injured leg: adds the limb symmetry index.")
@click.option(
    "--hold",
    "hold_s",
    type=click.FloatRange(0, 60),
    callback=finite,
    help="Seconds to hold, else the movement's own: it is told how many holds reached them.",
)
@click.option("--db", type=PATH, help="Another history than your own, for the report's trend.")
@click.option("--plain", is_flag=True, help="Lines instead of tables, for a screen reader.")
@json_option
def command(
    files: tuple[Path, ...],
    movement: str | None,
    leg: str | None,
    mount: str | None,
    report: Path | None,
    involved: str | None,
    hold_s: float | None,
    db: Path | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Compare the legs in one or more recordings; each movement for itself."""
    if report is not None:
        check_new(report)
    asked = Asked(hold_s, None if involved is None else Leg.named(involved))
    found = compared(files, Wishes(movement, leg, mount), asked)
    if len(found) > 1:
        say(
            f"{len(found)} movements, each for itself: "
            + ", ".join(f.movement.name for f in found)
            + " (--movement names one for all)"
        )
    for read in (read for one in found for read in one.recordings):
        say_assumed(read.setup, read.path)
        for warning in read.warnings:
            say(f"{read.path}: {warning.text}")
        if read.is_corrected:
            say(f"{read.path}: corrected by hand")
    if report is not None:
        _write(report, found, db)
    for one in found:
        _print(one, plain=plain, as_json=as_json)


def _print(found: Compared, *, plain: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.balance.as_dict()))
        return
    # Tables are drawn by a library that JSON can do without.
    from imu_reps.display.balance_table import show_balance  # noqa: PLC0415
    from imu_reps.display.console import results  # noqa: PLC0415

    show_balance(found, results(), plain=plain)


def _write(report: Path, found: list[Compared], db: Path | None) -> None:
    # Charts take a second to import: only a report is made to wait for them.
    from imu_reps.display.report import report_html  # noqa: PLC0415

    html = report_html(found, _trends(db), f"imu-reps {version('imu-reps')}")
    with created(report) as file:
        file.write(html)
    say(f"wrote {report}")


def _trends(db: Path | None) -> Mapping[str, Sequence[Point]]:
    """The sessions so far; a report can be made without."""
    from imu_reps.session.history import (  # noqa: PLC0415
        history,
        history_path,
        sessions_of,
        trends_of,
    )

    path = db or history_path()
    if not path.is_file():
        return {}
    try:
        with history(path) as known:
            return trends_of(sessions_of(known.kept()))
    except ImuRepsError as error:
        say(f"the report tells no trend: {error}")
        return {}
