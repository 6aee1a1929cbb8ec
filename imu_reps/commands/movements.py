"""`imu-reps movements`: what can be counted, and from where."""

from __future__ import annotations

import json

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import json_option
from imu_reps.core.movement import Movement
from imu_reps.display.console import results
from imu_reps.display.movement_table import print_movements
from imu_reps.movements import all_movements


@click.command(
    cls=WithExamples,
    examples=[
        ("movements", "what can be counted"),
        ("movements --json", "for scripts"),
    ],
)
@json_option
def command(as_json: bool) -> None:
    """List the movements, and which mount sees which."""
    if as_json:
        for movement in all_movements().values():
            click.echo(json.dumps(_told(movement)))
    else:
        print_movements(all_movements().values(), results())


def _told(movement: Movement) -> dict[str, object]:
    return {
        "movement": movement.name,
        "short_name": movement.short_name,
        "title": movement.title,
        "description": movement.description,
        "wear": list(movement.wear),
        "mounts": {
            mount: {
                "sight": view.sight,
                "low_deg": view.low_deg,
                "high_deg": view.high_deg,
                "evidence": view.evidence,
                "note": view.note,
            }
            for mount, view in movement.views.items()
        },
    }
