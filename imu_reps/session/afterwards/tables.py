"""Reps and sets as flat records with the names of `docs/METRICS.md`, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imu_reps.balance.metrics import METRICS
from imu_reps.balance.sets import DoneSet, leg_numbers
from imu_reps.core.events import Attempt, Rep
from imu_reps.formats.exports import Record
from imu_reps.movements import all_movements

_WHERE = ("recording", "started_utc", "movement", "leg", "mount", "set")

REP_NAMES = (
    *_WHERE,
    *("kind", "number", "reason", "start_s", "end_s"),
    *(metric.name for metric in METRICS),
)
"""The columns of reps and partials."""

SET_NAMES = (
    *(*_WHERE, "start_s", "end_s"),
    *(name for name in leg_numbers([], 0.0) if name != "sets"),
)
"""The columns of sets."""


def rep_records(recording: str, started_utc: str | None, sets: Iterable[DoneSet]) -> list[Record]:
    """One record an attempt, in the order in which they were made."""
    records: list[Record] = []
    for done in sets:
        for one in done.attempts:
            records.append(
                _where(recording, started_utc, done)
                | _kind(one)
                | {"start_s": round(one.start_s, 4), "end_s": round(one.end_s, 4)}
                | {metric.name: round(metric.of(one), 4) for metric in METRICS}
            )
    return records


def set_records(recording: str, started_utc: str | None, sets: Sequence[DoneSet]) -> list[Record]:
    """One record a set."""
    records: list[Record] = []
    for done in sets:
        known = all_movements().get(done.movement)
        numbers = leg_numbers([done], known.tempo.hold_s if known else 0.0)
        records.append(
            _where(recording, started_utc, done)
            | {"start_s": round(done.start_s, 4), "end_s": round(done.end_s, 4)}
            | {name: value for name, value in numbers.items() if name != "sets"}
        )
    return records


def _where(recording: str, started_utc: str | None, done: DoneSet) -> Record:
    return {
        "recording": recording,
        "started_utc": started_utc,
        "movement": done.movement,
        "leg": done.leg.value,
        "mount": done.mount.value,
        "set": done.number,
    }


def _kind(one: Attempt) -> Record:
    if isinstance(one, Rep):
        return {"kind": "rep", "number": one.number, "reason": None}
    return {"kind": "partial", "number": None, "reason": one.reason}
