"""Whether a session is heard, and how: the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from imu_reps.display.sound.speaker import Sound
from imu_reps.display.sound.voice import voice_program

Command = TypeVar("Command", bound=Callable[..., Any])


def sound_options(command: Command) -> Command:
    """`--quiet` and `--voice`."""
    for option in (
        click.option(
            "--voice", is_flag=True, help="Speak, with a speech program (espeak-ng, say)."
        ),
        click.option("--quiet", is_flag=True, help="No sounds, not even the terminal's bell."),
    ):
        command = option(command)
    return command


def sound_of(*, quiet: bool, voice: bool) -> Sound:
    """The sound that is asked for; raises `BadUsage` where nothing can speak."""
    return Sound(not quiet, voice_program() if voice else None)
