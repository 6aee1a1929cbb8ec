"""What is left of a count after the corrections that stand in the stream it was counted from.

Of an attempt no more is remembered than that takes, 32 bytes: a day's training fits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Attempt, Partial, Rep, SetTotal
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg
from imu_reps.formats.notes import LABEL
from imu_reps.session.correcting.labels import Turns, corrected_totals, label_of
from imu_reps.session.setup import Setup

BY_HAND = 0
"""The number of a set that the counter did not see."""


class Corrections:
    """The attempts of a stream that begins with this leg, and the labels in it."""

    def __init__(self, leg: Leg) -> None:
        self._turns = Turns(leg)
        self._seen = array("d")
        self._labels: list[Note] = []

    def attempt(self, attempt: Attempt) -> None:
        """One more, as the counter has it."""
        is_rep = isinstance(attempt, Rep)
        self._seen.extend((attempt.set, attempt.start_s, attempt.end_s, is_rep))

    def note(self, note: Note) -> None:
        """What stands between the samples."""
        if note.kind == LABEL:
            self._labels.append(note)

    def turn(self, time_s: float, leg: Leg) -> None:
        """The other leg works from then on."""
        self._turns.turn(time_s, leg)

    def totals(self, totals: Sequence[SetTotal], setup: Setup) -> tuple[SetTotal, ...] | None:
        """The counter's sets as they are after the corrections; None where there are none."""
        try:
            labels = [self._turns.labelled(label_of(note)) for note in self._labels]
        except BadInput:
            # Who reads the recording to compare the legs is told of it.
            return None
        known = {total.set: total for total in totals}
        if not labels:
            return None
        after = corrected_totals(list(self._attempts(known)), labels, setup)
        return tuple(one if one.set in known else replace(one, set=BY_HAND) for one in after)

    def _attempts(self, known: Mapping[int, SetTotal]) -> Iterator[Attempt]:
        """What has been seen, without the measures that no correction asks for."""
        for number, start_s, end_s, is_rep in zip(*[iter(self._seen)] * 4, strict=True):
            of = known[int(number)]
            parts = (start_s, 0.0, 0.0, 0.0, end_s, 0.0, 0.0, 0.0, 0.0)
            who = (of.movement, of.leg, of.mount)
            yield Rep(of.set, 0, *who, *parts) if is_rep else Partial(of.set, *who, *parts, "")
