"""Formats that are written as a whole: samples are collected, and saved when all is well."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.notes import END
from imu_reps.motion.clock import DeviceClock

MOST_S = 1e11
"""Three thousand years. Milliseconds since 1970 are more, and would not fit into 64 bits as
microseconds if they were nanoseconds."""

MOST = 1e6
"""In m/s² and rad/s: the accelerometers for shocks end at 100,000 g."""


class Collector:
    """What is written, as samples; notes have no place in a table of numbers."""

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        self._header = header
        self._clock = DeviceClock(header.scale or Scale(1.0, 1.0), header.rate_hz or 100.0)
        self._parts: list[Samples] = []

    def write(self, item: Frames | Note) -> None:
        """Take the samples of these frames."""
        if isinstance(item, Frames) and len(item):
            self._parts.append(self._clock.update(item))

    def samples(self) -> Samples:
        """All of them; raises `BadInput` where there are none, or such as would not be read."""
        if not self._parts:
            raise none_to_write(self._path)
        samples = joined(self._parts)
        gyr = [] if samples.gyr_rads is None else [samples.gyr_rads]
        _check(self._path, samples.time_s, np.hstack([samples.acc_ms2, *gyr]))
        return samples

    def told(self) -> str:
        """The header as JSON, without the scale: the values are in SI units."""
        fields = asdict(self._header)
        del fields["scale"]
        return json.dumps(fields)


def none_to_write(path: Path) -> BadInput:
    """What is said of a recording without samples: nothing that is read can be made of it."""
    return BadInput(
        f"{path}: there are no samples to write, and only a native recording (.imu.csv) holds "
        "none; record it again"
    )


class Whole:
    """A recording that was read as a whole.

    `told` is what it says of itself, None if nothing. Raises `BadInput` where that, or a time (n,)
    or a value (n, 3 or 6), cannot be.
    """

    def __init__(self, path: Path, told: str | None, time_s: Floats, values: Floats) -> None:
        if not len(time_s):
            raise BadInput(f"{path}: no samples in it; record it again")
        _check(path, time_s, values)
        header = Header() if told is None else _told(path, told)
        gyr_rads = 1.0 if values.shape[1] == 6 else None
        self.header = replace(header, scale=Scale(1.0, gyr_rads))
        self._time_us = np.round(time_s * 1e6).astype(np.int64)
        self._values = values

    def __iter__(self) -> Iterator[Frames | Note]:
        """All frames, and a note that they ended."""
        yield Frames(self._time_us, self._values, device_us=self._time_us)
        yield Note(int(self._time_us[-1]), END)


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


def _told(path: Path, text: str) -> Header:
    """The header that was told so; raises `BadInput` where it is damaged."""
    try:
        return _header(json.loads(text))
    except RecursionError:
        raise BadInput(f"{path}: what it says of itself is no header; write it anew") from None
    except (ValueError, TypeError, AttributeError, OverflowError, BadUsage) as error:
        raise BadInput(
            f"{path}: what it says of itself is damaged ({error}); write it anew"
        ) from None


def _header(fields: dict[str, Any]) -> Header:
    leg, mount, rate = fields.get("leg"), fields.get("mount"), fields.get("rate_hz")
    return Header(
        movement=_text(fields, "movement"),
        leg=None if leg is None else Leg.named(leg),
        mount=None if mount is None else Mount.named(mount),
        rate_hz=None if rate is None else _number("rate_hz", rate),
        device=_text(fields, "device"),
        decoder=_text(fields, "decoder"),
        started_utc=_text(fields, "started_utc"),
        software=_text(fields, "software"),
    )


def _number(key: str, value: Any) -> float:
    number = float(value)
    if not 0 <= number < math.inf:
        raise ValueError(f"{key} is {value!r}")
    return number


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} is {value!r}"[:120])
    return value
