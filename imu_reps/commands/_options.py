"""Options that several commands share, and questions for what they leave open."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from imu_reps.core.words import Leg, Mount
from imu_reps.devices import Device, device_named
from imu_reps.movements import all_movements
from imu_reps.session.setup import Setup

Command = TypeVar("Command", bound=Callable[..., Any])

Completion = Callable[[click.Context, click.Parameter, str], list[str]]

PATH = click.Path(path_type=Path)


def _offering(names: Callable[[], Sequence[str]]) -> Completion:
    """What a shell offers for a word that has been begun."""

    def offered(_ctx: click.Context, _option: click.Parameter, begun: str) -> list[str]:
        return [str(name) for name in names() if name.startswith(begun)]

    return offered


def setup_options(command: Command) -> Command:
    """`--movement`, `--leg` and `--mount`."""
    for option in (
        click.option(
            "--mount",
            shell_complete=_offering(lambda: list(Mount)),
            help="Where the strap is: thigh, ankle, free-thigh, …",
        ),
        click.option(
            "--leg",
            shell_complete=_offering(lambda: list(Leg)),
            help="The working leg: left or right.",
        ),
        click.option(
            "--movement",
            shell_complete=_offering(lambda: [m.short_name for m in all_movements().values()]),
            help="What is trained; see `imu-reps movements`.",
        ),
    ):
        command = option(command)
    return command


def device_option(command: Command) -> Command:
    """`--device`, of commands that read raw captures."""
    help_text = "The sensor that a raw capture is of; else told from its bytes."
    return click.option("--device", callback=_device, help=help_text)(command)


def sensor_options(command: Command) -> Command:
    """`--device` and `--baud`, of commands that listen to ports."""
    for option in (
        click.option("--baud", type=click.IntRange(min=300), help="Its baud rate; else found."),
        click.option(
            "--device", callback=_device, help="What sensor it is; else told from what it sends."
        ),
    ):
        command = option(command)
    return command


def _device(_ctx: click.Context, _option: click.Parameter, name: str | None) -> Device | None:
    return None if name is None else device_named(name)


def json_option(command: Command) -> Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="For scripts: JSON.")(command)


def finite(_ctx: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """The number that an option was given; raises where it is none."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number to work with")
    return value


def say(text: str) -> None:
    """Tell a person something that is not a result."""
    click.echo(text, err=True)


def say_assumed(setup: Setup, path: Path | None = None) -> None:
    """Tell which words were neither given nor found in the recording; in which, of several."""
    if setup.assumed:
        values = {"movement": setup.movement.name, "leg": setup.leg, "mount": setup.mount}
        taken = ", ".join(f"{word} {values[word]}" for word in setup.assumed)
        say(f"{path}: not said, so taken: {taken}" if path else f"not said, so taken: {taken}")


def at_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(question: str, choices: Iterable[str], default: str) -> str:
    """One of the choices, as a person at the terminal answers."""
    words = click.Choice([str(choice) for choice in choices])
    return str(click.prompt(question, type=words, default=str(default), err=True))
