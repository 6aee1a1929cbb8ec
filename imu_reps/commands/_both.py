"""Two sensors, one on each leg: what `imu-reps live` does with two ports."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from imu_reps.commands._files import Files, Places, a_file_a_leg
from imu_reps.commands._finish import keep, tell_balance
from imu_reps.commands._options import asked, at_a_terminal, say, say_assumed
from imu_reps.commands._print import print_events
from imu_reps.commands._show import Counting, Show
from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Summary
from imu_reps.core.frames import Header
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import raw
from imu_reps.formats.raw import beside
from imu_reps.movements import all_movements
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Sinks
from imu_reps.session.coaching.pair import Pair
from imu_reps.session.planning.plan import Plan
from imu_reps.session.planning.words import Words, plan_of, plan_text
from imu_reps.session.sensors.worn import Worn, sensors
from imu_reps.session.setup import AUTO, DEFAULT_MOUNT, DEFAULT_MOVEMENT, Setup, Wishes, setup
from imu_reps.session.stopping import stopping
from imu_reps.session.stream.capturing import capturing
from imu_reps.session.training.two_sensors import trained_both


def count_both(worn: Sequence[Worn], words: Words, files: Files, show: Show) -> int:
    """Count both legs until the plan is done or somebody ends it; the status.

    Each leg has a recording of its own of each movement.
    """
    if files.capture is not None and any(each.leg is None for each in worn):
        raise BadUsage("--capture must know the legs: say --port left=… and --port right=…")
    plan = _plan(words)
    chosen = plan.exercises[0].setup
    places = Places(files.record, plan, show.ends_by, a_file_a_leg)
    with stopping() as stop, ExitStack() as stack:
        kept = [
            stack.enter_context(capturing(path, each.wanted, _of(chosen, each), say))
            for each, path in zip(
                worn, _captures(worn, _by_leg(places.first), files.capture), strict=True
            )
        ]
        taps = [each.tap for each in kept]
        found = stack.enter_context(sensors(worn, taps, say, stop, show.gather_s))
        say(f"counting {plan_text(plan)}")
        if not found:
            print_events([Summary((), 0, 0.0, 0)], as_json=show.as_json)
            return stop.status

        def count(sinks: Sinks) -> Counting:
            pair = Pair(Coach(plan), time.monotonic, sinks)
            events = trained_both(pair, found, lambda one: _by_leg(places.take(one)), stop)
            return Counting(pair.guide, lambda: events)

        try:
            show.session(count)
        finally:
            keep(places.made)
        for leg, sensor in found.items():
            if sensor.bad_frames:
                say(f"{leg} leg: {sensor.bad_frames} damaged frames were left out")
    if not show.as_json:
        tell_balance(places.made, plan.exercises[0].target.hold_s, plain=show.plain)
    return stop.status


def _of(chosen: Setup, each: Worn) -> Setup:
    return replace(chosen, leg=each.leg or Leg.LEFT)


def _plan(words: Words) -> Plan:
    """The plan, with a sensor on each leg."""
    if words.plan is None:
        chosen = _chosen(Wishes(words.movement, None, words.mount))
        words = replace(words, movement=chosen.word, mount=chosen.mount.value, leg=None)
    exercises = plan_of(words).exercises
    return Plan(tuple(replace(exercise, sensors=2) for exercise in exercises))


def _chosen(wishes: Wishes) -> Setup:
    """The user's words; what is missing is asked for at a terminal, and assumed elsewhere."""
    short_names = [*(movement.short_name for movement in all_movements().values()), AUTO]
    if at_a_terminal():
        wishes = Wishes(
            movement=wishes.movement or asked("Movement", short_names, DEFAULT_MOVEMENT),
            mount=wishes.mount or asked("Straps on the", list(Mount), DEFAULT_MOUNT),
        )
    chosen = setup(replace(wishes, leg=Leg.LEFT), Header())
    say_assumed(chosen)
    return chosen


def _by_leg(paths: Sequence[Path]) -> dict[Leg, Path]:
    return dict(zip(Leg, paths, strict=True))


def _captures(
    worn: Sequence[Worn], paths: Mapping[Leg, Path], capture: Path | None
) -> list[Path | None]:
    """Where the bytes of each sensor are kept: beside its recording, or named like that."""
    if capture is None:
        return [None for _ in worn]
    if not capture.name:
        return [beside(paths[each.leg or Leg.LEFT]) for each in worn]
    stem = capture.name[: -len(raw.SUFFIX)]
    return [capture.with_name(f"{stem}-{each.leg}{raw.SUFFIX}") for each in worn]
