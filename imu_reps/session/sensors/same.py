"""Is the sensor that is back the one that was lost? Its hello tells, where it has a name in it."""

from __future__ import annotations

from collections.abc import Callable

from imu_reps.core.frames import Frames, Note
from imu_reps.devices import Decoder, Named

PATIENCE_US = 2_500_000
"""A hello comes every 2 s: who has not told its name by then has none."""


class SameSensor:
    """Holds back what comes after a reconnect until the sensor has told its name.

    `refuse` is called where it is another one's: the port is to be looked for elsewhere.
    """

    def __init__(self, decoder: Decoder, refuse: Callable[[], None]) -> None:
        self._decoder = decoder if isinstance(decoder, Named) else None
        self._refuse = refuse
        self._known: str | None = None
        self._back_us: int | None = None
        self._held: list[Frames] = []
        self.stranger: str | None = None
        """The name of another sensor that has answered, as long as nobody has taken note of it."""

    def note(self, note: Note) -> None:
        """What has happened to the port."""
        if self._decoder is None or note.kind not in ("gap", "reconnect"):
            return
        self._held, self._back_us = [], None
        self._known = self._decoder.identity or self._known
        if note.kind == "reconnect" and self._known is not None:
            self._decoder.identity, self._back_us = None, note.host_us

    def passed(self, frames: Frames, host_us: int) -> list[Frames]:
        """What may be counted now: these frames, none yet, or those that were held back, too."""
        if self._decoder is None or self._back_us is None:
            return [frames]
        self._held.append(frames)
        name = self._decoder.identity
        if name is None and host_us - self._back_us < PATIENCE_US:
            return []
        held, self._held, self._back_us = self._held, [], None
        if name in (None, self._known):
            return held
        self.stranger, self._decoder.identity = name, None
        self._refuse()
        return []
