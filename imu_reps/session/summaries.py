"""Summaries of several recordings as one: sets get other numbers, and everything is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from imu_reps.core.events import SetTotal, Summary


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
