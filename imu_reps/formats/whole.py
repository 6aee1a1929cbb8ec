"""Formats that are written as a whole: samples are collected, and saved when all is well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock


class Collector:
    """What is written, as samples; notes have no place in a table of numbers."""

    def __init__(self, header: Header) -> None:
        self.header = header
        scale = header.scale or Scale(1.0, 1.0)
        self._clock = DeviceClock(scale, header.rate_hz or 100.0)
        self._parts = [self._clock.update(_none(scale))]

    def write(self, item: Frames | Note) -> None:
        """Take the samples of these frames."""
        if isinstance(item, Frames) and len(item):
            self._parts.append(self._clock.update(item))

    @property
    def samples(self) -> Samples:
        return joined(self._parts)


def _none(scale: Scale) -> Frames:
    none = np.empty(0, dtype=np.int64)
    return Frames(none, np.empty((0, 3 if scale.gyr_rads is None else 6)), device_us=none)


class Whole:
    """A recording that was read as a whole."""

    def __init__(self, path: Path, header: Header, time_s: Floats, values: Floats) -> None:
        if not len(time_s):
            raise BadInput(f"{path}: no samples in it; record it again")
        gyr_rads = 1.0 if values.shape[1] == 6 else None
        self.header = replace(header, scale=Scale(1.0, gyr_rads))
        self._time_us = np.round(time_s * 1e6).astype(np.int64)
        self._values = values

    def __iter__(self) -> Iterator[Frames | Note]:
        """All frames, and a note that they ended."""
        yield Frames(self._time_us, self._values, device_us=self._time_us)
        yield Note(int(self._time_us[-1]), "end")


def told(header: Header) -> str:
    """The header as JSON, without the scale: the values are in SI units."""
    fields = asdict(header)
    del fields["scale"]
    return json.dumps(fields)


def header_of(path: Path, text: str) -> Header:
    """The header that was told so; raises `BadInput` where it is damaged."""
    try:
        fields: dict[str, Any] = json.loads(text)
        leg, mount, rate = fields.get("leg"), fields.get("mount"), fields.get("rate_hz")
        return Header(
            movement=_text(fields, "movement"),
            leg=None if leg is None else Leg.named(leg),
            mount=None if mount is None else Mount.named(mount),
            rate_hz=None if rate is None else float(rate),
            device=_text(fields, "device"),
            decoder=_text(fields, "decoder"),
            started_utc=_text(fields, "started_utc"),
            software=_text(fields, "software"),
        )
    except (ValueError, TypeError, AttributeError, BadUsage) as error:
        raise BadInput(f"{path}: what it says of itself is damaged ({error})") from None


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return None if value is None else str(value)
