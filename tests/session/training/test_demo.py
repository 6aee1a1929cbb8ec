"""The demo: a recording a leg, one stream of events, one summary."""

from __future__ import annotations

from pathlib import Path

from imu_reps.core.events import Rep, SetStart, Summary
from imu_reps.core.words import Leg
from imu_reps.movements import movement_named
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.view import View
from imu_reps.session.stream.replay import replay
from imu_reps.session.training.demo import demo_plan, guided_demo


def test_both_legs_of_the_demo_are_one_session(tmp_path: Path) -> None:
    cues: list[Cue] = []
    views: list[View] = []
    now_s = [0.0]

    def clock() -> float:
        now_s[0] += 0.01
        return now_s[0]

    plan = demo_plan(movement_named("bridge"))
    guide = Guide(Coach(plan), lambda _, __: None, clock, Sinks(views.append, cues.append))
    events = list(guided_demo(guide, tmp_path, lambda: lambda _: None, lambda: False))
    starts = [(event.set, event.leg) for event in events if isinstance(event, SetStart)]
    assert starts == [(1, Leg.LEFT), (2, Leg.RIGHT)]
    summaries = [event for event in events if isinstance(event, Summary)]
    assert summaries == events[-1:]
    assert [(total.set, total.leg, total.reps) for total in summaries[0].sets] == [
        (1, Leg.LEFT, 8),
        (2, Leg.RIGHT, 8),
    ]
    told = [cue.text for cue in cues if cue.kind in (Kind.NEXT, Kind.DONE)]
    assert told == ["rest 20 s; now the right leg: move the strap", "all sets are done"]
    assert views[-1].reps == 8
    for leg in Leg:
        again = [event for event in replay(tmp_path / f"{leg}.imu.csv") if isinstance(event, Rep)]
        assert [rep.number for rep in again] == list(range(1, 9))
