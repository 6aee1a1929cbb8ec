"""Samples and notes into events: a counter for the leg at work, and the totals of all sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from imu_reps.core.events import (
    Event,
    Gap,
    OfASet,
    SetEnd,
    SetStart,
    SetTotal,
    Summary,
    Warn,
)
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg
from imu_reps.counting import RepCounter
from imu_reps.motion.strap import Strap
from imu_reps.session.correcting.corrections import Corrections
from imu_reps.session.first_reps.auto import AutoNamer
from imu_reps.session.first_reps.strap_leg import strap_leg
from imu_reps.session.setup import Setup

_INTERRUPTED = Warn(
    "interrupted",
    "the recording has no end: it was interrupted, and is counted up to its last whole line",
)

_TOLD = {"gap": "unplugged", "reconnect": "reconnected"}
"""What has happened to the port, by the codes of the warnings that tell of it."""


def counted(
    stream: Iterable[Samples | Note], setup: Setup, lost_samples: Callable[[], int]
) -> Iterator[Event]:
    """The events of a stream, the summary last.

    A leg note begins sets for the other leg, a rest note ends the set. Between a pause note and a
    resume note nothing is counted.
    """
    session = _Session(setup)
    for item in stream:
        if isinstance(item, Samples):
            yield from session.samples(item)
        else:
            yield from session.note(item)
    yield from session.finish(lost_samples())


def warning_of(note: Note) -> Warn | None:
    """What a person is told of a note, where it is something to be told of."""
    if note.kind == "interrupted":
        return _INTERRUPTED
    code = _TOLD.get(note.kind) or note.fields.get("code")
    text = note.fields.get("text")
    return Warn(str(code), str(text)) if code and text else None


class _Session:
    """The counter of the leg that is at work, and the totals of all sets."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._witness = AutoNamer(setup.mount) if setup.is_auto else strap_leg(setup)
        self._strap = Strap()
        self._counter = self._begun()
        self._totals: list[SetTotal] = []
        self._corrections = Corrections(setup.leg)
        self._before = 0
        self._samples = 0
        self._first_s: float | None = None
        self._last_s = 0.0
        self._is_paused = False
        self._resumed_s: float | None = None

    def samples(self, samples: Samples) -> Iterator[Event]:
        if len(samples):
            self._first_s = float(samples.time_s[0]) if self._first_s is None else self._first_s
            self._last_s = float(samples.time_s[-1])
            self._samples += len(samples)
        if not self._is_paused:
            if self._witness is not None:
                self._witness.watch(samples)
            yield from self._told(self._counter.update(samples))

    def note(self, note: Note) -> Iterator[Event]:
        """What stands between the samples, as far as it matters to the count."""
        self._corrections.note(note)
        match note.kind:
            case "leg":
                if note.leg is not self._setup.leg:
                    self._strap = Strap()
                    yield from self._anew(note.leg)
                    self._corrections.turn(self._last_s, note.leg)
                    if self._witness is not None:
                        self._witness.strap_moved()
            case "rest":
                yield from self._anew(self._setup.leg)
            case "pause":
                self._is_paused = True
            case "resume":
                self._is_paused, self._resumed_s = False, self._last_s
            case _ if (warn := warning_of(note)) is not None:
                yield warn

    def _anew(self, leg: Leg) -> Iterator[Event]:
        """The sets so far are over, the next ones are of this leg."""
        yield from self._told(self._counter.finish())
        self._setup = replace(self._setup, leg=leg)
        self._counter = self._begun()
        self._before = len(self._totals)

    def _begun(self) -> RepCounter:
        """A counter that begins anew, whose poses are shared with who looks at the strap."""
        setup = self._setup
        if self._witness is None:
            return RepCounter(setup.movement, setup.leg, setup.mount, strap=self._strap)
        see = self._witness.see
        return RepCounter(setup.movement, setup.leg, setup.mount, see, self._strap)

    def finish(self, lost_samples: int) -> Iterator[Event]:
        yield from self._told(self._counter.finish())
        duration_s = self._last_s - (self._first_s or 0.0)
        corrected = self._corrections.totals(self._totals, self._setup)
        yield Summary(tuple(self._totals), self._samples, duration_s, lost_samples, corrected)

    def _told(self, events: list[Event]) -> Iterator[Event]:
        seen = [event for event in events if not self._is_pause(event)]
        told = seen if self._witness is None else self._witness.update(seen)
        return map(self._noted, told)

    def _is_pause(self, event: Event) -> bool:
        """Whether a gap is there because nobody wanted to look."""
        if not isinstance(event, Gap) or self._resumed_s is None:
            return False
        return event.start_s <= self._resumed_s <= event.end_s

    def _noted(self, event: Event) -> Event:
        """The event with the session's set number, and taken into the totals."""
        if not isinstance(event, OfASet):
            return event
        event = replace(event, set=event.set + self._before)
        if isinstance(event, SetStart):
            self._totals.append(
                SetTotal(
                    event.set,
                    event.movement,
                    event.leg,
                    event.mount,
                    reps=0,
                    partials=0,
                    start_s=event.time_s,
                    end_s=event.time_s,
                )
            )
        elif isinstance(event, SetEnd):
            self._totals[-1] = replace(
                self._totals[-1], reps=event.reps, partials=event.partials, end_s=event.time_s
            )
        else:
            self._corrections.attempt(event)
        return event
