"""What a person has corrected in a count: labels in the recording, and the events with them.

A label never changes a sample or a count that was given live: it stands behind the recording's end
and is honoured by whatever reads the count afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal, get_args

from imu_reps.core.errors import BadInput
from imu_reps.core.events import (
    Attempt,
    Event,
    Partial,
    Rep,
    SetEnd,
    SetStart,
    SetTotal,
    Summary,
    attempts_in,
)
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg
from imu_reps.counting.limits import BREAK_S
from imu_reps.counting.measure import Measures
from imu_reps.formats.notes import LABEL
from imu_reps.session.setup import Setup

Action = Literal["add", "remove", "rep", "partial", "undo"]

BY_HAND = "label"
"""The reason of a partial that a person has made one."""


@dataclass(frozen=True, slots=True)
class Label:
    """One correction of what lies between two moments; an added rep brings its measures. `leg` is
    the one that worked then, where that is known.
    """

    action: Action
    start_s: float = 0.0
    end_s: float = 0.0
    measures: Measures | None = None
    leg: Leg | None = None

    def note(self, host_us: int) -> Note:
        """The label as an event line of a recording."""
        told: dict[str, object] = {"action": self.action}
        if self.measures is not None:
            told |= {name: round(value, 4) for name, value in asdict(self.measures).items()}
        elif self.action != "undo":
            told |= {"start_s": round(self.start_s, 4), "end_s": round(self.end_s, 4)}
        return Note(host_us, LABEL, told)


class Turns:
    """Which leg has worked when: a label is of the leg that worked then, not of the one now."""

    def __init__(self, leg: Leg) -> None:
        self._turns = [(-math.inf, leg)]

    def turn(self, time_s: float, leg: Leg) -> None:
        """From then on this one works."""
        self._turns.append((time_s, leg))

    def labelled(self, label: Label) -> Label:
        """The label with the leg that worked when what it adds was begun."""
        worked = [leg for since_s, leg in self._turns if since_s <= label.start_s]
        return replace(label, leg=worked[-1])


def label_of(note: Note) -> Label:
    """The label that a recording's event line stands for; raises `BadInput` where it is none."""
    told = note.fields
    try:
        numbers = {name: float(str(value)) for name, value in told.items() if name != "action"}
        action = next(one for one in get_args(Action) if one == told["action"])
        measures = None
        if action == "add":
            measures = Measures(**{item.name: numbers[item.name] for item in fields(Measures)})
        return Label(action, numbers.get("start_s", 0.0), numbers.get("end_s", 0.0), measures)
    except (KeyError, ValueError, StopIteration):
        raise BadInput(f"a damaged label ({told}); delete its line") from None


def standing(labels: Iterable[Label]) -> list[Label]:
    """The labels that have not been undone."""
    kept: list[Label] = []
    for label in labels:
        if label.action != "undo":
            kept.append(label)
        elif kept:
            kept.pop()
    return kept


def corrected(events: Sequence[Event], labels: Iterable[Label], setup: Setup) -> list[Event]:
    """The events as they are after the corrections, reps numbered and sets counted anew."""
    kept = standing(labels)
    if not kept:
        return list(events)
    attempts = attempts_in(events)
    return _rebuilt(events, _sets(corrected_attempts(attempts, kept, setup)))


def corrected_totals(
    attempts: Sequence[Attempt], labels: Iterable[Label], setup: Setup
) -> list[SetTotal]:
    """The sets that these attempts make after the corrections; one that is emptied is left out."""
    return [_total(one) for one in _sets(corrected_attempts(attempts, labels, setup)).values()]


def corrected_attempts(
    attempts: Sequence[Attempt], labels: Iterable[Label], setup: Setup
) -> list[Attempt]:
    """What was counted as it is after the corrections; numbers and order are as they were."""
    out = list(attempts)
    for label in standing(labels):
        out = _with(out, label, setup)
    return out


def _with(attempts: list[Attempt], label: Label, setup: Setup) -> list[Attempt]:
    # What was added while it was not yet counted is no second one once it is.
    if label.measures is not None and not any(_meant(one, label) for one in attempts):
        worn = setup if label.leg is None else replace(setup, leg=label.leg)
        return [*attempts, _added(attempts, label.measures, worn)]
    return [
        changed
        for one in attempts
        if (changed := _changed(one, label) if _meant(one, label) else one) is not None
    ]


def _meant(attempt: Attempt, label: Label) -> bool:
    """Whether most of the attempt lies where the label does: a later count may differ a little."""
    shared_s = min(attempt.end_s, label.end_s) - max(attempt.start_s, label.start_s)
    return shared_s > (attempt.end_s - attempt.start_s) / 2


def _changed(attempt: Attempt, label: Label) -> Attempt | None:
    match label.action:
        case "remove":
            return None
        case "rep" | "add":
            return attempt if isinstance(attempt, Rep) else _rep(attempt, _measures(attempt))
        case _:
            return attempt if isinstance(attempt, Partial) else _partial(attempt)


def _measures(attempt: Attempt) -> Measures:
    return Measures(**{item.name: getattr(attempt, item.name) for item in fields(Measures)})


def _rep(like: Attempt, measures: Measures) -> Rep:
    """A rep with these measures, in the set of another attempt."""
    return Rep(
        set=like.set,
        number=0,
        movement=like.movement,
        leg=like.leg,
        mount=like.mount,
        **asdict(measures),
    )


def _partial(rep: Rep) -> Partial:
    return Partial(
        set=rep.set,
        movement=rep.movement,
        leg=rep.leg,
        mount=rep.mount,
        reason=BY_HAND,
        **asdict(_measures(rep)),
    )


def _added(attempts: Sequence[Attempt], measures: Measures, setup: Setup) -> Rep:
    """A rep of the set that is near and of this leg; of a new one where there is none."""
    of_leg = (one for one in attempts if one.leg is setup.leg)
    near = min(of_leg, key=lambda one: _away_s(one, measures), default=None)
    if near is not None and _away_s(near, measures) <= BREAK_S:
        return _rep(near, measures)
    return Rep(
        set=max((one.set for one in attempts), default=0) + 1,
        number=0,
        movement=setup.movement.name,
        leg=setup.leg,
        mount=setup.mount,
        **asdict(measures),
    )


def _away_s(attempt: Attempt, measures: Measures) -> float:
    return max(attempt.start_s - measures.end_s, measures.start_s - attempt.end_s)


def _sets(attempts: Iterable[Attempt]) -> dict[int, list[Event]]:
    """The events of each set, by its number."""
    of: dict[int, list[Attempt]] = {}
    for one in attempts:
        of.setdefault(one.set, []).append(one)
    return {number: _set(of[number]) for number in sorted(of)}


def _rebuilt(events: Sequence[Event], built: dict[int, list[Event]]) -> list[Event]:
    totals = tuple(_total(one) for one in built.values())
    out: list[Event] = []
    for event in events:
        if isinstance(event, SetStart):
            out += built.pop(event.set, [])
        elif isinstance(event, Summary):
            out += [each for left in built.values() for each in left]
            out.append(replace(event, sets=totals))
        elif not isinstance(event, Attempt | SetEnd):
            out.append(event)
    return out


def _set(attempts: list[Attempt]) -> list[Event]:
    attempts = sorted(attempts, key=lambda one: one.start_s)
    first = attempts[0]
    start = SetStart(first.set, first.movement, first.leg, first.mount, first.start_s)
    out: list[Event] = [start]
    reps = 0
    for one in attempts:
        reps += isinstance(one, Rep)
        out.append(replace(one, number=reps) if isinstance(one, Rep) else one)
    return [*out, SetEnd(first.set, reps, len(attempts) - reps, attempts[-1].end_s)]


def _total(done: list[Event]) -> SetTotal:
    start, end = done[0], done[-1]
    assert isinstance(start, SetStart)
    assert isinstance(end, SetEnd)
    return SetTotal(
        start.set,
        start.movement,
        start.leg,
        start.mount,
        end.reps,
        end.partials,
        start.time_s,
        end.time_s,
    )
