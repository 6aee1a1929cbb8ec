"""`imu-reps score`: how well recordings are counted, by their truth files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, json_option, setup_options
from imu_reps.display.console import results
from imu_reps.display.score_table import print_scores
from imu_reps.session.afterwards.reading import read_recording
from imu_reps.session.afterwards.scoring import Score, score, total, truth_beside
from imu_reps.session.setup import Wishes


@click.command(
    cls=WithExamples,
    examples=[
        ("score recordings/*.imu.csv", "counts against the truth files beside them"),
    ],
)
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
    """Count recordings and compare with the NAME.truth.json beside each."""
    scores: dict[Path, Score] = {}
    for file in files:
        truth = truth_beside(file)
        wishes = Wishes(movement or truth.movement, leg or truth.leg, mount or truth.mount)
        scores[file] = score(read_recording(file, wishes).events, truth)
        if as_json:
            click.echo(json.dumps({"file": str(file), **scores[file].as_dict()}))
    if as_json:
        click.echo(json.dumps({"file": None, **_all(scores)}))
    else:
        print_scores(scores, results())


def _all(scores: dict[Path, Score]) -> dict[str, object]:
    """All recordings together; exact only if each of them is, whatever adds up."""
    exact = all(one.exact for one in scores.values())
    return total(scores.values()).as_dict() | {"exact": exact}
