"""The steps from frames to samples that live, replay and demo share, one a function.

Each takes an iterator and gives one, so that nothing knows where its data come from.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

from imu_reps.core.events import Warn
from imu_reps.core.frames import Frames, Note
from imu_reps.core.samples import Samples
from imu_reps.formats import Writer
from imu_reps.formats.notes import END
from imu_reps.motion.clock import DeviceClock

Sink = Callable[[Samples | Note], None]

Item = TypeVar("Item")

STEP_S = 0.05
"""Pacing hands samples on in pieces of this length: finer than the eye."""

REPEATED_PART = 0.01
"""Some links send a frame twice now and then; more, and times have too few digits."""


def recorded(
    stream: Iterable[Frames | Note], writer: Writer
) -> Generator[Frames | Note, None, None]:
    """The stream, written down before it is handed on, with the note that it has ended."""
    host_us = 0
    try:
        for item in stream:
            writer.write(item)
            host_us = _host_us(item, host_us)
            yield item
    finally:
        writer.write(Note(host_us, END))


def _host_us(item: Frames | Note, before_us: int) -> int:
    """The host's time of a note or of the last of some frames; what it was before, of none."""
    if isinstance(item, Note):
        return item.host_us
    return int(item.host_us[-1]) if len(item) else before_us


class Inbox:
    """What a person does while a sensor runs: notes that go into its stream between two frames.

    May be filled from any thread.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, dict[str, object]]] = deque()

    def put(self, kind: str, fields: dict[str, object] | None = None) -> None:
        """Have a note of this kind recorded and counted, within a twentieth of a second."""
        self._waiting.append((kind, fields or {}))

    def noted(self, stream: Iterable[Frames | Note]) -> Iterator[Frames | Note]:
        """The stream with these notes in it, at the host's time of the last frame before."""
        host_us = 0
        for item in stream:
            yield item
            host_us = _host_us(item, host_us)
            while self._waiting:
                kind, fields = self._waiting.popleft()
                yield Note(host_us, kind, fields)


def watched(stream: Iterable[Samples | Note], sink: Sink) -> Iterator[Samples | Note]:
    """The stream, each run of samples and each note given to a sink before it is counted."""
    for item in stream:
        sink(item)
        yield item


def clocked(stream: Iterable[Frames | Note], clock: DeviceClock) -> Iterator[Samples | Note]:
    """Frames into samples; at the end a warning where many of them were none."""
    frames = host_us = 0
    for item in stream:
        if isinstance(item, Note):
            clock.note(item)
            host_us = item.host_us
            yield item
        else:
            frames += len(item)
            yield clock.update(item)
    if clock.repeated > REPEATED_PART * frames:
        text = (
            f"{clock.repeated / frames:.0%} of the samples have the time of the one before, and "
            "are left out: let times be written with more digits"
        )
        yield Warn("repeated", text).note(host_us)


def of_one_leg(stream: Iterable[Item | Note]) -> Iterator[Item | Note]:
    """The stream of a recording whose leg a user has named: who changed legs in it only rested."""
    for item in stream:
        if isinstance(item, Note) and item.kind == "leg":
            yield Note(item.host_us, "rest")
        else:
            yield item


def paced(
    stream: Iterable[Samples | Note],
    speed: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Iterator[Samples | Note]:
    """The stream at so many times real time; `clock` tells seconds, `sleep` waits for them."""
    begin_s = clock()
    for item in stream:
        if isinstance(item, Note):
            yield item
            continue
        for piece in _pieces(item):
            wait_s = begin_s + float(piece.time_s[-1]) / speed - clock()
            if wait_s > 0:
                sleep(wait_s)
            yield piece


def _pieces(samples: Samples) -> Iterator[Samples]:
    while len(samples):
        end = int(samples.time_s.searchsorted(samples.time_s[0] + STEP_S))
        yield samples[:end]
        samples = samples[end:]
