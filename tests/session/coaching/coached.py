"""A session in words: seconds pass, reps come, keys are pressed; what was said is remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from imu_reps.core.events import Partial, Rep, SetEnd, SetStart
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import movement_named
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.planning.plan import Exercise, Plan, Target
from imu_reps.session.setup import Setup
from tests.sets import a_partial, a_rep

STEP_S = 0.5
REP_S = 4.0


def bridge(leg: Leg = Leg.LEFT) -> Setup:
    return Setup(movement_named("bridge"), leg, Mount.THIGH)


def planned(sets: int = 2, reps: int = 3, rest_s: float | None = 60.0, **changes: object) -> Plan:
    exercise = Exercise(bridge(), tuple(Leg), sets, Target(reps=reps), rest_s)
    return Plan((replace(exercise, **changes),))  # type: ignore[arg-type]


class Drill:
    """Plays a session to a coach; half a second a step."""

    def __init__(self, plan: Plan, countdown_s: float = 5.0) -> None:
        self.coach = Coach(plan, countdown_s)
        self.now_s = 0.0
        self.cues: list[Cue] = []
        self._set = 0
        self.pass_s(STEP_S)

    def pass_s(self, seconds: float) -> Self:
        for _ in range(round(seconds / STEP_S)):
            self.now_s += STEP_S
            self.cues += self.coach.heard(self.now_s)
        return self

    def silence(self, seconds: float) -> Self:
        self.now_s += seconds
        self.cues += self.coach.passed(self.now_s)
        return self

    def begin(self) -> Self:
        """The counter sees a set begin."""
        self._set += 1
        leg, mount = self.coach.step.leg, Mount.THIGH
        start = SetStart(self._set, "single-leg-bridge", leg, mount, self.now_s)
        self.cues += self.coach.event(start)
        return self

    def reps(self, count: int) -> Self:
        for _ in range(count):
            start_s = self.now_s
            self.pass_s(REP_S)
            self._tell(a_rep(self.coach.step.leg), start_s)
        return self

    def partial(self) -> Self:
        start_s = self.now_s
        self.pass_s(REP_S)
        self._tell(a_partial(self.coach.step.leg, start_s), start_s)
        return self

    def end(self) -> Self:
        """The counter sees the set end: nothing for its twenty seconds."""
        ended_s = self.now_s
        self.pass_s(20.0)
        self.cues += self.coach.event(SetEnd(self._set, 0, 0, ended_s))
        return self

    def note(self, kind: str, **fields: object) -> Self:
        self.cues += self.coach.note(Note(0, kind, dict(fields)))
        return self

    def undo(self) -> Self:
        label = self.coach.tally.undo()
        assert label is not None
        self.cues += self.coach.note(label.note(0))
        return self

    def said(self, kind: Kind) -> list[str]:
        return [cue.text for cue in self.cues if cue.kind is kind]

    def _tell(self, event: Rep | Partial, start_s: float) -> None:
        told = replace(event, set=self._set, start_s=start_s + 0.2, end_s=self.now_s - 0.2)
        self.cues += self.coach.event(told)
