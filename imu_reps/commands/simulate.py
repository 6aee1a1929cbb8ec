"""`imu-reps simulate`: a synthetic recording and its truth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, finite, say
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of, save
from imu_reps.formats.files import or_nothing
from imu_reps.formats.truth import truth_path, write_truth
from imu_reps.movements import movement_named
from imu_reps.session.setup import DEFAULT_LEG
from imu_reps.simulate import Strap, easy, hard, simulate


@click.command(
    cls=WithExamples,
    examples=[
        ("simulate bridge left.imu.csv", "a set that nobody did, and its truth"),
    ],
)
@click.argument("movement")
@click.argument("out", type=PATH)
@click.option("--leg", default=DEFAULT_LEG.value, show_default=True, help="The working leg.")
@click.option("--mount", help="Where the strap is; else the best place for the movement.")
@click.option(
    "--reps",
    type=click.IntRange(2, 200),
    default=8,
    show_default=True,
    help="How many reps.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="The same seed gives the same set.",
)
@click.option(
    "--rate",
    type=click.FloatRange(20, 1000),
    callback=finite,
    default=100,
    show_default=True,
    help="Samples a second.",
)
@click.option("--hard", "untidy", is_flag=True, help="Walking, partials, touch-and-go and more.")
@click.option("--no-gyro", is_flag=True, help="A sensor with an accelerometer alone.")
def command(
    movement: str,
    out: Path,
    leg: str,
    mount: str | None,
    reps: int,
    seed: int,
    rate: float,
    untidy: bool,
    no_gyro: bool,
) -> None:
    """Simulate a set of MOVEMENT, write it to OUT and its truth beside it."""
    trained = movement_named(movement)
    strap = Strap(trained, Leg.named(leg), Mount.named(mount) if mount else trained.wear[0])
    preset = hard if untidy else easy
    plan, imu = preset(trained, reps, np.random.default_rng(seed))
    made = simulate(strap, plan, replace(imu, rate_hz=rate, gyro=not no_gyro), seed)
    truth = truth_path(out)
    write_truth(truth, made.truth)
    with or_nothing(truth):
        end = Note(int(made.frames.host_us[-1]), "end")
        save(format_of(out), out, made.header, (made.frames, end))
    say(f"wrote {out} and {truth.name}: {made.truth.count('rep')} reps, simulated")
