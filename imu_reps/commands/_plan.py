"""Options that say what is to be trained, and the questions for what they leave open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from imu_reps.commands._options import asked, at_a_terminal, finite, say_assumed
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import all_movements, movement_named
from imu_reps.session.planning.plan import Exercise, Plan
from imu_reps.session.planning.plan_file import LONGEST_HOLD_S, LONGEST_REST_S, MOST_REPS, MOST_SETS
from imu_reps.session.planning.words import Words, last_words, plan_of, remember, words_text
from imu_reps.session.setup import AUTO, DEFAULT_LEG, DEFAULT_MOUNT, DEFAULT_MOVEMENT

Command = TypeVar("Command", bound=Callable[..., Any])


def _seconds(most_s: float) -> click.FloatRange:
    return click.FloatRange(0, most_s)


def plan_options(command: Command) -> Command:
    """`--sets`, `--reps`, `--hold`, `--tempo`, `--rest`, `--alternate` and `--plan`."""
    for option in (
        click.option(
            "--plan",
            "plan_file",
            type=click.Path(resolve_path=True),
            help="A session from a TOML file.",
        ),
        click.option(
            "--alternate", is_flag=True, help="Left, right, left, right; else leg by leg."
        ),
        click.option(
            "--rest",
            "rest_s",
            type=_seconds(LONGEST_REST_S),
            callback=finite,
            help="Seconds between two sets.  [default: 60]",
        ),
        click.option("--tempo", help="Seconds out, held and back: 1-2-2."),
        click.option(
            "--hold",
            "hold_s",
            type=_seconds(LONGEST_HOLD_S),
            callback=finite,
            help="Seconds to hold at the far end.",
        ),
        click.option("--reps", type=click.IntRange(1, MOST_REPS), help="To reach in a set."),
        click.option(
            "--sets", type=click.IntRange(1, MOST_SETS), help="For each leg; without --leg, both."
        ),
    ):
        command = option(command)
    return command


def plan_from(words: Words) -> Plan:
    """The plan these words make; what they leave open is asked for at a terminal, and is told.

    What was said last time is offered again to who says nothing, and is the default otherwise.
    """
    is_asked = at_a_terminal()
    if is_asked and words.plan is None:
        words = _completed(words, last_words())
    plan = plan_of(words)
    if is_asked:
        # What a script does is no person's habit.
        remember(words)
    for exercise in plan.exercises:
        _say_assumed(exercise)
    return plan


def _completed(words: Words, last: Words | None) -> Words:
    """The words with the answers to what they leave open."""
    if last is not None and not words.names and _again(last):
        return last
    was = last or Words()
    short_names = [*(movement.short_name for movement in all_movements().values()), AUTO]
    movement = words.movement or asked("Movement", short_names, was.movement or DEFAULT_MOVEMENT)
    leg = words.leg
    if leg is None and words.sets is None:
        leg = asked("Working leg", list(Leg), was.leg or DEFAULT_LEG)
    mount = words.mount or asked("Strap on the", list(Mount), _usual_mount(movement, was))
    return replace(words, movement=movement, leg=leg, mount=mount)


def _again(last: Words) -> bool:
    return click.confirm(f"Again as last time: {words_text(last)}?", default=True, err=True)


def _usual_mount(movement: str, was: Words) -> str:
    """Where the strap was last time, else where it sees this movement best."""
    if was.mount is not None and was.movement == movement:
        return was.mount
    return DEFAULT_MOUNT if movement == AUTO else movement_named(movement).wear[0]


def _say_assumed(exercise: Exercise) -> None:
    setup = exercise.setup
    if len(exercise.legs) > 1:
        setup = replace(setup, assumed=tuple(word for word in setup.assumed if word != "leg"))
    say_assumed(setup)
