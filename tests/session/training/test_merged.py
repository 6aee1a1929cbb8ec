"""The events of two sensors at once: one row of sets, one summary."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event, Rep, SetEnd, SetStart, SetTotal, Summary, Warn
from imu_reps.core.words import Leg, Mount
from imu_reps.session.stopping import Stop
from imu_reps.session.training.merged import both

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


def _set(leg: Leg, start_s: float) -> list[Event]:
    names = ("bridge", leg, Mount.THIGH)
    return [
        SetStart(1, *names, start_s),
        Rep(1, 1, *names, start_s, 1, 1, 1, start_s + 3, 30, 1, 60, 40),
        SetEnd(1, 1, 0, start_s + 3),
        Summary((SetTotal(1, *names, 1, 0, start_s, start_s + 3),), 100, start_s, 2),
    ]


def test_the_sets_of_both_legs_are_one_row_and_one_summary() -> None:
    go = threading.Event()

    def left(_: Stop) -> Iterator[Event]:
        yield from _set(LEFT, 5.0)
        go.set()

    def right(_: Stop) -> Iterator[Event]:
        go.wait()
        yield Warn("silent", "the sensor is silent")
        yield from _set(RIGHT, 9.0)

    events = list(both({LEFT: left, RIGHT: right}, lambda: False))
    reps = [(event.leg, event.set) for event in events if isinstance(event, Rep)]
    assert reps == [(LEFT, 1), (RIGHT, 2)]
    assert Warn("silent", "right leg: the sensor is silent") in events
    assert sum(isinstance(event, Summary) for event in events) == 1
    last = events[-1]
    assert isinstance(last, Summary)
    assert [(total.set, total.leg) for total in last.sets] == [(1, LEFT), (2, RIGHT)]
    assert (last.samples, last.duration_s, last.lost_samples) == (200, 9.0, 4)


def test_a_correction_of_one_leg_stands_in_the_summary_of_both() -> None:
    def right(_: Stop) -> Iterator[Event]:
        *events, summary = _set(RIGHT, 9.0)
        assert isinstance(summary, Summary)
        yield from events
        yield replace(summary, corrected=(replace(summary.sets[0], set=0),))

    *_, last = both({LEFT: lambda _: iter(_set(LEFT, 5.0)), RIGHT: right}, lambda: False)
    assert isinstance(last, Summary)
    assert last.corrected is not None
    assert [(one.leg, one.set > 0) for one in last.corrected] == [(LEFT, True), (RIGHT, False)]


def test_what_a_leg_raises_after_its_summary_costs_no_summary() -> None:
    def left(_: Stop) -> Iterator[Event]:
        yield from _set(LEFT, 5.0)
        raise BadInput("a.imu.csv: recording has stopped")

    def right(_: Stop) -> Iterator[Event]:
        yield from _set(RIGHT, 9.0)

    events: list[Event] = []
    with pytest.raises(BadInput, match="has stopped"):
        events.extend(both({LEFT: left, RIGHT: right}, lambda: False))
    # list.extend keeps what came before the error.
    *_, last = events
    assert isinstance(last, Summary)
    assert {total.leg for total in last.sets} == {LEFT, RIGHT}


def test_what_one_leg_raises_stops_the_other_in_order() -> None:
    ended: list[Leg] = []

    def left(stop: Stop) -> Iterator[Event]:
        while not stop():
            time.sleep(0.01)
        ended.append(LEFT)
        yield Summary((), 0, 0.0, 0)

    def right(_: Stop) -> Iterator[Event]:
        yield Warn("x", "y")
        raise BadInput("the disk is gone")

    with pytest.raises(BadInput, match="the disk is gone"):
        list(both({LEFT: left, RIGHT: right}, lambda: False))
    assert ended == [LEFT]
