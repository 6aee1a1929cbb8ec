"""Wires a coach to a stream that is being counted: keys in, notes, pictures and cues out.

Everything that a person decides becomes a note in the stream, so that it stands in the recording
and a replay of it shows the same session. All of it runs where the counting runs; a screen and a
loudspeaker get what is ready, and nothing waits for them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Event, Rep, Warn
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples, joined
from imu_reps.core.words import Leg
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.keys import Key
from imu_reps.session.coaching.limb import Limb
from imu_reps.session.coaching.playback import Playback
from imu_reps.session.coaching.view import Status, View, Viewer
from imu_reps.session.planning.plan import Exercise, Step

SHOW_S = 0.05
"""A picture is made so often at the most, no screen draws more; and so often the limb is looked
at, as arithmetic on two samples costs as much as on ten."""

Put = Callable[[str, dict[str, object]], None]
"""Takes a note, by its kind and fields, into the stream."""


@dataclass(frozen=True, slots=True)
class Sinks:
    """Where pictures and cues go."""

    show: Callable[[View], None]
    say: Callable[[Cue], None]


class Guide:
    """One session. `put` takes its notes into the stream; `clock` tells seconds, for the silence
    between samples and how old the last one is.

    To be called where the counting runs, except `press`, which may be called from anywhere.
    """

    def __init__(self, coach: Coach, put: Put, clock: Callable[[], float], sinks: Sinks) -> None:
        self._coach = coach
        self._put = put
        self._clock = clock
        self._sinks = sinks
        self._pressed: deque[Key] = deque()
        self._viewer = Viewer()
        self._limb = _limb(coach.step)
        self._waiting: list[Samples] = []
        self._leg = self._asked_leg = coach.step.leg
        self._status = Status()
        self._lost_samples: Callable[[], int] = lambda: 0
        self._battery_v: Callable[[], float | None] = lambda: None
        self._is_stopped: Callable[[], bool] = lambda: False
        self._last_s, self._heard, self._shown = 0.0, clock(), clock()
        self._is_finished = False

    @property
    def exercise(self) -> Exercise:
        """What is to be recorded now."""
        return self._coach.step.exercise

    @property
    def step(self) -> Step:
        """The set that is under way, or comes next."""
        return self._coach.step

    @property
    def is_finished(self) -> bool:
        """Whether the plan is done, or somebody has had enough."""
        return self._is_finished or self._coach.is_over

    def press(self, key: Key) -> None:
        """A person asks for this; it is done with the next samples, or the next silence."""
        self._pressed.append(key)

    def begin(
        self,
        recording: Path | None,
        lost_samples: Callable[[], int],
        battery_v: Callable[[], float | None] = lambda: None,
    ) -> None:
        """A recording begins, whose times count from 0; the rest is asked for the status line."""
        self._coach.restart_clock()
        self._viewer.restart_clock()
        self._limb, self._leg = _limb(self._coach.step), self._coach.step.leg
        self._waiting = []
        self._asked_leg = self._leg
        self._last_s, self._lost_samples, self._battery_v = 0.0, lost_samples, battery_v
        name = None if recording is None else recording.name
        self._status = replace(self._status, recording=name)

    def take(self, item: Samples | Note) -> None:
        """What comes, just before it is counted."""
        if isinstance(item, Note):
            self._note(item)
        else:
            self._samples(item)
        while self._pressed:
            self._do(self._pressed.popleft())
        if self._coach.step.leg not in (self._leg, self._asked_leg):
            self._ask_leg(self._coach.step.leg.value)
        self._picture()

    def turn_to(self, last_s: float, heard: float) -> None:
        """Another sensor is listened to: its last sample's time, and the clock when that came."""
        self._coach.shift_clock((last_s - heard) - (self._last_s - self._heard))
        self._last_s, self._heard = last_s, heard
        self._follow_leg()

    def event(self, event: Event) -> None:
        """What has been counted, when it has been told."""
        if isinstance(event, Rep):
            self._limb.rep(event)
        if isinstance(event, Warn) and event.code == "gyro_disagrees":
            self._limb.distrust_gyro()
        self._tell(self._coach.event(event))

    def remark(self, kind: Kind, text: str) -> None:
        """Say something that neither the samples nor the events of the leg at work tell."""
        self._tell([Cue(kind, text, self._coach.timer.now_s)])

    def follow(self, playback: Playback) -> None:
        """What is shown is played, and may be stopped: then a picture says so."""
        self._is_stopped = lambda: playback.is_stopped
        playback.watch(self.end)

    def end(self) -> None:
        """Nothing more comes, for now or for good: the last picture."""
        self._shown = -SHOW_S
        self._picture()

    def _ask_leg(self, leg: str) -> None:
        self._asked_leg = Leg(leg)
        self._put("leg", {"leg": leg})

    def _do(self, key: Key) -> None:
        coach = self._coach
        match key:
            case Key.FINISH:
                self._is_finished = True
            case Key.PAUSE:
                self._put("pause" if coach.timer.paused_s is None else "resume", {})
            case Key.LEG:
                self._ask_leg(coach.step.leg.other.value)
            case Key.MARK | Key.REST:
                self._put(key.value, {})
            case Key.UNDO | Key.ADD:
                self._correct(key)

    def _correct(self, key: Key) -> None:
        """Put the label for an undo or an add into the stream, or say why there is none."""
        tally, now_s = self._coach.tally, self._coach.timer.now_s
        try:
            label = tally.undo() if key is Key.UNDO else tally.add(self._limb.trace(), now_s)
        except BadUsage as error:
            self._tell([Cue(Kind.KEY, f"not added: {error}", now_s)])
            return
        if label is None:
            self._tell([Cue(Kind.KEY, "there is nothing to take back", now_s)])
            return
        note = label.note(0)
        self._put(note.kind, note.fields)

    def _note(self, note: Note) -> None:
        self._tell(self._coach.note(note))
        self._follow_leg()

    def _follow_leg(self) -> None:
        if self._coach.step.leg is not self._leg:
            self._leg = self._asked_leg = self._coach.step.leg
            # Another limb, and where there are two, another sensor with a clock of its own.
            self._limb, self._waiting = _limb(self._coach.step), []
            self._viewer.restart_clock()

    def _samples(self, samples: Samples) -> None:
        if not len(samples):
            self._tell(self._coach.passed(self._last_s + self._clock() - self._heard))
            return
        self._last_s, self._heard = float(samples.time_s[-1]), self._clock()
        self._viewer.samples(samples)
        self._waiting.append(samples)
        if self._last_s - self._waiting[0].time_s[0] >= SHOW_S:
            waiting, self._waiting = joined(self._waiting), []
            for moment in self._limb.update(waiting):
                self._viewer.moment(moment)
                self._tell(self._coach.seen(moment))
        self._tell(self._coach.heard(self._last_s))

    def _tell(self, cues: list[Cue]) -> None:
        for cue in cues:
            if cue.kind in (Kind.WARNING, Kind.LOST, Kind.FOUND):
                warning = None if cue.kind is Kind.FOUND else cue.text
                self._status = replace(self._status, warning=warning)
            self._sinks.say(cue)

    def _picture(self) -> None:
        now = self._clock()
        if now - self._shown < SHOW_S:
            return
        self._shown = now
        status = replace(
            self._status,
            rate_hz=self._viewer.rate_hz,
            lost_samples=self._lost_samples(),
            battery_v=self._battery_v(),
            age_s=now - self._heard,
        )
        view = self._viewer.view(self._coach, status)
        self._sinks.show(replace(view, is_paused=view.is_paused or self._is_stopped()))


def _limb(step: Step) -> Limb:
    setup = step.exercise.setup
    return Limb(setup.movement.view(setup.mount), step.target.hold_s or 0.0)
