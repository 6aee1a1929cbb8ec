"""What is played can be stopped, and says so."""

from __future__ import annotations

from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.keys import Key
from imu_reps.session.coaching.playback import Playback
from imu_reps.session.coaching.view import View
from tests.session.coaching.coached import planned


def test_who_waits_is_told_of_a_stop_and_of_its_end() -> None:
    playback = Playback(lambda: False)
    told: list[bool] = []

    def changed() -> None:
        told.append(playback.is_stopped)
        if playback.is_stopped:
            playback.press(Key.PAUSE)

    playback.watch(changed)
    playback.press(Key.PAUSE)
    assert told == []
    playback.sleep(0.05)
    assert told == [True, False]


def test_a_stop_is_a_picture() -> None:
    playback = Playback(lambda: False)
    views: list[View] = []

    def show(view: View) -> None:
        views.append(view)
        if view.is_paused:
            playback.press(Key.PAUSE)

    guide = Guide(Coach(planned()), lambda _, __: None, playback.clock, Sinks(show, lambda _: None))
    guide.follow(playback)
    playback.press(Key.PAUSE)
    playback.sleep(0.05)
    assert [view.is_paused for view in views] == [True, False]
