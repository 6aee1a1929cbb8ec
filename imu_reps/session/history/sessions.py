"""Which recordings make a session, and the balance of each: worked out when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imu_reps.balance import Balance, Terms, balance
from imu_reps.balance.steadiness import Point
from imu_reps.movements import all_movements
from imu_reps.session.history.store import Kept

APART_S = 3600.0
"""Recordings that begin within an hour of the end of the last one are of the same training."""


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One training: its recordings, oldest first."""

    recordings: tuple[Kept, ...]

    @property
    def started(self) -> datetime:
        """When it began, in the time of this place."""
        return datetime.fromisoformat(self.recordings[0].started_utc).astimezone()

    @property
    def day(self) -> str:
        return f"{self.started:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """What a person calls it by."""
        return f"{self.started:%Y-%m-%dT%H:%M}"

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
    return [Session(tuple(group)) for group in groups]


def trends_of(told: Iterable[tuple[Session, Sequence[Balance]]]) -> dict[str, list[Point]]:
    """For each movement the sessions in which both legs did reps, and what was compared then."""
    trends: dict[str, list[Point]] = {}
    for session, balances in told:
        for one in balances:
            if one.has_both:
                trends.setdefault(one.movement, []).append(Point(session.day, one.rows))
    return trends


def _balance(movement: str, kept: Sequence[Kept]) -> Balance:
    rest_ups = [rest for one in kept for rest in one.rest_ups]
    # A movement of a file that has since been taken away has no target any more.
    known = all_movements().get(movement)
    terms = Terms(known.tempo.hold_s if known else 0.0, rest_ups=rest_ups)
    return balance(movement, [event for one in kept for event in one.events], terms)
