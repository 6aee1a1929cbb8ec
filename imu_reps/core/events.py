"""What the counter says, as frozen records; `as_dict()` is the line that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import ClassVar

from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount

DECIMALS = 4
"""Times to 0.1 ms and angles to 0.0001 degrees: finer than any sensor, short enough to read."""


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Leg | Mount):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.as_dict() if isinstance(value, SetTotal) else value


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that can tell itself as a dictionary of plain values."""

    NAME: ClassVar[str | None] = None

    def as_dict(self) -> dict[str, object]:
        head: dict[str, object] = {} if self.NAME is None else {"event": self.NAME}
        told = (item.name for item in fields(self) if item.compare)
        return head | {name: _plain(getattr(self, name)) for name in told}


@dataclass(frozen=True, slots=True)
class SetStart(_Record):
    """A set has begun; `time_s` is the start of its first attempt."""

    NAME = "set_start"
    set: int
    movement: str
    leg: Leg
    mount: Mount
    time_s: float


@dataclass(frozen=True, slots=True)
class Rep(_Record):
    """One counted rep, with the definitions of times and angles that the README gives."""

    NAME = "rep"
    set: int
    number: int
    movement: str
    leg: Leg
    mount: Mount
    start_s: float
    out_s: float
    hold_s: float
    back_s: float
    end_s: float
    rom_deg: float
    wobble_deg: float
    peak_out_dps: float
    peak_back_dps: float


@dataclass(frozen=True, slots=True)
class Partial(_Record):
    """An attempt that was seen and is listed, but does not count; `reason` says why."""

    NAME = "partial"
    set: int
    movement: str
    leg: Leg
    mount: Mount
    start_s: float
    out_s: float
    hold_s: float
    back_s: float
    end_s: float
    rom_deg: float
    wobble_deg: float
    peak_out_dps: float
    peak_back_dps: float
    reason: str


@dataclass(frozen=True, slots=True)
class SetEnd(_Record):
    """A set is over; `time_s` is the end of its last attempt."""

    NAME = "set_end"
    set: int
    reps: int
    partials: int
    time_s: float


@dataclass(frozen=True, slots=True)
class Gap(_Record):
    """No samples between two moments; nothing is counted from what was not seen."""

    NAME = "gap"
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Warn(_Record):
    """Something the person should know; `code` for scripts, `text` one sentence with the mend."""

    NAME = "warning"
    code: str
    text: str

    def note(self, host_us: int) -> Note:
        """The note in a stream that tells of it."""
        return Note(host_us, "warning", {"code": self.code, "text": self.text})


@dataclass(frozen=True, slots=True)
class SetTotal(_Record):
    """One set as the summary lists it."""

    set: int
    movement: str
    leg: Leg
    mount: Mount
    reps: int
    partials: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Summary(_Record):
    """The last event: the sets, and how much data they were counted from.

    `corrected` are the sets as they are after a person's corrections, None where there are none; a
    set that a person has added has the number 0. They are no part of what the counter says.
    """

    NAME = "summary"
    sets: tuple[SetTotal, ...]
    samples: int
    duration_s: float
    lost_samples: int
    corrected: tuple[SetTotal, ...] | None = field(default=None, compare=False)


Attempt = Rep | Partial
"""Both are measured alike; only reps count."""

OfASet = SetStart | Attempt | SetEnd
"""What has the number of its set."""

Event = OfASet | Gap | Warn | Summary


def attempts_in(events: Iterable[Event]) -> list[Attempt]:
    """The reps and partials among these events."""
    return [event for event in events if isinstance(event, Attempt)]
