"""`imu-reps replay`: a recording's events."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from imu_reps.commands._help import WithExamples
from imu_reps.commands._options import (
    PATH,
    device_option,
    finite,
    json_option,
    say_assumed,
    setup_options,
)
from imu_reps.commands._print import print_events
from imu_reps.commands._show import listening, need_screen, on_screen, sound_of, sound_options
from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Event
from imu_reps.devices import device_named
from imu_reps.display.keyboard import takes_keys
from imu_reps.display.sound.speaker import Sound
from imu_reps.session.coach import Coach
from imu_reps.session.guide import Guide
from imu_reps.session.plan import Target, free
from imu_reps.session.playback import KEYS, Playback
from imu_reps.session.replay import Replay, replayed
from imu_reps.session.run import paced, watched
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import Stop, stopping, until


@click.command(
    cls=WithExamples,
    examples=[
        ("replay left.imu.csv", "the events that live gave"),
        ("replay left.imu.raw", "a raw capture, through the decoder again"),
        ("replay left.imu.csv --screen --speed 1", "on the live screen, in real time"),
        (
            "replay table.csv --movement bridge --leg left --json",
            "a plain table, for scripts",
        ),
    ],
)
@click.argument("file", type=PATH)
@setup_options
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), callback=finite, help="1 is real time."
)
@click.option("--screen", is_flag=True, help="On the live screen; at --speed 1 if none is named.")
@click.option("--plain", is_flag=True, help="Lines, as without --screen.")
@sound_options
@device_option
@json_option
def command(
    file: Path,
    movement: str | None,
    leg: str | None,
    mount: str | None,
    speed: float | None,
    screen: bool,
    plain: bool,
    quiet: bool,
    voice: bool,
    device: str | None,
    as_json: bool,
) -> int:
    """Give the events of FILE, the same that live gave; as fast as possible, or at --speed."""
    if screen and (plain or as_json):
        other = "--plain is lines" if plain else "--json is for scripts"
        raise BadUsage(f"--screen draws and {other}; leave out one of them")
    sound = sound_of(quiet=quiet, voice=voice)
    wishes, known = Wishes(movement, leg, mount), None if device is None else device_named(device)
    with stopping() as stop, replayed(file, wishes, known) as replay:
        say_assumed(replay.setup)
        if screen:
            need_screen()
            _show(replay, speed or 1.0, sound, stop)
            return stop.status
        _in_lines(replay, speed, stop, as_json=as_json)
    return stop.status


def _in_lines(replay: Replay, speed: float | None, stop: Stop, *, as_json: bool) -> None:
    """Its events as lines; where they come at a pace, somebody at the terminal can stop them."""
    playback = Playback(stop)
    stream = replay.samples()
    with ExitStack() as stack:
        if speed is not None:
            stream = paced(stream, speed, playback.clock, playback.sleep)
            if takes_keys() and not as_json:
                stack.enter_context(listening(playback.press, KEYS))
        print_events(replay.events(until(stream, playback.ended)), as_json=as_json)


def _show(replay: Replay, speed: float, sound: Sound, stop: Stop) -> None:
    """Play a recording on the live screen; its summary is printed when that has gone."""
    playback = Playback(stop)
    tempo = replay.setup.movement.tempo
    usual = Target(hold_s=tempo.hold_s or None, tempo=tempo)
    told: list[Event] = []
    with on_screen(sound) as (sinks, shown):
        coach = Coach(free(replay.setup, usual))
        guide = Guide(coach, lambda _kind, _fields: None, playback.clock, sinks)
        guide.begin(None, replay.lost_samples)

        def work() -> None:
            stream = paced(replay.samples(), speed, playback.clock, playback.sleep)
            for event in replay.events(watched(until(stream, playback.ended), guide.take)):
                told.append(event)
                guide.event(event)
            guide.end()

        shown(work, playback.press, KEYS)
    print_events(told[-1:], as_json=False)
