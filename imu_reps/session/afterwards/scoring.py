"""Counted against true: how many, and how exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Attempt, Event, Partial, Rep, attempts_in
from imu_reps.core.samples import Floats
from imu_reps.core.truth import TrueRep, Truth
from imu_reps.formats.truth import read_truth, truth_path
from imu_reps.movements import movement_named


@dataclass(frozen=True, slots=True)
class Score:
    """One recording's counts, how many of its true reps were counted as reps at their own time, and
    the errors (k, 4) of its k matched attempts.

    The columns are start, end and hold in seconds and range in degrees, counted minus true.
    """

    true_reps: int
    reps: int
    true_partials: int
    partials: int
    same_reps: int
    errors: Floats

    @property
    def exact_reps(self) -> bool:
        """Whether the very reps are there that were made, and no more."""
        return self.reps == self.true_reps == self.same_reps

    @property
    def exact(self) -> bool:
        """Whether reps and partials are all there and no more."""
        return self.reps == self.true_reps and self.partials == self.true_partials

    def as_dict(self) -> dict[str, object]:
        known = len(self.errors) > 0
        mean = np.abs(self.errors).mean(axis=0) if known else np.full(4, np.nan)
        bias_s = float(self.errors[:, 2].mean()) if known else np.nan
        figures = {
            "start_error_s": float(mean[0]),
            "end_error_s": float(mean[1]),
            "hold_error_s": float(mean[2]),
            "hold_bias_s": bias_s,
            "rom_error_deg": float(mean[3]),
        }
        return {
            "true_reps": self.true_reps,
            "reps": self.reps,
            "true_partials": self.true_partials,
            "partials": self.partials,
            "exact": self.exact,
            "matched": len(self.errors),
        } | {name: round(value, 4) if known else None for name, value in figures.items()}


def truth_beside(recording: Path) -> Truth:
    """The truth in the file beside a recording; raises `BadInput` with the cause."""
    path = truth_path(recording)
    truth = read_truth(path)
    try:
        movement_named(truth.movement)
    except BadUsage as error:
        raise BadInput(f"{path}: {error}; mend it there") from None
    return truth


def score(events: Iterable[Event], truth: Truth) -> Score:
    """The events of one recording against its truth."""
    counted = attempts_in(events)
    return Score(
        true_reps=truth.count("rep"),
        reps=sum(isinstance(event, Rep) for event in counted),
        true_partials=truth.count("partial"),
        partials=sum(isinstance(event, Partial) for event in counted),
        same_reps=sum(
            true.kind == "rep" and isinstance(event, Rep)
            for event, true in _matched(counted, truth)
        ),
        errors=np.array(list(_errors(counted, truth))).reshape(-1, 4),
    )


def total(scores: Iterable[Score]) -> Score:
    """All scores as if they were of one recording."""
    known = list(scores)
    return Score(
        true_reps=sum(one.true_reps for one in known),
        reps=sum(one.reps for one in known),
        true_partials=sum(one.true_partials for one in known),
        partials=sum(one.partials for one in known),
        same_reps=sum(one.same_reps for one in known),
        errors=np.concatenate([np.empty((0, 4)), *(one.errors for one in known)]),
    )


def _errors(counted: list[Attempt], truth: Truth) -> Iterable[tuple[float, ...]]:
    for event, true in _matched(counted, truth):
        yield (
            event.start_s - true.start_s,
            event.end_s - true.end_s,
            event.hold_s - true.hold_s,
            event.rom_deg - true.rom_deg,
        )


def _matched(counted: list[Attempt], truth: Truth) -> Iterable[tuple[Attempt, TrueRep]]:
    """Each true attempt with the event that shares most of its time, and more than half of it.

    An event that several of them would have is that of which it shares most.
    """
    found: dict[int, TrueRep] = {}
    for true in truth.reps:
        best = max(range(len(counted)), key=lambda at: _shared_s(counted[at], true), default=None)
        if best is None or _shared_s(counted[best], true) <= (true.end_s - true.start_s) / 2:
            continue
        other = found.get(best)
        if other is None or _shared_s(counted[best], true) > _shared_s(counted[best], other):
            found[best] = true
    return [(counted[at], true) for at, true in found.items()]


def _shared_s(event: Attempt, true: TrueRep) -> float:
    return min(event.end_s, true.end_s) - max(event.start_s, true.start_s)
