"""Correcting a recording's count by hand: what there is to correct, and the label for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Attempt, Rep, attempts_in
from imu_reps.counting.track import KEPT_S
from imu_reps.formats.native import FORMAT, append_notes
from imu_reps.session.afterwards.reading import Read, read_recording
from imu_reps.session.correcting.added import SHORTEST_S, measured
from imu_reps.session.correcting.labels import Action, Label, corrected, standing
from imu_reps.session.setup import Wishes
from imu_reps.session.trace import Trace

NEAR_S = 1.0
"""A person who names a moment means the attempt around it, or one that is no further away."""

OVERLAP_S = 0.5
"""Edges of neighbours may be off by so much: two that share more of their time are one."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person asks for: an action at a moment, or from one moment to another."""

    action: Action
    start_s: float = 0.0
    end_s: float | None = None


def label(path: Path, corrections: Sequence[Correction]) -> Read:
    """Write corrections into a recording as labels, and read it with them.

    Raises `BadUsage` where there is nothing at the moment that is named, `BadInput` where the file
    cannot hold labels; then nothing is written.
    """
    read = read_recording(path, Wishes())
    if not corrections:
        return read
    if not path.name.lower().endswith(FORMAT.suffix):
        raise BadInput(
            f"{path}: only a native recording holds labels; make one with "
            f"`imu-reps convert {path} NEW.imu.csv`"
        )
    labels: list[Label] = []
    for one in corrections:
        labels.append(_label(one, read, [*read.labels, *labels]))
    append_notes(path, [each.note(read.last_host_us) for each in labels])
    return read_recording(path, Wishes())


def _label(asked: Correction, read: Read, labels: Sequence[Label]) -> Label:
    attempts = attempts_in(corrected(read.counted, labels, read.setup))
    if asked.action == "undo":
        if not standing(labels):
            raise BadUsage("there is no label left to undo")
        return Label("undo")
    if asked.action == "add":
        return _addition(asked, attempts, read.trace)
    meant = _around(attempts, asked.start_s)
    if asked.action == ("rep" if isinstance(meant, Rep) else "partial"):
        raise BadUsage(f"what is at {asked.start_s:.1f} s is a {asked.action} already")
    return Label(asked.action, meant.start_s, meant.end_s)


def _around(attempts: Sequence[Attempt], at_s: float) -> Attempt:
    """The attempt that a person means by a moment."""
    away_s = {max(one.start_s - at_s, at_s - one.end_s): one for one in attempts}
    nearest_s = min(away_s, default=NEAR_S + 1)
    if nearest_s > NEAR_S:
        raise BadUsage(
            f"nothing was counted at {at_s:.1f} s; see what was with `imu-reps label FILE`"
        )
    return away_s[nearest_s]


def _addition(asked: Correction, attempts: Sequence[Attempt], trace: Trace) -> Label:
    assert asked.end_s is not None
    start_s, end_s = asked.start_s, asked.end_s
    if end_s - start_s < SHORTEST_S or end_s - start_s > KEPT_S:
        raise BadUsage(f"a rep from {start_s:g} to {end_s:g} s? It lasts 1 to {KEPT_S:.0f} s")
    rows = trace.rows(start_s, end_s)
    seen_s = trace.time_s[rows]
    if len(seen_s) < 10 or seen_s[-1] - seen_s[0] < 0.9 * (end_s - start_s):
        raise BadUsage(f"the recording has no data from {start_s:g} to {end_s:g} s")
    found = measured(trace, rows)
    for one in attempts:
        if min(one.end_s, found.end_s) - max(one.start_s, found.start_s) > OVERLAP_S:
            raise BadUsage(f"one is counted there already, {one.start_s:.1f} to {one.end_s:.1f} s")
    return found
