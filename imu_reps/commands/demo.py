"""`imu-reps demo`: both legs without hardware, through the real pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import PATH, finite, say
from imu_reps.commands._print import print_events
from imu_reps.commands._show import need_screen, on_screen
from imu_reps.commands._sound import sound_of, sound_options
from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Event
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg
from imu_reps.display.balance_table import show_balance
from imu_reps.display.console import results
from imu_reps.display.lines import event_line
from imu_reps.display.sound.speaker import Sound
from imu_reps.formats.files import folder_at
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.summarize import Asked, compared
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Guide
from imu_reps.session.coaching.playback import KEYS, Playback
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import Stop, stopping
from imu_reps.session.training.demo import Pace, demo, demo_lasts_s, demo_plan, guided_demo

SPEED, SCREEN_SPEED = 12.0, 3.0
"""Times real time: both legs in about fifteen seconds of lines, in a minute on the screen."""


@click.command(
    cls=WithExamples,
    examples=[
        ("demo", "a bridge with each leg, no hardware needed"),
        ("demo --screen", "on the live screen, three times as fast as people are"),
        ("demo ball-curl --keep curls", "keep the two recordings in a new folder"),
    ],
)
@click.argument("movement", default="bridge")
@click.option("--keep", type=PATH, help="Keep the two recordings in this new folder.")
@click.option("--screen", is_flag=True, help="On the live screen.")
@click.option("--plain", is_flag=True, help="Lines only, for a screen reader.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    callback=finite,
    help="Times real time.  [default: 3 on the screen, 12 in lines]",
)
@sound_options
def command(
    movement: str,
    keep: Path | None,
    screen: bool,
    plain: bool,
    speed: float | None,
    quiet: bool,
    voice: bool,
) -> int:
    """Play a left and a right set of MOVEMENT, and compare them. Nobody's data: simulated."""
    trained = movement_named(movement)
    sound = sound_of(quiet=quiet, voice=voice)
    if screen and plain:
        raise BadUsage("--screen draws and --plain is lines; leave out one of them")
    if screen:
        need_screen()
    with ExitStack() as stack:
        stop = stack.enter_context(stopping())
        folder = folder_at(keep or Path(stack.enter_context(TemporaryDirectory())))
        if screen:
            is_whole = _show(trained, folder, speed or SCREEN_SPEED, sound, stop)
        else:
            lines = _Lines(speed or SPEED, has_bar=not plain)
            is_whole = all(_play(trained, leg, folder, lines, stop) for leg in Leg)
        if not is_whole:
            return stop.status
        paths = [folder / f"{leg}.imu.csv" for leg in Leg]
        (found,) = compared(paths, Wishes(), Asked())
        show_balance(found, results(), plain=plain)
    say("Simulated legs. With a sensor: imu-reps live --port PORT")
    return 0


def _show(movement: Movement, folder: Path, speed: float, sound: Sound, stop: Stop) -> bool:
    """Both legs on the live screen; whether they were shown to their end."""
    playback = Playback(stop)

    def pace() -> Pace:
        begin_s = playback.clock()
        return lambda at_s: playback.sleep(begin_s + at_s / speed - playback.clock())

    told: list[Event] = []
    with on_screen(sound) as (sinks, shown):
        guide = Guide(Coach(demo_plan(movement)), lambda _, __: None, playback.clock, sinks)
        guide.follow(playback)

        def work() -> None:
            told.extend(guided_demo(guide, folder, pace, playback.ended))

        shown(work, playback.press, KEYS)
    print_events(told[-1:], as_json=False)
    return not playback.ended()


@dataclass(frozen=True, slots=True)
class _Lines:
    """How a demo is told without a screen: at so many times real time, above a bar or without."""

    speed: float
    has_bar: bool


def _play(movement: Movement, leg: Leg, folder: Path, lines: _Lines, stop: Stop) -> bool:
    """One leg in lines; whether it was played to its end."""
    # On the results' own terminal, so that the bar makes way for a line; in a pipe is none.
    console = Console()
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
    hidden = not lines.has_bar
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task(f"simulated {leg} leg", total=demo_lasts_s(movement, leg))
        wait = _waiting(lines.speed) if console.is_terminal else None

        def pace(at_s: float) -> None:
            progress.update(task, completed=at_s)
            if wait is not None:
                wait(at_s)

        for event in demo(movement, leg, folder, pace, stop):
            console.print(event_line(event), highlight=False, markup=False, soft_wrap=True)
    return not stop()


def _waiting(speed: float) -> Callable[[float], None]:
    """What sleeps until a moment of the set has come, so many times as fast as it was."""
    begin_s = time.monotonic()

    def wait(at_s: float) -> None:
        time.sleep(max(0.0, begin_s + at_s / speed - time.monotonic()))

    return wait
