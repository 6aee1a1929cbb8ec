"""Several recordings as one session: sets get other numbers, and everything is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from imu_reps.core.events import Event, OfASet, SetTotal, Summary


class Joined:
    """The events of several recordings as those of one session: sets go on being numbered."""

    def __init__(self) -> None:
        self._summaries: list[Summary] = []

    def of(self, events: Iterator[Event]) -> Iterator[Event]:
        """The events of the next recording, without its summary."""
        before = sum(len(one.sets) for one in self._summaries)
        for event in events:
            if isinstance(event, Summary):
                self._summaries.append(renumbered(event, lambda number: number + before))
            elif isinstance(event, OfASet):
                yield replace(event, set=event.set + before)
            else:
                yield event

    def summary(self) -> Summary:
        """Of all recordings."""
        return summed(self._summaries)


def renumbered(summary: Summary, number: Callable[[int], int]) -> Summary:
    """The summary with other set numbers; a set that a person has added has none, and gets none."""

    def anew(totals: Iterable[SetTotal]) -> tuple[SetTotal, ...]:
        return tuple(replace(one, set=one.set and number(one.set)) for one in totals)

    corrected = None if summary.corrected is None else anew(summary.corrected)
    return replace(summary, sets=anew(summary.sets), corrected=corrected)


def summed(summaries: Iterable[Summary]) -> Summary:
    """One after the other; what was not corrected is as it was counted."""
    known = list(summaries)
    corrected = [
        total for one in known for total in (one.sets if one.corrected is None else one.corrected)
    ]
    return Summary(
        sets=tuple(total for one in known for total in one.sets),
        samples=sum(one.samples for one in known),
        duration_s=sum((one.duration_s for one in known), start=0.0),
        lost_samples=sum(one.lost_samples for one in known),
        corrected=tuple(corrected) if any(one.corrected is not None for one in known) else None,
    )
