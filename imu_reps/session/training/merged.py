"""Two sensors at once, one on each leg: their events as they come, and one summary of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from threading import Event as Flag
from threading import Thread

from imu_reps.core.events import Event, OfASet, Summary, Warn
from imu_reps.core.words import Leg
from imu_reps.session.stopping import Stop
from imu_reps.session.training.joined import renumbered, summed

Live = Callable[[Stop], Iterator[Event]]
"""The events of one leg until it is stopped, its summary last."""


def both(legs: Mapping[Leg, Live], stop: Stop) -> Iterator[Event]:
    """The events of all these legs as they come, sets numbered in the order in which they begin.

    Each leg is counted on a thread of its own. A warning says which leg it is of; the summary is of
    all. What one leg raises is raised here, after the others have been stopped in order; what it
    raises after its summary, after the summary of all.
    """
    failed = Flag()
    queue: SimpleQueue[tuple[Leg, Event | Exception | None]] = SimpleQueue()

    def count(leg: Leg, live: Live) -> None:
        try:
            for event in live(lambda: stop() or failed.is_set()):
                queue.put((leg, event))
            queue.put((leg, None))
        except Exception as error:
            queue.put((leg, error))

    threads = [Thread(target=count, args=leg, name=f"count {leg[0]}") for leg in legs.items()]
    for thread in threads:
        thread.start()
    try:
        yield from _merged(queue, set(legs))
    finally:
        failed.set()
        for thread in threads:
            thread.join()


def _merged(
    queue: SimpleQueue[tuple[Leg, Event | Exception | None]], counting: set[Leg]
) -> Iterator[Event]:
    numbers = _Numbers()
    summaries: dict[Leg, Summary] = {}
    failures: list[Exception] = []
    while counting:
        leg, event = queue.get()
        if event is None:
            counting.remove(leg)
        elif isinstance(event, Exception):
            if leg not in summaries:
                raise event
            # Its recording has stopped, and nothing else: the count is right.
            failures.append(event)
            counting.remove(leg)
        elif isinstance(event, Summary):
            summaries[leg] = event
        elif isinstance(event, Warn):
            yield replace(event, text=f"{leg} leg: {event.text}")
        else:
            yield numbers.of(leg, event)
    yield _summary(numbers, summaries)
    for failure in failures:
        raise failure


class _Numbers:
    """Each leg numbers its own sets; here they get one row of numbers."""

    def __init__(self) -> None:
        self._known: dict[tuple[Leg, int], int] = {}

    def of(self, leg: Leg, event: Event) -> Event:
        if not isinstance(event, OfASet):
            return event
        return replace(event, set=self.number(leg, event.set))

    def number(self, leg: Leg, number: int) -> int:
        """That of a set which a leg has given this number."""
        return self._known.setdefault((leg, number), len(self._known) + 1)


def _summary(numbers: _Numbers, summaries: Mapping[Leg, Summary]) -> Summary:
    total = summed(
        renumbered(each, partial(numbers.number, leg)) for leg, each in summaries.items()
    )
    return replace(
        total,
        sets=tuple(sorted(total.sets, key=lambda one: one.set)),
        duration_s=max((each.duration_s for each in summaries.values()), default=0.0),
    )
