"""A whole recording at once: its events with all corrections, and the poses that they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from imu_reps.balance.sets import DoneSet, sets_of
from imu_reps.core.events import Event, Gap, Summary, Warn
from imu_reps.core.frames import Header, Note
from imu_reps.core.samples import Floats, Samples
from imu_reps.core.words import Leg
from imu_reps.formats.notes import LABEL, LEG
from imu_reps.movements import movement_named
from imu_reps.session.correcting.labels import Label, Turns, corrected, label_of, standing
from imu_reps.session.setup import Setup, Wishes
from imu_reps.session.stream.replay import replayed
from imu_reps.session.trace import Trace, Tracer


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One recording as it was read: `counted` is what the counter said, `events` what holds after
    a person's corrections.
    """

    path: Path
    header: Header
    setup: Setup
    counted: tuple[Event, ...]
    events: tuple[Event, ...]
    labels: tuple[Label, ...]
    trace: Trace
    last_host_us: int
    size_bytes: int

    @property
    def sets(self) -> list[DoneSet]:
        return sets_of(self.events)

    @property
    def summary(self) -> Summary:
        last = self.events[-1]
        assert isinstance(last, Summary)
        return last

    @property
    def started(self) -> datetime | None:
        """When it says that it began, in the time of this place; None where that is no time."""
        try:
            begun = datetime.fromisoformat(self.header.started_utc or "")
            return (begun if begun.tzinfo else begun.replace(tzinfo=UTC)).astimezone()
        except (ValueError, OverflowError):
            return None

    @property
    def is_corrected(self) -> bool:
        """Whether a person has corrected the count, and not taken all of it back."""
        return bool(standing(self.labels))

    @property
    def gaps(self) -> list[Gap]:
        return [event for event in self.events if isinstance(event, Gap)]

    @property
    def warnings(self) -> list[Warn]:
        return [event for event in self.events if isinstance(event, Warn)]

    def by_movement(self) -> list[Read]:
        """One for each movement that was told from the reps; itself where none was to be told."""
        names = list(dict.fromkeys(done.movement for done in self.sets))
        return [self._of(name) for name in names] if self.setup.is_auto and names else [self]

    def _of(self, name: str) -> Read:
        events = tuple(e for e in self.events if getattr(e, "movement", name) == name)
        setup = replace(self.setup, movement=movement_named(name), is_auto=False)
        return replace(self, setup=setup, events=events)

    @property
    def rest_ups(self) -> list[Floats]:
        """The rest poses of all sets with reps, where they are known."""
        known = (self.rest_up(done) for done in self.sets if done.reps)
        return [rest for rest in known if rest is not None]

    def rest_up(self, done: DoneSet) -> Floats | None:
        """The rest pose (3,) of a set, as the sensor saw it when the set began."""
        rest_up = self.trace.rest_up(done.reps)
        return None if rest_up is None else self.trace.as_sensed(rest_up, done.start_s)


def read_recording(path: Path, wishes: Wishes) -> Read:
    """Count a recording, and honour its labels; raises as `replay` does."""
    tracer = Tracer()
    size_bytes = path.stat().st_size if path.is_file() else 0
    with replayed(path, wishes) as replay:
        notes = _Notes(replay.setup.leg)
        counted = list(replay.events(tracer.watching(notes.noting(replay.samples()))))
        labels = notes.labels()
        return Read(
            path,
            replay.header,
            replay.setup,
            tuple(counted),
            tuple(corrected(counted, labels, replay.setup)),
            labels,
            tracer.trace(),
            notes.last_host_us,
            size_bytes,
        )


class _Notes:
    """What a recording says between its samples, of labels and of legs."""

    def __init__(self, leg: Leg) -> None:
        self._turns = Turns(leg)
        self._labels: list[Note] = []
        self.last_host_us = 0

    def noting(self, stream: Iterable[Samples | Note]) -> Iterator[Samples | Note]:
        """The stream, untouched."""
        last_s = 0.0
        for item in stream:
            if isinstance(item, Note):
                self._note(item, last_s)
            elif len(item):
                last_s = float(item.time_s[-1])
            yield item

    def labels(self) -> tuple[Label, ...]:
        """The corrections; raises `BadInput` where one is damaged."""
        return tuple(self._turns.labelled(label_of(note)) for note in self._labels)

    def _note(self, note: Note, time_s: float) -> None:
        self.last_host_us = max(self.last_host_us, note.host_us)
        if note.kind == LABEL:
            self._labels.append(note)
        elif note.kind == LEG:
            self._turns.turn(time_s, note.leg)
