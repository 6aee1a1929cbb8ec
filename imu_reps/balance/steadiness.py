"""Did a difference hold from session to session? One session alone says little of a person.

The direction of a difference agrees only fairly between sessions (kappa 0.29 to 0.66).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imu_reps.balance.compare import Row, Verdict

SIDES: tuple[Verdict, ...] = ("left_higher", "right_higher")

SESSIONS = 3
"""In so many sessions, one after the other, the same leg must be higher."""


@dataclass(frozen=True, slots=True)
class Point:
    """One session's place in a trend: its day, and what was compared then."""

    day: str
    rows: tuple[Row, ...]


def steady_side(sessions: Sequence[Point], metric: str) -> Verdict | None:
    """The verdict that the last three sessions share, if it calls a leg higher; else None.

    Oldest first; sessions in which this metric could not be compared
    (a leg missing, another set-up) are passed over.
    """
    rows = [row for point in sessions for row in point.rows if row.metric == metric]
    verdicts = [row.verdict for row in rows if row.difference_percent is not None][-SESSIONS:]
    if len(verdicts) < SESSIONS or len(set(verdicts)) > 1 or verdicts[0] not in SIDES:
        return None
    return verdicts[0]
