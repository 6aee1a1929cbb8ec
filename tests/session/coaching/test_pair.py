"""One guide for two sensors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imu_reps.core.events import SetEnd, SetStart, Warn
from imu_reps.core.frames import Frames, Note
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.guide import Sinks
from imu_reps.session.coaching.keys import Key
from imu_reps.session.coaching.pair import Pair
from imu_reps.session.planning.plan import Plan, free
from tests.legs import Leg
from tests.session.coaching.coached import bridge, planned
from tests.sets import a_rep

LEFT, RIGHT = Side.LEFT, Side.RIGHT


class Two:
    """Two legs that rest, and what is said."""

    def __init__(self, plan: Plan) -> None:
        self.cues: list[Cue] = []
        self._now_s = 0.0
        sinks = Sinks(lambda _: None, self.cues.append)
        self.coach = Coach(plan)
        self.pair = Pair(self.coach, lambda: self._now_s, sinks)
        self._rest = Leg().rest(60).samples()
        self._row = {LEFT: 0, RIGHT: 0}

    def samples(self, leg: Side, rows: int = 20) -> None:
        first = self._row[leg]
        self.pair.sink(leg)(self._rest[first : first + rows])
        self._row[leg] = first + rows

    def begins(self, leg: Side, number: int) -> None:
        self.pair.event(SetStart(number, "single-leg-bridge", leg, Mount.THIGH, 1.0))
        self.pair.event(replace(a_rep(leg, number), set=number))

    def notes(self, leg: Side) -> list[str]:
        """What has been put into the leg's recording."""
        noted = self.pair.inboxes[leg].noted(iter([Note(0, "mark")]))
        return [item.kind for item in noted if not isinstance(item, Frames)][1:]

    def said(self, kind: Kind) -> list[str]:
        return [cue.text for cue in self.cues if cue.kind is kind]


def test_the_leg_that_begins_a_set_is_at_work() -> None:
    two = Two(free(bridge()))
    two.samples(LEFT)
    two.samples(RIGHT)
    two.begins(RIGHT, 1)
    assert two.pair.guide.step.leg is RIGHT
    two.samples(RIGHT)
    two.begins(LEFT, 2)
    assert two.pair.guide.step.leg is LEFT
    assert two.said(Kind.REP) == ["1", "1"]


def test_no_strap_is_moved_and_no_leg_note_written() -> None:
    plan = planned(sets=1, reps=1, sensors=2)
    two = Two(plan)
    two.samples(LEFT)
    two.begins(LEFT, 1)
    two.pair.event(SetEnd(1, 1, 0, 14.0))
    two.samples(LEFT)
    assert two.said(Kind.NEXT) == ["rest 60 s; now the right leg"]
    assert two.pair.guide.step.leg is RIGHT
    assert (two.notes(LEFT), two.notes(RIGHT)) == ([], [])


def test_a_correction_stands_in_the_recording_of_its_leg_and_a_pause_in_both() -> None:
    two = Two(free(bridge()))
    two.samples(LEFT)
    two.begins(RIGHT, 1)
    two.pair.guide.press(Key.UNDO)
    two.pair.guide.press(Key.PAUSE)
    two.samples(RIGHT)
    assert (two.notes(LEFT), two.notes(RIGHT)) == (["pause"], ["label", "pause"])


def _counts(two: Two, leg: Side, start_s: float) -> None:
    two.pair.event(replace(a_rep(leg), start_s=start_s, end_s=start_s + 4.0))


def test_a_rep_counts_where_the_sensor_of_its_leg_came_later() -> None:
    """Its recording's times are so much less than those of the other leg's."""
    two = Two(planned(sets=1, reps=2, rest_s=None, sensors=2))
    for start_s in (90.0, 95.0):
        _counts(two, LEFT, start_s)
    two.pair.event(SetEnd(1, 2, 0, 99.0))
    two.pair.event(SetStart(1, "single-leg-bridge", RIGHT, Mount.THIGH, 70.0))
    _counts(two, RIGHT, 70.0)
    assert two.coach.tally.reps == 1


def test_a_key_takes_back_no_rep_of_another_recording() -> None:
    two = Two(planned(sets=1, reps=1, rest_s=None, sensors=2))
    two.samples(LEFT)
    _counts(two, LEFT, 1.0)
    two.pair.event(SetEnd(1, 1, 0, 5.0))
    two.samples(RIGHT)
    two.pair.guide.press(Key.UNDO)
    two.samples(RIGHT)
    assert (two.notes(LEFT), two.notes(RIGHT)) == ([], [])
    assert two.said(Kind.KEY) == ["there is nothing to take back"]


def test_a_sensor_that_came_later_is_not_called_lost() -> None:
    two = Two(free(bridge()))
    for _ in range(50):
        two.samples(LEFT, 100)
    two.samples(RIGHT)
    two.begins(RIGHT, 1)
    for _ in range(20):
        two.samples(RIGHT)
    assert two.said(Kind.LOST) == two.said(Kind.FOUND) == []


def test_a_rest_is_as_long_where_the_next_sensor_came_later() -> None:
    two = Two(planned(sets=1, reps=1, sensors=2))
    for _ in range(50):
        two.samples(LEFT, 100)
    two.samples(RIGHT)
    two.begins(LEFT, 1)
    two.pair.event(SetEnd(1, 1, 0, 14.0))
    two.samples(LEFT)
    assert two.pair.guide.step.leg is RIGHT
    left_s = two.coach.timer.left_s
    assert left_s is not None
    for _ in range(5):
        two.samples(RIGHT, 100)
    assert two.coach.timer.left_s == pytest.approx(left_s - 5.0, abs=1.0)


def test_a_leg_that_is_silent_is_back_when_it_is_and_not_when_the_other_sends() -> None:
    two = Two(free(bridge()))
    two.samples(LEFT)
    silent = {"code": "silent", "text": "the sensor is silent"}
    two.pair.sink(RIGHT)(Note(0, "warning", dict(silent)))
    two.pair.event(Warn("silent", "right leg: the sensor is silent"))
    two.samples(LEFT)
    assert two.said(Kind.LOST) == ["right leg: the sensor is silent"]
    assert two.said(Kind.FOUND) == []
    two.samples(RIGHT)
    two.samples(RIGHT)
    assert two.said(Kind.FOUND) == ["right leg: the sensor is back"]


def test_the_leg_at_work_is_lost_and_found_as_one_sensor_is() -> None:
    two = Two(free(bridge()))
    two.samples(LEFT)
    two.pair.sink(LEFT)(Note(0, "warning", {"code": "silent", "text": "the sensor is silent"}))
    two.pair.event(Warn("silent", "left leg: the sensor is silent"))
    two.samples(RIGHT)
    assert two.coach.is_lost
    two.samples(LEFT)
    assert not two.coach.is_lost
    assert two.said(Kind.FOUND) == ["the sensor is back"]
