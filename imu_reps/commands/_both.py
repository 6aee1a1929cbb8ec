"""Two sensors, one on each leg: what `imu-reps live` does with two ports."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from imu_reps.commands._finish import keep, tell_balance
from imu_reps.commands._options import asked, at_a_terminal, say, say_assumed
from imu_reps.commands._print import print_events
from imu_reps.commands._show import Counting, Show
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Event, Summary
from imu_reps.core.frames import Header
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import raw
from imu_reps.formats.files import folder_at
from imu_reps.formats.raw import beside
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements
from imu_reps.session.both import Live, both
from imu_reps.session.capturing import capturing
from imu_reps.session.coach import Coach
from imu_reps.session.guide import Sinks
from imu_reps.session.live import live
from imu_reps.session.pair import Pair
from imu_reps.session.places import recording_path, recordings_folder
from imu_reps.session.plan import Plan
from imu_reps.session.sensor import Sensor
from imu_reps.session.setup import AUTO, DEFAULT_MOUNT, DEFAULT_MOVEMENT, Setup, Wishes, setup
from imu_reps.session.stopping import stopping
from imu_reps.session.words import Words, plan_of
from imu_reps.session.worn import Worn, sensors

SUFFIX = ".imu.csv"


@dataclass(frozen=True, slots=True)
class Files:
    """What a user has said of the files; None is "not said", and a capture without a name is one
    beside the recording.
    """

    record: Path | None
    capture: Path | None


def count_both(worn: Sequence[Worn], words: Words, files: Files, show: Show) -> int:
    """Count both legs until the plan is done or somebody ends it, a recording each; the status."""
    if files.capture is not None and any(each.leg is None for each in worn):
        raise BadUsage("--capture must know the legs: say --port left=… and --port right=…")
    plan = _plan(words)
    chosen = {leg: replace(plan.exercises[0].setup, leg=leg) for leg in Leg}
    paths = _paths(chosen, files.record)
    with stopping() as stop, ExitStack() as stack:
        kept = [
            stack.enter_context(capturing(path, each.wanted, chosen[each.leg or Leg.LEFT], say))
            for each, path in zip(worn, _captures(worn, paths, files.capture), strict=True)
        ]
        taps = [each.tap for each in kept]
        found = stack.enter_context(sensors(worn, taps, say, stop))
        one = chosen[Leg.LEFT]
        movement = "whatever it is" if one.is_auto else one.movement.name
        say(f"counting {movement}, both legs, a strap on each {one.mount}")
        if not found:
            print_events([Summary((), 0, 0.0, 0)], as_json=show.as_json)
            return stop.status
        for path in paths.values():
            say(f"recording to {path} ({show.ends_by} ends)")

        def count(sinks: Sinks) -> Counting:
            pair = Pair(Coach(plan), time.monotonic, sinks)
            clocks = {leg: DeviceClock(each.scale, each.rate_hz) for leg, each in found.items()}
            pair.guide.begin(
                paths[Leg.LEFT], lambda: sum(clock.lost_samples for clock in clocks.values())
            )
            lives = {
                leg: _live(found[leg], chosen[leg], paths[leg], pair, clocks[leg]) for leg in Leg
            }
            return Counting(pair.guide, lambda: _told(lives, pair, stop))

        try:
            show.session(count)
        finally:
            made = [path for path in paths.values() if path.exists()]
            keep(made)
        for leg, sensor in found.items():
            if sensor.bad_frames:
                say(f"{leg} leg: {sensor.bad_frames} damaged frames were left out")
    if not show.as_json:
        tell_balance(made, plan.exercises[0].target.hold_s)
    return stop.status


def _live(sensor: Sensor, chosen: Setup, path: Path, pair: Pair, clock: DeviceClock) -> Live:
    inbox, sink = pair.inboxes[chosen.leg], pair.sink(chosen.leg)
    return lambda stop: live(sensor, chosen, path, stop, inbox=inbox, sink=sink, clock=clock)


def _told(lives: Mapping[Leg, Live], pair: Pair, stop: Callable[[], bool]) -> Iterator[Event]:
    for event in both(lives, lambda: stop() or pair.guide.is_finished):
        yield event
        pair.event(event)
    pair.guide.end()


def _plan(words: Words) -> Plan:
    """The plan of one movement for both legs, a sensor on each."""
    if words.plan is not None:
        raise BadUsage("two sensors are for one movement at a time: leave out --plan")
    chosen = _chosen(Wishes(words.movement, None, words.mount))
    plan = plan_of(replace(words, movement=chosen.word, mount=chosen.mount.value, leg=None))
    return Plan(tuple(replace(exercise, sensors=2) for exercise in plan.exercises))


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


def _captures(
    worn: Sequence[Worn], paths: dict[Leg, Path], capture: Path | None
) -> list[Path | None]:
    """Where the bytes of each sensor are kept: beside its recording, or named like that."""
    if capture is None:
        return [None for _ in worn]
    if not capture.name:
        return [beside(paths[each.leg or Leg.LEFT]) for each in worn]
    stem = capture.name[: -len(raw.SUFFIX)]
    return [capture.with_name(f"{stem}-{each.leg}{raw.SUFFIX}") for each in worn]


def _paths(chosen: dict[Leg, Setup], record: Path | None) -> dict[Leg, Path]:
    """A new file for each leg; `mine.imu.csv` stands for `mine-left.imu.csv` and its twin."""
    if record is None:
        folder, now = folder_at(recordings_folder()), datetime.now(UTC)
        return {
            leg: recording_path(folder, each.movement, [leg], now) for leg, each in chosen.items()
        }
    stem = record.name[: -len(SUFFIX)]
    paths = {leg: record.with_name(f"{stem}-{leg}{SUFFIX}") for leg in chosen}
    for path in paths.values():
        if path.exists():
            raise BadInput(f"{path}: exists and is not overwritten; choose another name")
    return paths
