"""How a session is shown: on the screen or in lines, with sounds, a voice or none."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import click

from imu_reps.commands._options import say
from imu_reps.commands._print import Printer, print_events
from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Event, Summary
from imu_reps.display.keyboard import keys_line, takes_keys, typed
from imu_reps.display.lines import cue_line
from imu_reps.display.sound.speaker import Sound, heard
from imu_reps.session.coaching.cues import Cue
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.keys import Key

GATHER_S = 0.05
"""Half of a picture: the count is told no later, and costs a quarter less."""

Shown = Callable[[Callable[[], None], Callable[[Key], None], Collection[Key]], None]
"""Does the work while a screen is there, whose keys (of these) are passed on."""


def can_show() -> bool:
    """Whether there is a terminal that a screen can be drawn on."""
    ends = (sys.stdin, sys.stdout, sys.stderr)
    return all(end.isatty() for end in ends) and os.environ.get("TERM") != "dumb"


def need_screen() -> None:
    """Raise `BadUsage` where a screen is asked for and cannot be."""
    if not can_show():
        raise BadUsage("--screen needs a terminal; leave it out for lines")


@contextmanager
def on_screen(sound: Sound) -> Iterator[tuple[Sinks, Shown]]:
    """What a session is shown on: the sinks it fills, and what does its work behind the screen."""
    # A screen is for who sits there: nobody else is made to wait for its import.
    from imu_reps.display.screen.feed import Feed  # noqa: PLC0415
    from imu_reps.display.screen.run import behind_screen  # noqa: PLC0415

    feed = Feed()

    def shown(
        work: Callable[[], None], press: Callable[[Key], None], keys: Collection[Key]
    ) -> None:
        behind_screen(work, feed, press, keys)

    with heard(feed.say, feed.ring, feed.warn, sound) as tell:
        yield Sinks(feed.show, tell), shown


@contextmanager
def in_lines(sound: Sound, tell: Callable[[str], None]) -> Iterator[Sinks]:
    """The sinks of a session without a screen: `tell` is given what no event line tells."""

    def told(cue: Cue) -> None:
        line = cue_line(cue)
        if line is not None:
            tell(line)

    at_a_terminal = Sound(sound.tones and sys.stderr.isatty(), sound.voice)
    with heard(told, _ring, say, at_a_terminal) as both:
        yield Sinks(lambda _: None, both)


@contextmanager
def listening(press: Callable[[Key], None], keys: Collection[Key]) -> Iterator[None]:
    """Take these keys from the terminal, and say so."""
    say(keys_line(keys))
    with typed(press, keys):
        yield


@dataclass(frozen=True, slots=True)
class Counting:
    """A session that is ready to run: who leads it, and its events, the summary last."""

    guide: Guide
    events: Callable[[], Iterator[Event]]


class Show:
    """How a person wants to see a session: on the screen where there can be one, else in lines."""

    def __init__(self, sound: Sound, *, as_json: bool, plain: bool) -> None:
        self.as_json, self.plain = as_json, plain
        self._sound = sound
        self._on_screen = can_show() and not (as_json or plain)
        self._has_keys = self._on_screen or (takes_keys() and not as_json)

    @property
    def ends_by(self) -> str:
        """What a person does to end it."""
        return "q" if self._has_keys else "Ctrl-C"

    @property
    def gather_s(self) -> float:
        """So long samples may wait for others: a person sees no sooner, a script wants each."""
        return 0.0 if self.as_json else GATHER_S

    def session(self, count: Callable[[Sinks], Counting]) -> None:
        """Run a session to its end; `count` makes it ready, for the sinks it is given."""
        if self._on_screen:
            self._screen(count)
            return
        # Cues stand among the events for people, and beside those for scripts.
        with ExitStack() as stack:
            printer = Printer()
            tell = functools.partial(printer.put, err=self.as_json)
            ready = count(stack.enter_context(in_lines(self._sound, tell)))
            press = ready.guide.press
            if self._has_keys:
                stack.enter_context(listening(press, tuple(Key)))
            printer.print_while(
                lambda: printer.put_events(ready.events(), as_json=self.as_json),
                leave=lambda: press(Key.FINISH),
            )

    def _screen(self, count: Callable[[Sinks], Counting]) -> None:
        told: list[Event] = []
        try:
            with on_screen(self._sound) as (sinks, shown):
                ready = count(sinks)
                shown(lambda: told.extend(ready.events()), ready.guide.press, tuple(Key))
        finally:
            summary = [event for event in told if isinstance(event, Summary)]
            print_events(summary, as_json=False)


def _ring() -> None:
    click.echo("\a", nl=False, err=True)
