"""The last runs of a stream, in little room: a thousand short ones take more than is in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from imu_reps.core.samples import Floats

BLOCK = 500
"""Rows that are joined into one run: some seconds."""


class Run(Protocol):
    """Rows in order of time."""

    @property
    def time_s(self) -> Floats: ...

    def __len__(self) -> int: ...


R = TypeVar("R", bound=Run)


class Recent(Generic[R]):
    """Runs of one kind as they come, the oldest forgotten on demand."""

    def __init__(self, joined: Callable[[Sequence[R]], R]) -> None:
        self._joined = joined
        self._blocks: deque[R] = deque()
        self._short: list[R] = []
        self._rows = 0

    def append(self, run: R) -> None:
        """Remember a run; an empty one is nothing."""
        if not len(run):
            return
        self._short.append(run)
        self._rows += len(run)
        if self._rows >= BLOCK:
            self._blocks.append(self._joined(self._short))
            self._short, self._rows = [], 0

    def forget(self, oldest_s: float) -> None:
        """Forget the runs that are older as a whole."""
        while self._blocks and self._blocks[0].time_s[-1] < oldest_s:
            self._blocks.popleft()

    @property
    def last_s(self) -> float | None:
        """The time of the last row; None where there is none."""
        runs = self._short or self._blocks
        return float(runs[-1].time_s[-1]) if runs else None

    def whole(self) -> R | None:
        """All that is remembered, as one run."""
        runs = [*self._blocks, *self._short]
        return self._joined(runs) if runs else None
