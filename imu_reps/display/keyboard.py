"""Keys without a screen: each is taken when it is typed, and the terminal is as before afterwards.

A program in the background must not touch its terminal (it would be stopped), and one that is
brought back finds it as the shell left it: both are looked at before each key.
"""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from imu_reps.display.screen.keys import by_character, key_row
from imu_reps.session.coaching.keys import Key

try:
    import termios
    import tty
except ImportError:
    HAS_KEYS = False
    """Windows has no such terminals: Ctrl-C ends a session there."""
else:
    HAS_KEYS = True

LOOK_S = 0.1
"""So often it is looked whether the session is over, and whose terminal it is."""

WIDE = 200
"""Columns: the keys are told with their words, however narrow the terminal is."""


def takes_keys() -> bool:
    """Whether somebody can type at this program."""
    return HAS_KEYS and sys.stdin.isatty()


def keys_line(keys: Collection[Key]) -> str:
    """The keys and what they do, in a line."""
    pieces = [text.strip() for text, _ in key_row(keys, WIDE)]
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return "keys: " + ", ".join(f"{character} {word}" for character, word in pairs)


@contextmanager
def typed(press: Callable[[Key], None], keys: Collection[Key]) -> Iterator[None]:
    """Call `press` with each of these keys that is typed, from a thread of its own."""
    over = threading.Event()
    terminal = _Terminal(sys.stdin.fileno())
    thread = threading.Thread(target=_take, args=(terminal, press, by_character(keys), over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        try:
            thread.join()
        finally:
            terminal.put_back()


def _take(
    terminal: _Terminal,
    press: Callable[[Key], None],
    keys: dict[str, Key],
    over: threading.Event,
) -> None:
    while not over.is_set():
        for character in terminal.typed(LOOK_S):
            key = keys.get(character.lower())
            if key is not None:
                press(key)


class _Terminal:
    """A terminal whose keys come one by one, without being shown; Ctrl-C is as ever."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._before: list[Any] | None = None

    def typed(self, within_s: float) -> str:
        """What has been typed; waits so long for it."""
        try:
            if self._is_ours():
                self._take_over()
                if select.select([self._fd], [], [], within_s)[0] and self._is_ours():
                    return os.read(self._fd, 64).decode("ascii", errors="ignore")
                return ""
        except (OSError, termios.error):
            # The terminal has been closed: nobody is there any more.
            pass
        time.sleep(within_s)
        return ""

    def put_back(self) -> None:
        """Leave the terminal as it was found."""
        try:
            if self._before is not None and self._is_ours():
                termios.tcsetattr(self._fd, termios.TCSANOW, self._before)
        except (OSError, termios.error):
            return

    def _is_ours(self) -> bool:
        """Whether what is typed is meant for this program."""
        try:
            return os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:
            # No terminal that this program was started from: there is no foreground to be in.
            return True

    def _take_over(self) -> None:
        now = termios.tcgetattr(self._fd)
        if now[3] & termios.ICANON:
            self._before = self._before or now
            tty.setcbreak(self._fd, termios.TCSADRAIN)
