"""`imu-reps demo`: both legs without hardware, through the real pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, say
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg
from imu_reps.display.balance_table import show_balance
from imu_reps.display.console import results
from imu_reps.display.lines import event_line
from imu_reps.formats.files import folder_at
from imu_reps.movements import movement_named
from imu_reps.session.demo import demo, demo_lasts_s
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import Stop, stopping
from imu_reps.session.summarize import Asked, compared

SPEED = 12.0
"""Times real time at a terminal: both legs in about fifteen seconds."""


@click.command(
    cls=WithExamples,
    examples=[
        ("demo", "a bridge with each leg, no hardware needed"),
        ("demo ball-curl --keep curls", "keep the two recordings in a new folder"),
    ],
)
@click.argument("movement", default="bridge")
@click.option("--keep", type=PATH, help="Keep the two recordings in this new folder.")
def command(movement: str, keep: Path | None) -> int:
    """Play a left and a right set of MOVEMENT, and compare them. Nobody's data: simulated."""
    trained = movement_named(movement)
    with ExitStack() as stack:
        stop = stack.enter_context(stopping())
        folder = folder_at(keep or Path(stack.enter_context(TemporaryDirectory())))
        for leg in Leg:
            _play(trained, leg, folder, stop)
            if stop():
                return stop.status
        paths = [folder / f"{leg}.imu.csv" for leg in Leg]
        (found,) = compared(paths, Wishes(), Asked())
        sets = [done for read in found.recordings for done in read.sets]
        show_balance(found.balance, sets, results(), plain=False)
    say("Simulated legs. With a sensor: imu-reps live --port PORT")
    return 0


def _play(movement: Movement, leg: Leg, folder: Path, stop: Stop) -> None:
    # On the results' own terminal, so that the bar makes way for a line; in a pipe is none.
    console = Console()
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"simulated {leg} leg", total=demo_lasts_s(movement, leg))
        wait = _waiting() if console.is_terminal else None

        def pace(at_s: float) -> None:
            progress.update(task, completed=at_s)
            if wait is not None:
                wait(at_s)

        for event in demo(movement, leg, folder, pace, stop):
            console.print(event_line(event), highlight=False, markup=False, soft_wrap=True)


def _waiting() -> Callable[[float], None]:
    """What sleeps until a moment of the set has come, `SPEED` times as fast as it was."""
    begin_s = time.monotonic()

    def wait(at_s: float) -> None:
        time.sleep(max(0.0, begin_s + at_s / SPEED - time.monotonic()))

    return wait
