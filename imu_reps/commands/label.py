"""`imu-reps label`: correct a count by hand; nothing in the recording is overwritten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, json_option, say, say_assumed
from imu_reps.commands._print import print_events
from imu_reps.core.events import attempts_in
from imu_reps.display.lines import total_text
from imu_reps.session.afterwards.labelling import Correction, label
from imu_reps.session.afterwards.reading import Read


def _moments(_ctx: click.Context, _option: click.Parameter, texts: Sequence[Any]) -> list[Any]:
    """Times as typed, alone or in pairs, as seconds from the recording's first sample."""
    return [tuple(map(_moment, t)) if isinstance(t, tuple) else _moment(t) for t in texts]


def _moment(text: str) -> float:
    try:
        minutes, _, seconds = text.rpartition(":")
        time_s = 60 * int(minutes or 0) + float(seconds)
    except ValueError:
        time_s = math.nan
    if not (math.isfinite(time_s) and time_s >= 0):
        raise click.BadParameter(f"{text!r} is no time; say 32.5 or 0:32.5")
    return time_s


@click.command(
    cls=WithExamples,
    examples=[
        ("label left.imu.csv", "what was counted, and when"),
        ("label left.imu.csv --remove 0:32.5", "what was counted there was no rep"),
        ("label left.imu.csv --add 0:40 0:44", "a rep that was missed, from when to when"),
    ],
)
@click.argument("file", type=PATH)
@click.option(
    "--add",
    metavar="START END",
    nargs=2,
    multiple=True,
    callback=_moments,
    help="Add a rep that was missed.",
)
@click.option(
    "--remove", metavar="AT", multiple=True, callback=_moments, help="Remove what is counted at AT."
)
@click.option(
    "--rep", metavar="AT", multiple=True, callback=_moments, help="Make the partial at AT a rep."
)
@click.option(
    "--partial",
    metavar="AT",
    multiple=True,
    callback=_moments,
    help="Make the rep at AT a partial.",
)
@click.option("--undo", is_flag=True, help="Take the last label back.")
@json_option
def command(
    file: Path,
    add: Sequence[tuple[float, float]],
    remove: Sequence[float],
    rep: Sequence[float],
    partial: Sequence[float],
    undo: bool,
    as_json: bool,
) -> None:
    """Correct the count of FILE, and list what is counted then; without an option only list it.

    A moment is in seconds from the recording's first sample: 32.5, or 0:32.5. A label is written
    behind the recording's end; summary, history, score and export honour it, replay gives what was
    counted live.
    """
    asked = [Correction("undo")] if undo else []
    asked += [Correction("remove", at_s) for at_s in remove]
    asked += [Correction("rep", at_s) for at_s in rep]
    asked += [Correction("partial", at_s) for at_s in partial]
    asked += [Correction("add", start_s, end_s) for start_s, end_s in add]
    read = label(file, asked)
    say_assumed(read.setup)
    print_events(attempts_in(read.events), as_json=as_json)
    say(_told(read, len(asked)))


def _told(read: Read, written: int) -> str:
    totals = read.summary.sets
    reps, partials = sum(t.reps for t in totals), sum(t.partials for t in totals)
    counted = f"now {total_text(reps, partials)}"
    return f"{counted}; labels written: {written}" if written else counted
