"""Which recordings make a session, and the balance of each: worked out when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from imu_reps.balance import Balance, Terms, balance
from imu_reps.balance.steadiness import Point
from imu_reps.core.events import Rep
from imu_reps.core.words import Leg
from imu_reps.movements import all_movements
from imu_reps.session.history.store import Kept

APART_S = 3600.0
"""Recordings that begin within an hour of the end of the last one are of the same training."""

TREND = 12
"""So many of the last sessions make the trend of a movement."""


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One training: when it began, and its recordings, oldest first."""

    started_utc: str
    recordings: tuple[Kept, ...]

    @property
    def started(self) -> datetime:
        """When it began, in the time of this place."""
        return datetime.fromisoformat(self.started_utc).astimezone()

    @property
    def day(self) -> str:
        return f"{self.started:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """What a person calls it by."""
        return f"{self.started:%Y-%m-%dT%H:%M}"

    @property
    def movements(self) -> list[str]:
        """Those of its recordings, in the order in which they were done."""
        return list(dict.fromkeys(one.movement for one in self.recordings))

    def has_both(self, movement: str) -> bool:
        """Whether both legs did reps of this movement."""
        done = [e for one in self.recordings if one.movement == movement for e in one.events]
        return {event.leg for event in done if isinstance(event, Rep)} == set(Leg)

    def of(self, movement: str) -> Session:
        """As much of it as is of this movement; it is still called by when all of it began."""
        return replace(self, recordings=tuple(r for r in self.recordings if r.movement == movement))

    def balances(self) -> list[Balance]:
        """The balance of each movement, in the order in which they were done; where one was, of
        none of which nothing was seen.
        """
        by_movement: dict[str, list[Kept]] = {}
        for one in self.recordings:
            by_movement.setdefault(one.movement, []).append(one)
        done = {name: kept for name, kept in by_movement.items() if any(one.events for one in kept)}
        return [_balance(name, kept) for name, kept in (done or by_movement).items()]


def sessions_of(kept: Iterable[Kept]) -> list[Session]:
    """The sessions that these recordings, oldest first, were made in."""
    groups: list[list[Kept]] = []
    end = datetime.min.replace(tzinfo=UTC)
    for one in kept:
        begun = datetime.fromisoformat(one.started_utc)
        if not groups or begun - end > timedelta(seconds=APART_S):
            groups.append([])
        groups[-1].append(one)
        end = max(end, begun + timedelta(seconds=one.duration_s))
    return [Session(group[0].started_utc, tuple(group)) for group in groups]


def trends_of(sessions: Sequence[Session]) -> dict[str, list[Point]]:
    """For each movement the last `TREND` sessions in which both legs did reps of it, however many
    of other movements there were since, and what was compared then.
    """
    names = dict.fromkeys(name for session in sessions for name in session.movements)
    trends = {name: [one for one in sessions if one.has_both(name)][-TREND:] for name in names}
    return {
        name: [Point(one.day, one.of(name).balances()[0].rows) for one in both]
        for name, both in trends.items()
        if both
    }


def _balance(movement: str, kept: Sequence[Kept]) -> Balance:
    rest_ups = [rest for one in kept for rest in one.rest_ups]
    # A movement of a file that has since been taken away has no target any more.
    known = all_movements().get(movement)
    terms = Terms(known.tempo.hold_s if known else 0.0, rest_ups=rest_ups)
    return balance(movement, [event for one in kept for event in one.events], terms)
