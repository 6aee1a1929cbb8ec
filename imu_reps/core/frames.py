"""Samples before they are samples: the numbers as the wire, or a native recording, holds them.

A recorder keeps these, so that whatever is decoded, timed or scaled better later can be done
again on an old recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.words import Leg, Mount

Integers = NDArray[np.int64]
Numbers = NDArray[np.int64] | NDArray[np.float64]


class Piece(NamedTuple):
    """Bytes as they came, and the host's monotonic time of their arrival in microseconds.

    An empty one says that nothing came until then.
    """

    data: bytes
    host_us: int


def as_received(values: Numbers) -> Numbers:
    """The same values, as whole numbers where all of them are: counts stay counts."""
    whole = bool((values == np.round(values)).all())
    return values.astype(np.int64, copy=False) if whole else values


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """A run of `n` frames in the order of their arrival, nothing corrected.

    `host_us` (n,) int64, the host's monotonic time of arrival in microseconds;
    `values` (n, 6) ax ay az gx gy gz, or (n, 3) without gyro: int64 counts, or float64 where the
    device sends decimals; `seq` and `device_us` (n,) int64 as sent (they wrap), or None where
    the device has no counter or no clock. The header's `Scale` turns them into units.
    """

    host_us: Integers
    values: Numbers
    seq: Integers | None = None
    device_us: Integers | None = None

    def __len__(self) -> int:
        return len(self.host_us)

    def __getitem__(self, rows: slice | NDArray[np.bool_]) -> Frames:
        return Frames(
            self.host_us[rows],
            self.values[rows],
            None if self.seq is None else self.seq[rows],
            None if self.device_us is None else self.device_us[rows],
        )


def joined(runs: Sequence[Frames]) -> Frames:
    """The runs of one sensor, one after the other."""
    return Frames(
        np.concatenate([run.host_us for run in runs]),
        np.concatenate([run.values for run in runs]),
        _joined([run.seq for run in runs]),
        _joined([run.device_us for run in runs]),
    )


def _joined(columns: Sequence[Integers | None]) -> Integers | None:
    there = [column for column in columns if column is not None]
    return np.concatenate(there) if len(there) == len(columns) else None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened between two frames. It stands in a recording as an event line.

    `kind` says what, `fields` what more there is to it. From the wire come `gap`, `reconnect` and
    `warning`; of a person `leg`, `rest`, `pause`, `resume`, `mark` and `label`; and `end` says that
    the recording was ended, `interrupted` that it was not. Files may have others.
    """

    host_us: int
    kind: str
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def leg(self) -> Leg:
        """The leg that works from a `leg` note on; raises `BadUsage` where it names none."""
        return Leg.named(str(self.fields.get("leg")))


@dataclass(frozen=True, slots=True)
class Scale:
    """What one count is worth, and where the counters of a device start again at 0."""

    acc_ms2: float
    gyr_rads: float | None
    seq_wrap: int | None = None
    device_us_wrap: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a recording says of itself; None is "it does not say".

    `lost_samples` is what a counter had skipped that the recording no longer has.
    """

    movement: str | None = None
    leg: Leg | None = None
    mount: Mount | None = None
    rate_hz: float | None = None
    scale: Scale | None = None
    device: str | None = None
    decoder: str | None = None
    started_utc: str | None = None
    software: str | None = None
    lost_samples: int = 0
