"""Events on standard output, as they happen; warnings on standard error, where a person looks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue

import click

from imu_reps.core.events import Event, Warn
from imu_reps.display.behind import behind
from imu_reps.display.letters import spelt
from imu_reps.display.lines import event_line

Line = tuple[str, bool]
"""A line, and whether it is for standard error."""

WAIT_S = 0.2
"""A wait that does not end hears no Ctrl-C on Windows."""


def print_events(events: Iterable[Event], *, as_json: bool) -> None:
    """One line an event, each flushed, so that a person or a script sees it at once."""
    for event in events:
        for line in _lines_of(event, as_json=as_json):
            _print(line)


def _lines_of(event: Event, *, as_json: bool) -> Iterator[Line]:
    if as_json:
        yield json.dumps(event.as_dict()), False
    if isinstance(event, Warn) or not as_json:
        yield event_line(event), isinstance(event, Warn)


def _print(line: Line) -> None:
    text, is_aside = line
    # click takes an output that knows ASCII alone for one that knows all letters.
    click.echo(spelt(text, (sys.stderr if is_aside else sys.stdout).encoding), err=is_aside)


class Printer:
    """Prints what a thread of its own makes: an output that is stalled holds nobody up there."""

    def __init__(self) -> None:
        self._lines: Queue[Line | None] = Queue()

    def put(self, text: str, *, err: bool = False) -> None:
        """Have a line printed after those that were put before."""
        self._lines.put((text, err))

    def put_events(self, events: Iterable[Event], *, as_json: bool) -> None:
        """Have these printed as they happen."""
        for event in events:
            for line in _lines_of(event, as_json=as_json):
                self._lines.put(line)

    def print_while(self, work: Callable[[], None], leave: Callable[[], None]) -> None:
        """Print what is put until `work` is done on another thread; raises what that raised.

        Where nothing can be printed any more, `leave` has the work end.
        """
        with behind(work, lambda: self._lines.put(None)):
            try:
                while (line := self._next()) is not None:
                    _print(line)
            finally:
                leave()

    def _next(self) -> Line | None:
        while True:
            try:
                return self._lines.get(timeout=WAIT_S)
            except Empty:
                continue
