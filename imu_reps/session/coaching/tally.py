"""What has been counted for a step, a person's corrections honoured; and the labels for those."""

from __future__ import annotations

import math
from dataclasses import replace

from imu_reps.core.events import Attempt, Partial, Rep
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg
from imu_reps.session.correcting.added import measured
from imu_reps.session.correcting.labels import Label, corrected_attempts, label_of, standing
from imu_reps.session.planning.plan import Step
from imu_reps.session.setup import Setup
from imu_reps.session.trace import Trace

FRESH_S = 20.0
"""What is corrected by a key has just happened: the longest rep."""


class _Book:
    """What was counted and corrected in one recording; `attempts` are what is left of it.

    Those from `since_s` on are of the step that is under way.
    """

    def __init__(self) -> None:
        self.counted: list[Attempt] = []
        self.labels: list[Label] = []
        self.attempts: list[Attempt] = []
        self.since_s = -math.inf

    @property
    def ended_s(self) -> float:
        """When the last attempt ended."""
        return self.attempts[-1].end_s if self.attempts else -math.inf

    def recount(self, setup: Setup) -> None:
        """The attempts with all corrections."""
        after = corrected_attempts(self.counted, self.labels, setup)
        self.attempts = sorted(after, key=lambda one: one.start_s)


class Tally:
    """The attempts of an exercise; `attempts` are those of the step that is under way.

    Where each leg wears a sensor, each has a recording with its own times and its own labels.
    """

    def __init__(self, step: Step) -> None:
        self.attempts: list[Attempt] = []
        self._books: dict[Leg | None, _Book] = {}
        self.begin(step)

    @property
    def reps(self) -> int:
        return sum(isinstance(one, Rep) for one in self.attempts)

    @property
    def partials(self) -> int:
        return len(self.attempts) - self.reps

    @property
    def last(self) -> Attempt | None:
        """The last attempt with this step's leg, of this step or of one before."""
        with_leg = (one for one in reversed(self._book.attempts) if one.leg is self._setup.leg)
        return next(with_leg, None)

    def reps_of(self, step: Step) -> list[Rep]:
        """The reps so far with this step's leg."""
        return [one for one in self._of(step.leg) if isinstance(one, Rep)]

    def sets_of(self, leg: Leg) -> int:
        """How many sets of this leg there are so far."""
        return len({one.set for one in self._of(leg)})

    def begin(self, step: Step) -> None:
        """What comes from now on is of this step."""
        self._setup = replace(step.exercise.setup, leg=step.leg)
        own = step.leg if step.exercise.sensors > 1 else None
        self._book = self._books.setdefault(own, _Book())
        self._book.since_s = self._book.ended_s
        self._recount()

    def count(self, attempt: Attempt) -> None:
        """One more, as the counter has it."""
        self._book.counted.append(attempt)
        self._recount()

    def label(self, note: Note) -> None:
        """A correction that stands in the recording."""
        self._book.labels.append(replace(label_of(note), leg=self._setup.leg))
        self._recount()

    def undo(self) -> Label | None:
        """The label that takes the last rep back; None where there is none."""
        reps = [one for one in self._book.attempts if isinstance(one, Rep)]
        return Label("remove", reps[-1].start_s, reps[-1].end_s) if reps else None

    def add(self, trace: Trace, now_s: float) -> Label:
        """The label for a rep that the counter has not counted, measured in what was seen last.

        A rep just taken back is given back; a partial just seen becomes one. Raises `BadUsage`
        where nothing is to be seen that could be one.
        """
        attempts, ended_s = self._book.attempts, self._book.ended_s
        last = next(reversed(standing(self._book.labels)), None)
        if last is not None and last.action == "remove" and now_s - last.end_s < FRESH_S:
            return Label("undo")
        if attempts and isinstance(attempts[-1], Partial) and now_s - ended_s < FRESH_S:
            return Label("rep", attempts[-1].start_s, ended_s)
        return measured(trace, trace.rows(max(ended_s, now_s - FRESH_S), math.inf))

    def _of(self, leg: Leg) -> list[Attempt]:
        return [one for book in self._books.values() for one in book.attempts if one.leg is leg]

    def _recount(self) -> None:
        self._book.recount(self._setup)
        since_s = self._book.since_s
        self.attempts = [one for one in self._book.attempts if one.start_s >= since_s]
