"""The pace at which something recorded is played, and stopped and let go on by a key."""

from __future__ import annotations

import time
from collections.abc import Callable

from imu_reps.session.coaching.keys import Key
from imu_reps.session.stopping import Stop

STEP_S = 0.02
"""So soon is a key noticed."""


KEYS = (Key.PAUSE, Key.FINISH)
"""What a person can do while something recorded is played."""


class Playback:
    """A clock that can be stopped, and what waits by it, until `stop` or until a key ends it."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._is_finished = False
        self._behind_s = 0.0
        self._stopped_s: float | None = None
        self._was_stopped = False
        self._changed: Callable[[], None] = _nothing

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands."""
        return self._stopped_s is not None

    def watch(self, changed: Callable[[], None]) -> None:
        """Have it called, by who waits, each time the clock has been stopped or goes on."""
        self._changed = changed

    def clock(self) -> float:
        """Seconds, without those in which it stood."""
        now_s = time.monotonic() if self._stopped_s is None else self._stopped_s
        return now_s - self._behind_s

    def sleep(self, lasts_s: float) -> None:
        """Wait so long by this clock, or until everything is to stop."""
        until_s = self.clock() + lasts_s
        while self.clock() < until_s and not self.ended():
            self._tell()
            time.sleep(min(STEP_S, max(0.0, until_s - self.clock())) or STEP_S)
        self._tell()

    def press(self, key: Key) -> None:
        """Stop or go on, or be done with it; may be called from any thread."""
        if key is Key.PAUSE:
            self._toggle()
        else:
            self._is_finished = True

    def ended(self) -> bool:
        """Whether nobody wants to see more."""
        return self._stop() or self._is_finished

    def _tell(self) -> None:
        if self.is_stopped is not self._was_stopped:
            self._was_stopped = self.is_stopped
            self._changed()

    def _toggle(self) -> None:
        if self._stopped_s is None:
            self._stopped_s = time.monotonic()
        else:
            self._behind_s += time.monotonic() - self._stopped_s
            self._stopped_s = None


def _nothing() -> None:
    """Nobody wants to know."""
