"""Formats that are written as a whole: samples are collected, and saved when all is well.

What is no number stands beside them as one JSON text: the header, and under `notes` what happened
in between, each with the time of the sample before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.formats.files import none_to_write
from imu_reps.formats.notes import END, LEG
from imu_reps.formats.said import header_in, number_in, object_in
from imu_reps.formats.times import MOST_S
from imu_reps.motion.clock import clock_of

MOST = 1e6
"""In m/s² and rad/s: the accelerometers for shocks end at 100,000 g."""

_NOTES, _AFTER_S, _EVENT = "notes", "after_s", "event"

Noted = list[tuple[float | None, Note]]
"""Notes, each with the time of the sample before it; None before the first sample."""


class Collector:
    """What is written: as samples, and the notes between them."""

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        self._header = header
        self._clock = clock_of(header)
        self._parts: list[Samples] = []
        self._last_s: float | None = None
        self._notes: list[dict[str, object]] = []

    def write(self, item: Frames | Note) -> None:
        """Take the samples of these frames, or a note."""
        if isinstance(item, Note):
            self._notes.append({_AFTER_S: self._last_s, _EVENT: item.kind, **item.fields})
        samples = self._clock.take(item)
        if samples is not None:
            self._parts.append(samples)
            self._last_s = float(samples.time_s[-1])

    def samples(self) -> Samples:
        """All of them; raises `BadInput` where there are none, or such as would not be read."""
        if not self._parts:
            raise none_to_write(self._path)
        samples = joined(self._parts)
        gyr = [] if samples.gyr_rads is None else [samples.gyr_rads]
        _check(self._path, samples.time_s, np.hstack([samples.acc_ms2, *gyr]))
        return samples

    def told(self) -> str:
        """The header and the notes as JSON, without the scale: the values are in SI units."""
        fields = asdict(self._header)
        del fields["scale"]
        fields["lost_samples"] += self._clock.lost_samples
        return json.dumps(fields | {_NOTES: self._notes})


class Whole:
    """A recording that was read as a whole.

    `told` is what it says of itself, None if nothing. Raises `BadInput` where that, or a time (n,)
    or a value (n, 3 or 6), cannot be.
    """

    def __init__(self, path: Path, told: str | None, time_s: Floats, values: Floats) -> None:
        if not len(time_s):
            raise BadInput(f"{path}: no samples in it; record it again")
        _check(path, time_s, values)
        header, notes = (Header(), None) if told is None else _told(path, told)
        gyr_rads = 1.0 if values.shape[1] == 6 else None
        self.header = replace(header, scale=Scale(1.0, gyr_rads))
        self._time_s = time_s
        self._time_us = np.round(time_s * 1e6).astype(np.int64)
        self._values = values
        self._notes = [(float(time_s[-1]), Note(0, END))] if notes is None else notes

    def __iter__(self) -> Iterator[Frames | Note]:
        """The frames, and between them the notes; an archive that has none of these has ended."""
        at = 0
        for after_s, note in self._notes:
            end = 0 if after_s is None else int(self._time_s.searchsorted(after_s, "right"))
            if end > at:
                yield self._frames(slice(at, end))
                at = end
            yield replace(note, host_us=int(self._time_us[max(at - 1, 0)]))
        if at < len(self._time_us):
            yield self._frames(slice(at, None))

    def _frames(self, rows: slice) -> Frames:
        return Frames(self._time_us[rows], self._values[rows], device_us=self._time_us[rows])


def floats(path: Path, name: str, values: NDArray[Any]) -> Floats:
    """These values as floats; raises `BadInput` where they are anything but numbers."""
    if values.dtype.kind not in "fiu":
        raise BadInput(f"{path}: {name} holds {values.dtype} and no numbers; write it as float64")
    with np.errstate(over="ignore"):
        return values.astype(np.float64)


def _check(path: Path, time_s: Floats, values: Floats) -> None:
    """Raise `BadInput` that names the first sample, counted from 1, that cannot be one."""
    finite = np.isfinite(time_s) & np.isfinite(values).all(axis=1)
    _refuse(path, ~finite, "is not all numbers (nan or inf); mend it or leave it out")
    is_late = np.abs(time_s) >= MOST_S
    _refuse(path, is_late, "has a time that is not in seconds; divide the times until they are")
    is_back = np.diff(time_s, prepend=time_s[0]) < 0
    _refuse(path, is_back, "is earlier than the one before; sort the samples or cut there")
    is_huge = np.abs(values).max(axis=1) > MOST
    _refuse(path, is_huge, "is more than any sensor measures; give m/s² and rad/s, or leave it out")


def _refuse(path: Path, bad: NDArray[np.bool_], cause: str) -> None:
    if bad.any():
        raise BadInput(f"{path}: sample {int(bad.argmax()) + 1} {cause}")


def _told(path: Path, text: str) -> tuple[Header, Noted | None]:
    """The header and the notes that were told so; raises `BadInput` where they are damaged."""
    try:
        said = object_in(text.encode())
        notes = said.get(_NOTES)
        return header_in(said), None if notes is None else [_note(dict(note)) for note in notes]
    except (ValueError, TypeError, KeyError, OverflowError, BadUsage) as error:
        raise BadInput(
            f"{path}: what it says of itself is damaged ({error}); write it anew"
        ) from None


def _note(fields: dict[str, Any]) -> tuple[float | None, Note]:
    after_s = None if fields[_AFTER_S] is None else number_in(fields, _AFTER_S)
    note = Note(0, str(fields.pop(_EVENT)), {k: v for k, v in fields.items() if k != _AFTER_S})
    if note.kind == LEG:
        # Whoever counts relies on it.
        _ = note.leg
    return after_s, note
