"""A recording played at a pace, on the screen or in lines, for somebody who watches."""

from __future__ import annotations

from contextlib import ExitStack

from imu_reps.commands._options import say
from imu_reps.commands._print import print_events
from imu_reps.commands._show import listening, need_screen, on_screen
from imu_reps.core.events import Event
from imu_reps.display.keyboard import takes_keys
from imu_reps.display.sound.speaker import Sound
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Guide
from imu_reps.session.coaching.playback import KEYS, Playback
from imu_reps.session.planning.plan import Target, free
from imu_reps.session.stopping import Stop, until
from imu_reps.session.stream.replay import Replay
from imu_reps.session.stream.steps import paced, watched

STOPPED, GOES_ON = "paused: space goes on", "on again"


def play_in_lines(replay: Replay, speed: float, stop: Stop, *, as_json: bool) -> None:
    """Its events as lines, which somebody at the terminal can stop."""
    playback = Playback(stop)
    playback.watch(lambda: say(STOPPED if playback.is_stopped else GOES_ON))
    with ExitStack() as stack:
        stream = paced(replay.samples(), speed, playback.clock, playback.sleep)
        if takes_keys() and not as_json:
            stack.enter_context(listening(playback.press, KEYS))
        print_events(replay.events(until(stream, playback.ended)), as_json=as_json)


def play_on_screen(replay: Replay, speed: float, sound: Sound, stop: Stop) -> None:
    """Play a recording on the live screen; its summary is printed when that has gone."""
    need_screen()
    playback = Playback(stop)
    tempo = replay.setup.movement.tempo
    usual = Target(hold_s=tempo.hold_s or None, tempo=tempo)
    told: list[Event] = []
    with on_screen(sound) as (sinks, shown):
        coach = Coach(free(replay.setup, usual))
        guide = Guide(coach, lambda _kind, _fields: None, playback.clock, sinks)
        guide.follow(playback)
        guide.begin(None, replay.lost_samples)

        def work() -> None:
            stream = paced(replay.samples(), speed, playback.clock, playback.sleep)
            for event in replay.events(watched(until(stream, playback.ended), guide.take)):
                told.append(event)
                guide.event(event)
            guide.end()

        shown(work, playback.press, KEYS)
    print_events(told[-1:], as_json=False)
