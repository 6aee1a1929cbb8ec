"""What the screen is fed with: the latest picture and the cues since, from another thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.view import View

MOST_CUES = 100
"""A screen that stalls hears no more of them than these afterwards: the rest is long over."""


class Feed:
    """Written where the counting runs, read where the screen is drawn; neither waits."""

    def __init__(self) -> None:
        self.view: View | None = None
        self.is_over = False
        self.bells = 0
        self._cues: deque[Cue] = deque(maxlen=MOST_CUES)

    def show(self, view: View) -> None:
        """A newer picture; the one before is forgotten, seen or not."""
        self.view = view

    def say(self, cue: Cue) -> None:
        """A cue for the eyes."""
        self._cues.append(cue)

    def ring(self) -> None:
        """The terminal's bell is to be rung."""
        self.bells += 1

    def warn(self, text: str) -> None:
        """Something that goes wrong with what is shown or heard."""
        self.say(Cue(Kind.WARNING, text, 0.0))

    def end(self) -> None:
        """Nothing more comes."""
        self.is_over = True

    def cues(self) -> Iterator[Cue]:
        """The cues since the last call."""
        while self._cues:
            yield self._cues.popleft()
