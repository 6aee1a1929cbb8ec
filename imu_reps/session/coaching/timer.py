"""What is waited for, by the time of the samples: a countdown, a rest; it can be paused."""

from __future__ import annotations

import math

TICKS = 3
"""The last seconds of a countdown or a rest are said one by one."""


class Timer:
    """The time that it is by the samples, and until when something is waited for."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.until_s: float | None = None
        self.paused_s: float | None = None
        self._ticked = TICKS + 1

    @property
    def left_s(self) -> float | None:
        """Seconds until what is waited for; None where nothing is."""
        now_s = self.now_s if self.paused_s is None else self.paused_s
        return None if self.until_s is None else max(0.0, self.until_s - now_s)

    def is_over(self, for_s: float) -> bool:
        """Whether what was waited for has come, so long ago at least."""
        return self.left_s == 0.0 and self.now_s - (self.until_s or 0.0) >= for_s

    def wait(self, until_s: float | None) -> None:
        """Wait until then, or for nothing."""
        self.until_s, self._ticked = until_s, TICKS + 1

    def restart(self) -> None:
        """Times count from 0 again; what is left to wait for stays."""
        self.shift(-self.now_s)

    def shift(self, by_s: float) -> None:
        """All times are so much later from now on."""
        self.now_s += by_s
        self.until_s = None if self.until_s is None else self.until_s + by_s
        self.paused_s = None if self.paused_s is None else self.paused_s + by_s

    def pause(self) -> None:
        """Time stands still for what is waited for."""
        self.paused_s = self.now_s

    def resume(self) -> None:
        """It goes on where it stood."""
        if self.paused_s is not None and self.until_s is not None:
            self.until_s += self.now_s - self.paused_s
        self.paused_s = None

    def tick(self) -> int | None:
        """One of the last whole seconds, once it has come; 0 when the wait is over."""
        left_s = self.left_s
        if left_s is None or self.paused_s is not None:
            return None
        whole = math.ceil(left_s)
        if 0 < whole < self._ticked:
            self._ticked = whole
            return whole
        return 0 if whole == 0 else None
