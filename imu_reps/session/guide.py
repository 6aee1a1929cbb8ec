"""Wires a coach into a stream on its way to be counted: keys in, notes, pictures and cues out.

Everything that a person decides becomes a note in the stream, so that it stands in the recording
and a replay of it shows the same session. All of it runs where the counting runs; a screen and a
loudspeaker get what is ready, and nothing waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Event, Rep, Warn
from imu_reps.core.frames import Frames, Note
from imu_reps.core.movement import View as Sighted
from imu_reps.core.samples import Samples
from imu_reps.session.coach import Coach
from imu_reps.session.cues import Cue, Kind
from imu_reps.session.keys import Key, Keys
from imu_reps.session.limb import Limb
from imu_reps.session.plan import Exercise, Step
from imu_reps.session.view import Status, View, Viewer

SHOW_S = 0.05
"""A picture is made so often at the most: no screen draws more."""


class Guide:
    """One session. `show` is given pictures, `say` cues; `clock` tells seconds for the silence
    between samples, and how old the last one is.
    """

    def __init__(
        self,
        coach: Coach,
        keys: Keys,
        clock: Callable[[], float],
        show: Callable[[View], None],
        say: Callable[[Cue], None],
    ) -> None:
        self._coach = coach
        self._keys = keys
        self._clock = clock
        self._show = show
        self._say = say
        self._viewer = Viewer()
        self._limb = _limb(coach.step)
        self._leg = coach.step.leg
        self._status = Status()
        self._lost_samples: Callable[[], int] = lambda: 0
        self._last_s, self._heard, self._shown = 0.0, clock(), clock()
        self.is_finished = False

    @property
    def exercise(self) -> Exercise:
        """What is to be recorded now."""
        return self._coach.step.exercise

    def begin(self, recording: Path | None, lost_samples: Callable[[], int]) -> None:
        """A recording begins, whose times count from 0."""
        self._coach.restart_clock()
        self._viewer.restart_clock()
        self._limb, self._leg = _limb(self._coach.step), self._coach.step.leg
        self._last_s, self._lost_samples = 0.0, lost_samples
        name = None if recording is None else recording.name
        self._status = replace(self._status, recording=name)

    def warn(self, text: str) -> None:
        """Something a person should know of the sensor."""
        self._tell([Cue(Kind.WARNING, text, self._coach.now_s)])

    def battery(self, percent: float) -> None:
        """What the sensor says of its battery."""
        self._status = replace(self._status, battery_percent=percent)

    def keyed(self, frames: Iterable[Frames | Note]) -> Iterator[Frames | Note]:
        """The stream with the notes of what was decided; it ends with the session or exercise."""
        host_us = 0
        exercise = self.exercise
        for item in frames:
            yield item
            if isinstance(item, Note):
                host_us = item.host_us
            elif len(item):
                host_us = int(item.host_us[-1])
            for key in self._keys.taken():
                self.is_finished = self.is_finished or key is Key.FINISH
                yield from self._notes(key, host_us)
            self.is_finished = self.is_finished or self._coach.is_over
            if self.is_finished or self.exercise is not exercise:
                return
            if self._coach.step.leg is not self._leg:
                yield Note(host_us, "leg", {"leg": self._coach.step.leg.value})

    def watching(self, stream: Iterable[Samples | Note]) -> Iterator[Samples | Note]:
        """The stream, untouched; the coach sees each piece before it is counted."""
        for item in stream:
            if isinstance(item, Note):
                self._note(item)
            else:
                self._samples(item)
            yield item
            self._picture()

    def events(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, untouched."""
        for event in events:
            if isinstance(event, Rep):
                self._limb.rep(event)
            if isinstance(event, Warn) and event.code == "gyro_disagrees":
                self._limb.distrust_gyro()
            yield event
            self._tell(self._coach.event(event))
        self._picture(at_once=True)

    def _notes(self, key: Key, host_us: int) -> Iterator[Note]:
        coach = self._coach
        match key:
            case Key.PAUSE:
                yield Note(host_us, "pause" if coach.paused_s is None else "resume")
            case Key.LEG:
                yield Note(host_us, "leg", {"leg": coach.step.leg.other.value})
            case Key.MARK:
                yield Note(host_us, "mark")
            case Key.REST:
                yield Note(host_us, "rest")
            case Key.UNDO | Key.ADD:
                yield from self._labels(key, host_us)

    def _labels(self, key: Key, host_us: int) -> Iterator[Note]:
        tally = self._coach.tally
        try:
            label = (
                tally.undo()
                if key is Key.UNDO
                else tally.add(self._limb.trace(), self._coach.now_s)
            )
        except BadUsage as error:
            self._tell([Cue(Kind.KEY, f"not added: {error}", self._coach.now_s)])
            return
        if label is None:
            self._tell([Cue(Kind.KEY, "there is nothing to take back", self._coach.now_s)])
        else:
            yield label.note(host_us)

    def _note(self, note: Note) -> None:
        self._tell(self._coach.note(note))
        if self._coach.step.leg is not self._leg:
            self._leg = self._coach.step.leg
            self._limb.restart(_seen(self._coach.step))

    def _samples(self, samples: Samples) -> None:
        if not len(samples):
            self._tell(self._coach.passed(self._last_s + self._clock() - self._heard))
            return
        self._last_s, self._heard = float(samples.time_s[-1]), self._clock()
        self._viewer.samples(samples)
        for moment in self._limb.update(samples):
            self._viewer.moment(moment)
            self._tell(self._coach.seen(moment))
        self._tell(self._coach.heard(self._last_s))

    def _tell(self, cues: list[Cue]) -> None:
        for cue in cues:
            if cue.kind is Kind.WARNING:
                self._status = replace(self._status, warning=cue.text)
            self._say(cue)

    def _picture(self, *, at_once: bool = False) -> None:
        now = self._clock()
        if now - self._shown < SHOW_S and not at_once:
            return
        self._shown = now
        status = replace(
            self._status,
            rate_hz=self._viewer.rate_hz,
            lost_samples=self._lost_samples(),
            age_s=now - self._heard,
        )
        self._show(self._viewer.view(self._coach, status))


def _seen(step: Step) -> Sighted:
    return step.exercise.setup.movement.view(step.exercise.setup.mount)


def _limb(step: Step) -> Limb:
    return Limb(_seen(step), step.target.hold_s or 0.0)
