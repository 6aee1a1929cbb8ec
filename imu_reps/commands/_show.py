"""How a session is shown: on the screen or in lines, with sounds, a voice or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from imu_reps.commands._options import say
from imu_reps.core.errors import BadUsage
from imu_reps.display.lines import cue_line
from imu_reps.display.sound.speaker import Sound, heard
from imu_reps.display.sound.voice import voice_program
from imu_reps.session.cues import Cue
from imu_reps.session.guide import Sinks
from imu_reps.session.keys import Key

Command = TypeVar("Command", bound=Callable[..., Any])

Shown = Callable[[Callable[[], None], Callable[[Key], None], Collection[Key]], None]
"""Does the work while a screen is there, whose keys (of these) are passed on."""


def sound_options(command: Command) -> Command:
    """`--quiet` and `--voice`."""
    for option in (
        click.option(
            "--voice", is_flag=True, help="Speak, with a speech program (espeak-ng, say)."
        ),
        click.option("--quiet", is_flag=True, help="No sounds; the terminal's bell neither."),
    ):
        command = option(command)
    return command


def sound_of(*, quiet: bool, voice: bool) -> Sound:
    """The sound that is asked for; raises `BadUsage` where nothing can speak."""
    return Sound(not quiet, voice_program() if voice else None)


def can_show() -> bool:
    """Whether there is a terminal that a screen can be drawn on."""
    ends = (sys.stdin, sys.stdout, sys.stderr)
    return all(end.isatty() for end in ends) and os.environ.get("TERM") != "dumb"


def need_screen() -> None:
    """Raise `BadUsage` where a screen is asked for and cannot be."""
    if not can_show():
        raise BadUsage("--screen needs a terminal; leave it out for lines")


@contextmanager
def on_screen(sound: Sound) -> Iterator[tuple[Sinks, Shown]]:
    """What a session is shown on: the sinks it fills, and what does its work behind the screen."""
    # A screen is for who sits there: nobody else is made to wait for its import.
    from imu_reps.display.screen.feed import Feed  # noqa: PLC0415
    from imu_reps.display.screen.run import behind_screen  # noqa: PLC0415

    feed = Feed()

    def shown(
        work: Callable[[], None], press: Callable[[Key], None], keys: Collection[Key]
    ) -> None:
        behind_screen(work, feed, press, keys)

    with heard(feed.say, feed.ring, feed.warn, sound) as tell:
        yield Sinks(feed.show, tell), shown


@contextmanager
def in_lines(sound: Sound, tell: Callable[[str], None]) -> Iterator[Sinks]:
    """The sinks of a session without a screen: `tell` is given what no event line tells."""

    def told(cue: Cue) -> None:
        line = cue_line(cue)
        if line is not None:
            tell(line)

    at_a_terminal = Sound(sound.tones and sys.stderr.isatty(), sound.voice)
    with heard(told, _ring, say, at_a_terminal) as both:
        yield Sinks(lambda _: None, both)


def _ring() -> None:
    click.echo("\a", nl=False, err=True)
