"""What a recording loses on its way into another format, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from imu_reps.core.frames import Frames, Header, Note
from imu_reps.core.words import many
from imu_reps.formats import Format
from imu_reps.formats.native import FORMAT as NATIVE
from imu_reps.formats.notes import INTERRUPTED, LABEL
from imu_reps.formats.plain import FORMAT as PLAIN
from imu_reps.motion.clock import clock_of

_NAMES = {
    "leg": "leg change",
    "rest": "rest",
    "pause": "pause",
    "mark": "mark",
    LABEL: "label",
    INTERRUPTED: "interruption",
}
"""The notes that a person would miss."""


class Carried:
    """A recording that is read to be written in another format."""

    def __init__(self, header: Header, items: Iterable[Frames | Note], form: Format) -> None:
        self.header = header
        self._items = items
        self._form = form
        self._clock = clock_of(header)
        self._rows = 0
        self._notes: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Frames | Note]:
        """Its frames and notes."""
        for item in self._items:
            if isinstance(item, Note):
                self._notes[item.kind] += 1
            else:
                self._rows += len(item)
            if self._form is not NATIVE:
                self._clock.take(item)
            yield item

    def left_out(self) -> Iterator[str]:
        """What the format has not kept of what was read, in a line each."""
        missed = self._clock.repeated
        if missed:
            yield (
                f"{missed} of {self._rows} samples are left out, being no later than the one "
                "before: sent twice, or timed with too few decimals (then export more of them, "
                "or say --map rate_hz=NUMBER)"
            )
        if self._form is PLAIN:
            names = [(self._notes[kind], name) for kind, name in _NAMES.items()]
            told = [many(number, name) for number, name in names if number]
            lost = self.header.lost_samples + self._clock.lost_samples
            notes = ", ".join([*told, f"how many samples were lost ({lost})"] if lost else told)
            named = "a plain table holds no movement, leg or mount: name them when it is read"
            keep = f"; left out: {notes} (.imu.csv, .npz and .parquet keep them)"
            yield named + (keep if notes else "")
