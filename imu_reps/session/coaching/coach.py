"""Leads through a session: moments, events and notes in, a state and cues out; no clock, no I/O.

The counter decides what a rep is and where its sets end. The coach decides when a set of the plan
has enough of them, when the next one is due, and what is to be said. Time comes from the samples.
"""

from __future__ import annotations

from collections.abc import Callable

from imu_reps.core.events import Attempt, Event, Partial, Rep, SetEnd, SetStart, Warn
from imu_reps.core.frames import Note
from imu_reps.core.words import many
from imu_reps.counting.limits import LONGEST_S
from imu_reps.formats.notes import LABEL
from imu_reps.session.coaching.course import Course
from imu_reps.session.coaching.cues import Cue, Kind, change_text, step_text
from imu_reps.session.coaching.limb import Moment, Phase
from imu_reps.session.coaching.stage import LOST_CODES, Stage
from imu_reps.session.coaching.tally import Tally
from imu_reps.session.coaching.timer import Timer
from imu_reps.session.planning.plan import REST_S, Plan, Step

COUNTDOWN_S = 5.0
"""To lie down in, before the first set; reps count from the first sample on all the same."""

AFTER_S = 5.0
"""After the last rep of all has been told: for one more, or an undo."""

SILENT_S = 1.0
"""A sensor that says nothing for so long is told of."""


class Coach:
    """One session by a plan. Each method returns the cues that have become due."""

    def __init__(self, plan: Plan, countdown_s: float = COUNTDOWN_S) -> None:
        self._course = Course(plan)
        self.stage = Stage.COUNTDOWN
        self.tally = Tally(self.step)
        self.timer = Timer()
        self.moment: Moment | None = None
        self.is_lost = False
        self.told = ""
        """What to do now, in words."""
        self.likely = 0
        """Ways out and back that the limb has made since one is ready: not counted, nor told."""
        self._countdown_s = countdown_s
        self._heard_s = 0.0
        self._held = False
        self._goes_on = False
        if plan.is_open:
            self._go(Stage.READY, "begin when you are ready")
        else:
            self._go(Stage.COUNTDOWN, "get into position")

    @property
    def step(self) -> Step:
        """The set that is under way, or comes next."""
        return self._course.step

    @property
    def upcoming(self) -> Step | None:
        """The set after this one; None after the last."""
        return self._course.upcoming

    @property
    def is_over(self) -> bool:
        """Whether the plan is done, nothing is waited for, and no rep is under way."""
        goes_on = self.moment is not None and self.moment.is_in_a_rep
        return self.stage is Stage.OVER and self.timer.is_over(LONGEST_S if goes_on else 0.0)

    def restart_clock(self) -> None:
        """A new recording begins: its times count from 0 again."""
        self.timer.restart()
        self._heard_s = 0.0
        self.tally = Tally(self.step)

    def seen(self, moment: Moment) -> list[Cue]:
        """What the limb does just now: is the hold long enough?"""
        self._look_for_return(moment)
        self.moment = moment
        target_s = self.step.target.hold_s
        if moment.phase is not Phase.HOLD:
            self._held = False
        elif target_s is not None and moment.hold_s >= target_s and not self._held:
            self._held = True
            if self._is_at_work and not moment.astray and self.timer.paused_s is None:
                return [self._cue(Kind.HOLD, "hold reached: come back")]
        return []

    @property
    def _is_at_work(self) -> bool:
        """Whether reps are being done; who goes out for the first time may only get into place."""
        return self.stage is Stage.SET or (self.stage is Stage.READY and self.likely > 0)

    def _look_for_return(self, moment: Moment) -> None:
        before = self.moment.phase if self.moment else Phase.REST
        back = before is Phase.BACK and moment.phase in (Phase.REST, Phase.OUT)
        if back and self._between and not moment.astray:
            self.likely += 1

    def shift_clock(self, by_s: float) -> None:
        """Another sensor is listened to, whose time is so much later than that of the last one."""
        self.timer.shift(by_s)
        self._heard_s += by_s
        self.is_lost = False

    def heard(self, time_s: float) -> list[Cue]:
        """A sample of this time has come."""
        self._heard_s = time_s
        back = [self._cue(Kind.FOUND, "the sensor is back")] if self.is_lost else []
        self.is_lost = False
        return back + self.passed(time_s)

    def passed(self, time_s: float) -> list[Cue]:
        """It is so late now, whether samples come or not."""
        self.timer.now_s = max(self.timer.now_s, time_s)
        if self.stage is Stage.COUNTDOWN and self.timer.until_s is None:
            self.timer.until_s = time_s + self._countdown_s
        return self._silence() + self._time()

    def event(self, event: Event) -> list[Cue]:
        """What the counter says."""
        match event:
            case Rep() | Partial() | SetStart() if event.leg is not self.step.leg:
                # The leg before was still moving when the strap was to change legs.
                return []
            case Rep() | Partial():
                return self._attempt(event)
            case SetStart():
                return self._begin() if self._between else []
            case SetEnd():
                return self._set_end(event)
            case Warn():
                return self._warning(event)
        return []

    def note(self, note: Note) -> list[Cue]:
        """What a key, or the sensor, has put into the recording."""
        answers: dict[str, Callable[[Note], list[Cue]]] = {
            LABEL: self._label,
            "leg": self._leg,
            "pause": self._pause,
            "resume": self._resume,
            "rest": self._rest,
            "mark": lambda _: [self._cue(Kind.KEY, "marked")],
        }
        answer = answers.get(note.kind)
        return answer(note) if answer else []

    @property
    def _between(self) -> bool:
        """Whether the set of this step has still to begin."""
        return self.stage in (Stage.COUNTDOWN, Stage.READY) or (
            self.stage is Stage.REST and not self.tally.attempts
        )

    def _cue(self, kind: Kind, text: str) -> Cue:
        return Cue(kind, text, self.timer.now_s)

    def _go(self, stage: Stage, told: str, until_s: float | None = None) -> None:
        self.stage, self.told, self.likely = stage, told, 0
        self.timer.wait(until_s)

    def _begin(self) -> list[Cue]:
        self._go(Stage.SET, "")
        return [self._cue(Kind.BEGIN, f"{step_text(self.step)} begins")]

    def _attempt(self, attempt: Attempt) -> list[Cue]:
        begun = self._begin() if self._between else []
        before, self._goes_on = self.tally.reps, False
        self.tally.count(attempt)
        if isinstance(attempt, Partial):
            return [*begun, self._cue(Kind.PARTIAL, "partial: too short, not counted")]
        return begun + (self._counted(attempt.end_s) if self.tally.reps > before else [])

    def _counted(self, end_s: float) -> list[Cue]:
        """One rep more: what is left to do."""
        reps, wanted = self.tally.reps, self.step.target.reps
        if wanted is None or reps < wanted:
            self.told = "" if wanted is None else f"{wanted - reps} to go"
            return [self._cue(Kind.REP, ", ".join(filter(None, [str(reps), self.told])))]
        if self.stage is Stage.SET:
            return [self._cue(Kind.LAST_REP, f"{reps}, set done"), *self._set_done(end_s)]
        if self.timer.until_s is not None:
            self.timer.until_s = max(self.timer.until_s, self._waits_until_s(end_s))
        return [self._cue(Kind.REP, f"{reps}, {reps - wanted} more than planned")]

    def _waits_until_s(self, end_s: float) -> float:
        """How long is waited after a rep that ended then and is told now."""
        is_over = self.stage is Stage.OVER
        return self.timer.now_s + AFTER_S if is_over else end_s + (self.step.exercise.rest_s or 0.0)

    def _set_done(self, end_s: float) -> list[Cue]:
        upcoming = self.upcoming
        if upcoming is None:
            self._go(Stage.OVER, "all sets are done", self.timer.now_s + AFTER_S)
            return [self._cue(Kind.DONE, "all sets are done")]
        rest_s = self.step.exercise.rest_s
        change = change_text(self.step, upcoming)
        if rest_s is None:
            self._go(Stage.REST, change or "rest; begin when you are ready")
            return [] if change is None else [self._cue(Kind.NEXT, change)]
        told = change or f"next: {step_text(upcoming)}"
        self._go(Stage.REST, told, end_s + rest_s)
        return [self._cue(Kind.NEXT, f"rest {rest_s:.0f} s; {told}")]

    def _set_end(self, event: SetEnd) -> list[Cue]:
        """The counter has closed its set: nothing more can come for this step."""
        cues: list[Cue] = []
        if self._goes_on:
            # A pause was too long for the counter; for the person it is the same set.
            self._goes_on = False
            return cues
        if self.stage is Stage.SET and self.tally.attempts:
            told = f"set ended at {many(self.tally.reps, 'rep')}"
            cues = [self._cue(Kind.KEY, told), *self._set_done(event.time_s)]
        if self.stage is Stage.REST and self.tally.attempts:
            self._advance()
        return cues

    def _advance(self) -> None:
        """The next step is the one that counts from now on."""
        if self._course.advance():
            self.tally.begin(self.step)

    def _warning(self, warning: Warn) -> list[Cue]:
        is_news = warning.code in LOST_CODES and not self.is_lost
        self.is_lost = self.is_lost or is_news
        return [self._cue(Kind.LOST if is_news else Kind.WARNING, warning.text)]

    def _silence(self) -> list[Cue]:
        if self.is_lost or self.timer.now_s - self._heard_s <= SILENT_S:
            return []
        self.is_lost = True
        return [self._cue(Kind.LOST, "the sensor is silent: check its cable and its power")]

    def _time(self) -> list[Cue]:
        second = None if self.stage is Stage.OVER else self.timer.tick()
        if second is None:
            return []
        return [self._cue(Kind.TICK, str(second))] if second else self._ready()

    def _ready(self) -> list[Cue]:
        over = "rest over" if self.stage is Stage.REST else "ready"
        if self.tally.attempts:
            self._advance()
        self._go(Stage.READY, "begin when you are ready")
        return [self._cue(Kind.REST_OVER, f"{over}: {step_text(self.step)}")]

    def _pause(self, _note: Note) -> list[Cue]:
        self.timer.pause()
        return [self._cue(Kind.KEY, "paused: nothing counts until space is pressed again")]

    def _resume(self, _note: Note) -> list[Cue]:
        self.timer.resume()
        self._goes_on = self.stage is Stage.SET
        return [self._cue(Kind.KEY, "on again")]

    def _rest(self, _note: Note) -> list[Cue]:
        if self.stage is Stage.OVER:
            return []
        if self.stage is Stage.SET and self.tally.attempts:
            return self._set_done(self.timer.now_s)
        rest_s = self.step.exercise.rest_s or REST_S
        self._go(Stage.REST, f"next: {step_text(self.step)}", self.timer.now_s + rest_s)
        return [self._cue(Kind.NEXT, f"rest {rest_s:.0f} s")]

    def _leg(self, note: Note) -> list[Cue]:
        before, leg = self.step, note.leg
        if leg is before.leg:
            return []
        if not self.tally.attempts:
            self._course.put_off()
        self._course.change_leg(leg, self.tally.sets_of(leg) + 1)
        self.tally.begin(self.step)
        self._go(Stage.READY, "begin when you are ready")
        return [self._cue(Kind.NEXT, change_text(before, self.step) or step_text(self.step))]

    def _label(self, note: Note) -> list[Cue]:
        before = self.tally.reps
        self.tally.label(note)
        reps, wanted = self.tally.reps, self.step.target.reps
        if reps > before:
            cues = self._begin() if self._between else []
            return [*cues, self._cue(Kind.KEY, f"added: {reps}"), *self._counted(self.timer.now_s)]
        if wanted is not None and before >= wanted > reps:
            self._go(Stage.SET, f"{wanted - reps} to go")
        where = "" if reps < before else " in the set before"
        return [self._cue(Kind.KEY, f"taken back{where}: {reps}")]
