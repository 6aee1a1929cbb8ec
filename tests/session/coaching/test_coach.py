"""Being led through a session."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.events import Warn
from imu_reps.core.words import Leg
from imu_reps.session.coaching.coach import AFTER_S
from imu_reps.session.coaching.cues import Kind
from imu_reps.session.coaching.limb import Moment, Phase
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.planning.plan import Target, free
from tests.session.coaching.coached import Drill, bridge, planned
from tests.sets import a_rep


def test_a_whole_session_of_both_legs() -> None:
    drill = Drill(planned(sets=2, reps=3))
    for _ in range(4):
        drill.begin().reps(3).end().pass_s(60.0)
    assert drill.said(Kind.LAST_REP) == ["3, set done"] * 4
    assert drill.said(Kind.NEXT) == [
        "rest 60 s; next: left leg, set 2 of 2",
        "rest 60 s; now the right leg: move the strap",
        "rest 60 s; next: right leg, set 2 of 2",
    ]
    assert drill.said(Kind.REST_OVER) == [
        "rest over: left leg, set 2 of 2",
        "rest over: right leg, set 1 of 2",
        "rest over: right leg, set 2 of 2",
    ]
    assert drill.said(Kind.DONE) == ["all sets are done"]
    assert drill.coach.is_over


def test_alternating_legs() -> None:
    steps = planned(sets=2, order="alternating").steps()
    assert [(step.leg.value, step.number) for step in steps] == [
        ("left", 1),
        ("right", 1),
        ("left", 2),
        ("right", 2),
    ]


def test_the_countdown_is_said_and_then_it_is_one_s_own_time() -> None:
    drill = Drill(planned())
    drill.pass_s(5.0)
    assert drill.said(Kind.TICK) == ["3", "2", "1"]
    assert drill.said(Kind.REST_OVER) == ["ready: left leg, set 1 of 2"]
    assert drill.coach.stage is Stage.READY


def test_who_begins_before_the_countdown_is_over_is_counted() -> None:
    drill = Drill(planned()).begin().reps(1)
    assert drill.said(Kind.BEGIN) == ["left leg, set 1 of 2 begins"]
    assert drill.said(Kind.REP) == ["1, 2 to go"]


def test_the_rest_runs_from_the_end_of_the_last_rep() -> None:
    drill = Drill(planned(rest_s=30.0)).begin().reps(3)
    assert drill.coach.timer.left_s == pytest.approx(30.0, abs=0.3)
    drill.pass_s(10.0)
    assert drill.coach.timer.left_s == pytest.approx(20.0, abs=0.3)


def test_the_leg_changes_when_the_counter_has_closed_the_set() -> None:
    drill = Drill(planned(sets=1)).begin().reps(3)
    legs = [drill.coach.step.leg, drill.end().coach.step.leg]
    assert legs == [Leg.LEFT, Leg.RIGHT]


def test_a_short_rest_ends_the_set_although_the_counter_has_not() -> None:
    drill = Drill(planned(sets=2, rest_s=5.0)).begin().reps(3).pass_s(6.0)
    assert drill.coach.stage is Stage.READY
    drill.reps(1)
    assert (drill.coach.step.number, drill.coach.tally.reps) == (2, 1)


def test_a_rep_of_the_leg_before_is_none_of_the_leg_that_is_next() -> None:
    drill = Drill(planned(sets=1, rest_s=5.0)).begin().reps(3).pass_s(6.0)
    assert drill.coach.step.leg is Leg.RIGHT
    late = replace(a_rep(Leg.LEFT), end_s=drill.now_s)
    assert drill.coach.event(late) == []
    drill.end()
    assert (drill.coach.stage, drill.coach.tally.reps) == (Stage.READY, 0)
    assert not drill.said(Kind.DONE)


def test_one_rep_more_than_planned_belongs_to_its_set() -> None:
    drill = Drill(planned()).begin().reps(4)
    assert drill.said(Kind.REP)[-1] == "4, 1 more than planned"
    assert drill.coach.tally.reps == 4
    assert drill.coach.timer.left_s == pytest.approx(60.0, abs=0.3)


def test_a_set_that_ends_early_is_followed_by_its_rest() -> None:
    drill = Drill(planned()).begin().reps(2).end()
    assert drill.said(Kind.KEY) == ["set ended at 2 reps"]
    assert drill.coach.step.number == 2
    assert drill.coach.timer.left_s == pytest.approx(40.0, abs=0.3)


def test_partials_are_told_and_do_not_count() -> None:
    drill = Drill(planned()).begin().reps(1).partial()
    assert drill.said(Kind.PARTIAL) == ["partial: too short, not counted"]
    assert (drill.coach.tally.reps, drill.coach.tally.partials) == (1, 1)


def test_undo_after_the_last_rep_takes_the_set_up_again() -> None:
    drill = Drill(planned()).begin().reps(3).undo()
    assert drill.coach.stage is Stage.SET
    assert drill.said(Kind.KEY) == ["taken back: 2"]
    drill.reps(1)
    assert drill.said(Kind.LAST_REP) == ["3, set done"] * 2


def test_a_rep_that_is_given_back_is_told_in_words() -> None:
    drill = Drill(planned()).begin().reps(2).undo().note("label", action="undo")
    assert drill.said(Kind.KEY) == ["taken back: 1", "added: 2"]


def test_a_pause_stops_the_rest() -> None:
    drill = Drill(planned()).begin().reps(3).pass_s(10.0)
    left_s = drill.coach.timer.left_s
    drill.note("pause").pass_s(100.0)
    assert drill.coach.timer.left_s == left_s
    drill.note("resume").pass_s(1.0)
    assert drill.coach.timer.left_s == pytest.approx((left_s or 0) - 1.0)


def test_a_long_pause_in_a_set_does_not_end_it() -> None:
    drill = Drill(planned()).begin().reps(2).note("pause").pass_s(60.0).note("resume").end()
    assert drill.coach.stage is Stage.SET
    drill.begin().reps(1)
    assert drill.said(Kind.LAST_REP) == ["3, set done"]


def test_rest_now_ends_the_set() -> None:
    drill = Drill(planned()).begin().reps(1).note("rest")
    assert drill.coach.stage is Stage.REST
    assert drill.coach.timer.left_s == 60.0


def test_the_other_leg_first_and_this_one_afterwards() -> None:
    drill = Drill(planned(sets=1)).pass_s(6.0).note("leg", leg="right")
    assert drill.said(Kind.NEXT) == ["now the right leg: move the strap"]
    drill.begin().reps(3).end()
    assert drill.coach.step.leg is Leg.LEFT


def test_a_silent_sensor_is_told_once_and_its_return_too() -> None:
    drill = Drill(planned()).silence(1.5).silence(5.0).pass_s(0.5)
    assert len(drill.said(Kind.LOST)) == 1
    assert drill.said(Kind.FOUND) == ["the sensor is back"]


def test_the_rest_goes_on_while_the_sensor_is_silent() -> None:
    drill = Drill(planned()).begin().reps(3).end().silence(50.0)
    assert drill.coach.stage is Stage.READY


def test_without_a_plan_sets_are_counted_as_they_come() -> None:
    drill = Drill(free(bridge())).begin().reps(2).end().begin().reps(3)
    assert drill.said(Kind.REP) == ["1", "2", "1", "2", "3"]
    assert (drill.coach.step.number, drill.coach.timer.left_s) == (2, None)
    assert not drill.coach.is_over


def test_without_a_plan_the_sets_of_each_leg_are_numbered() -> None:
    drill = Drill(free(bridge()))
    for leg in ("left", "right", "left", "right"):
        drill.note("leg", leg=leg).begin().reps(2).end()
    assert drill.said(Kind.BEGIN) == [
        f"{leg} leg, set {number} begins" for number in (1, 2) for leg in Leg
    ]


def test_warnings_are_passed_on() -> None:
    drill = Drill(planned())
    assert drill.coach.event(Warn("blind_mount", "the thigh sees nothing"))[0].kind is Kind.WARNING


def _held(hold_s: float, phase: Phase = Phase.HOLD, *, astray: bool = False) -> Moment:
    return Moment(np.array([1.0]), np.array([30.0]), phase, hold_s, astray)


def test_a_finished_plan_ends_some_seconds_after_it_was_told() -> None:
    drill = Drill(planned(sets=1, reps=3, legs=(Leg.LEFT,))).begin()
    # The counter is sure of all of them only after a while.
    drill.pass_s(20)
    for number in range(1, 4):
        drill.cues += drill.coach.event(a_rep(Leg.LEFT, number, start_s=0.0, end_s=4.0 * number))
    assert drill.said(Kind.DONE) == ["all sets are done"]
    assert not drill.coach.is_over
    assert drill.pass_s(AFTER_S).coach.is_over


def test_a_finished_plan_does_not_end_in_the_middle_of_a_rep() -> None:
    drill = Drill(planned(sets=1, reps=3, legs=(Leg.LEFT,))).begin().reps(3)
    drill.coach.seen(_held(0.0, Phase.OUT))
    assert not drill.pass_s(AFTER_S + 2).coach.is_over
    drill.coach.seen(_held(0.0, Phase.OUT, astray=True))
    assert drill.coach.is_over
    drill.coach.seen(_held(0.0, Phase.OUT))
    assert drill.pass_s(20).coach.is_over


def test_the_hold_is_said_once_when_it_is_long_enough() -> None:
    drill = Drill(planned(target=Target(reps=3, hold_s=2.0))).begin()
    cues = [cue for s in (1.0, 1.9, 2.0, 2.1) for cue in drill.coach.seen(_held(s))]
    assert [cue.kind for cue in cues] == [Kind.HOLD]
    drill.coach.seen(_held(0.0, Phase.REST))
    assert [cue.kind for cue in drill.coach.seen(_held(2.0))] == [Kind.HOLD]


def test_no_hold_is_said_before_the_limb_has_gone_out_and_come_back() -> None:
    drill = Drill(planned(target=Target(reps=3, hold_s=2.0))).pass_s(5.0)
    getting_into_place = [_held(0.0, Phase.OUT), _held(2.1), _held(4.0), _held(0.0, Phase.REST)]
    assert [cue for moment in getting_into_place for cue in drill.coach.seen(moment)] == []
    for phase in (Phase.OUT, Phase.HOLD, Phase.BACK, Phase.REST, Phase.OUT):
        assert drill.coach.seen(_held(0.0, phase)) == []
    assert [cue.kind for cue in drill.coach.seen(_held(2.1))] == [Kind.HOLD]


def test_lying_down_is_no_hold() -> None:
    drill = Drill(planned(target=Target(hold_s=2.0))).begin()
    assert drill.coach.seen(_held(3.0, astray=True)) == []


def test_what_is_seen_before_a_set_is_sure_is_shown_and_not_counted() -> None:
    drill = Drill(planned()).pass_s(5.0)
    for phase in (Phase.OUT, Phase.HOLD, Phase.BACK, Phase.REST) * 2:
        drill.coach.seen(_held(0.0, phase))
    assert (drill.coach.likely, drill.coach.tally.reps) == (2, 0)
    drill.begin().reps(2)
    assert (drill.coach.likely, drill.coach.tally.reps) == (0, 2)


def test_who_walks_away_has_not_come_back() -> None:
    drill = Drill(planned()).pass_s(5.0)
    drill.coach.seen(_held(0.0, Phase.BACK, astray=True))
    drill.coach.seen(_held(0.0, Phase.REST, astray=True))
    assert drill.coach.likely == 0
