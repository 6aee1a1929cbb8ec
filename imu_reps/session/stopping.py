"""Ctrl-C and SIGTERM end a session in order: everything saved, the summary printed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Item = TypeVar("Item")

Stop = Callable[[], bool]
"""Whether to stop; it is asked again and again, and from several threads."""

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

_HANGUP = getattr(signal, "SIGHUP", None)

REPEAT_S = 1.0
"""What comes so soon after the first signal is no second one: shells and wrappers pass a signal on
that has come already.
"""


class Signalled:
    """Whether a signal has asked to stop, and the exit status that tells of it."""

    def __init__(self) -> None:
        self.signal: int | None = None

    def __call__(self) -> bool:
        return self.signal is not None

    @property
    def status(self) -> int:
        """0, or 128 and the signal's number."""
        return 0 if self.signal is None else 128 + self.signal


def _go_on_unheard(terminals: list[int]) -> None:
    """The terminal has been closed: what is still to be told there has nobody to hear it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in terminals:
        os.dup2(nowhere, number)
    os.close(nowhere)


@contextmanager
def stopping() -> Iterator[Signalled]:
    """Let the first signal only be noticed; a second one ends the program at once.

    A terminal that closes says so more than once: that is never a second signal. Nor is it one at
    all where it was to be ignored (`nohup`).
    """
    stop = Signalled()
    first_s = 0.0
    terminals = [number for number in (1, 2) if os.isatty(number)]
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def notice(number: int, _frame: FrameType | None) -> None:
        nonlocal first_s
        if number == _HANGUP:
            _go_on_unheard(terminals)
        if stop.signal is None:
            stop.signal, first_s = number, time.monotonic()
        elif number != _HANGUP and time.monotonic() - first_s > REPEAT_S:
            for each, handler in before.items():
                signal.signal(each, handler)
            signal.raise_signal(number)

    for number, handler in before.items():
        if number != _HANGUP or handler != signal.SIG_IGN:
            signal.signal(number, notice)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def until(items: Iterable[Item], stop: Stop) -> Iterator[Item]:
    """The items, until `stop` says so; one that has come is never dropped."""
    for item in items:
        yield item
        if stop():
            return
