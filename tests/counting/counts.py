"""Counting in one line."""

from __future__ import annotations

from collections.abc import Iterable

from imu_reps.core.events import Event, Partial, Rep, Warn
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.counting import RepCounter
from imu_reps.movements import movement_named


def events_of(
    chunks: Samples | Iterable[Samples], movement: str = "generic", mount: Mount = Mount.THIGH
) -> list[Event]:
    """All events of these samples, in one chunk or in several."""
    counter = RepCounter(movement_named(movement), Leg.LEFT, mount)
    events: list[Event] = []
    for chunk in [chunks] if isinstance(chunks, Samples) else chunks:
        events += counter.update(chunk)
    return events + counter.finish()


def reps_of(events: Iterable[Event]) -> list[Rep]:
    return [event for event in events if isinstance(event, Rep)]


def partials_of(events: Iterable[Event]) -> list[Partial]:
    return [event for event in events if isinstance(event, Partial)]


def codes_of(events: Iterable[Event]) -> list[str]:
    """Of the warnings."""
    return [event.code for event in events if isinstance(event, Warn)]
