"""How a session is shown: on the screen or in lines, with sounds, a voice or none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from imu_reps.core.errors import BadUsage
from imu_reps.session.cues import Cue
from imu_reps.session.guide import Sinks
from imu_reps.session.keys import Key

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Sound:
    """What is to be heard: tones or none, and the speech program where one is to speak."""

    tones: bool
    voice: str | None


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
    from imu_reps.display.sound.speaker import voice_program  # noqa: PLC0415

    return Sound(not quiet, voice_program() if voice else None)


def can_show() -> bool:
    """Whether there is a terminal that a screen can be drawn on."""
    import os  # noqa: PLC0415

    ends = (sys.stdin, sys.stdout, sys.stderr)
    return all(end.isatty() for end in ends) and os.environ.get("TERM") != "dumb"


def need_screen() -> None:
    """Raise `BadUsage` where a screen is asked for and cannot be."""
    if not can_show():
        raise BadUsage("--screen needs a terminal; leave it out for lines")


def on_screen(
    work: Callable[[Sinks], None],
    sound: Sound,
    press: Callable[[Key], None],
    keys: Collection[Key],
) -> None:
    """Do `work` behind a screen, its cues seen and heard."""
    # A screen and sounds are for who sits there: nobody else is made to wait for their import.
    from imu_reps.display.screen.feed import Feed  # noqa: PLC0415
    from imu_reps.display.screen.run import behind_screen  # noqa: PLC0415
    from imu_reps.display.sound.speaker import ears, silent, sounds  # noqa: PLC0415

    feed = Feed()
    tones = sounds(feed.ring, feed.warn) if sound.tones else silent
    with ears(tones, sound.voice) as hear:

        def told(cue: Cue) -> None:
            feed.say(cue)
            hear(cue)

        behind_screen(lambda: work(Sinks(feed.show, told)), feed, press, keys)
