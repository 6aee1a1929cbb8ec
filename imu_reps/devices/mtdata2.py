"""Xsens and Movella MTi: MTData2 messages, a length and groups of big-endian numbers.

Strategy: find `FA FF 36`, take as many bytes as the message says, and believe them if all bytes
after FA add up to zero. A sample is a message that holds an acceleration.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.gate import ACC_JUMP_G, GYR_JUMP_DPS, Gate

START = b"\xfa\xff\x36"
_EXTENDED = 0xFF
_LONGEST = 2048
"""MT low-level protocol: no message carries more."""

PACKET_COUNTER, SAMPLE_TIME_FINE = 0x1020, 0x1060
ACCELERATION, ACCELERATION_HR = 0x4020, 0x4040
RATE_OF_TURN, RATE_OF_TURN_HR = 0x8020, 0x8040
_WHOLE = {PACKET_COUNTER: ">H", SAMPLE_TIME_FINE: ">I"}
_PRECISION = {0: ">f", 3: ">d"}
"""By an identifier's last two bits; the fixed-point ones are not read."""

_FINE_US = 100
"""Sample time fine counts in tenths of a millisecond."""

SCALE = Scale(acc_ms2=1.0, gyr_rads=1.0, seq_wrap=1 << 16, device_us_wrap=(1 << 32) * _FINE_US)
_JUMPS = (ACC_JUMP_G * GRAVITY_MS2,) * 3 + (float(np.radians(GYR_JUMP_DPS)),) * 3


class MtData2Decoder:
    """Bytes in any pieces in, samples out. What the sensor sends shows in its first sample."""

    description: str | None = None
    rate_hz: float | None = None

    def __init__(self) -> None:
        self.has = Has(gyro=True, counter=True, clock=True, checksum=True)
        self.good_bytes = 0
        self._damaged = 0
        self._gate = Gate(_JUMPS)
        self._rest = b""
        self._begun = False

    @property
    def scale(self) -> Scale | None:
        if not self._begun:
            return None
        return SCALE if self.has.gyro else replace(SCALE, gyr_rads=None)

    @property
    def bad_frames(self) -> int:
        return self._damaged + self._gate.refused

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        rows = [row for content in self._contents(data) if (row := self._row(content)) is not None]
        width = 6 if self.has.gyro else 3
        table = np.array(rows, dtype=np.float64).reshape(-1, 2 + width)
        table = table[self._gate.passes(table[:, 2:])]
        return Frames(
            host_us=np.full(len(table), host_us, dtype=np.int64),
            values=table[:, 2:],
            seq=table[:, 0].astype(np.int64) if self.has.counter else None,
            device_us=table[:, 1].astype(np.int64) if self.has.clock else None,
        )

    def _contents(self, data: bytes) -> Iterator[bytes]:
        """What stands between the length and the sum of each whole message."""
        buffer, place = self._rest + data, 0
        while (begin := buffer.find(START, place)) >= 0:
            first, end = _span(buffer, begin)
            if end > len(buffer):
                place = begin
                break
            if sum(buffer[begin + 1 : end]) & 0xFF:
                place = begin + 1
                continue
            self._damaged += begin > place and self.good_bytes > 0
            self.good_bytes += end - begin
            yield buffer[first : end - 1]
            place = end
        else:
            place = max(place, len(buffer) - len(START) + 1)
        self._rest = buffer[place:]

    def _row(self, content: bytes) -> tuple[float, ...] | None:
        """Counter, time, acceleration and turning rate of a message that holds a sample."""
        groups = dict(_groups(content))
        acc = groups.get(ACCELERATION) or groups.get(ACCELERATION_HR)
        gyr = groups.get(RATE_OF_TURN) or groups.get(RATE_OF_TURN_HR)
        if acc is None or len(acc) != 3 or (gyr is not None and len(gyr) != 3):
            return None
        counter, fine = groups.get(PACKET_COUNTER), groups.get(SAMPLE_TIME_FINE)
        if not self._begun:
            self._begin(Has(gyr is not None, counter is not None, fine is not None, checksum=True))
        wanted = [
            group for group, has in ((counter, self.has.counter), (fine, self.has.clock)) if has
        ]
        if None in wanted or (self.has.gyro and gyr is None):
            self._damaged += 1
            return None
        count = counter[0] if counter is not None else 0.0
        time_us = fine[0] * _FINE_US if fine is not None else 0.0
        return (count, time_us, *acc, *(gyr if self.has.gyro and gyr is not None else ()))

    def _begin(self, has: Has) -> None:
        self.has, self._begun = has, True
        if not has.gyro:
            self._gate = Gate(_JUMPS[:3])


def _span(buffer: bytes, begin: int) -> tuple[int, int]:
    """Where the content of the message at `begin` begins, and where the message ends."""
    head = buffer[begin : begin + 6]
    if len(head) < 4 or (head[3] == _EXTENDED and len(head) < 6):
        return 0, len(buffer) + 1
    if head[3] != _EXTENDED:
        return begin + 4, begin + 4 + head[3] + 1
    length = min(int.from_bytes(head[4:6], "big"), _LONGEST)
    return begin + 6, begin + 6 + length + 1


def _groups(content: bytes) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Each group's identifier without its precision bits, and its numbers."""
    place = 0
    while place + 3 <= len(content):
        identifier, size = int.from_bytes(content[place : place + 2], "big"), content[place + 2]
        numbers = content[place + 3 : place + 3 + size]
        place += 3 + size
        kind = _WHOLE.get(identifier) or _PRECISION.get(identifier & 0x3)
        if kind is not None and len(numbers) == size and size % struct.calcsize(kind) == 0:
            values = struct.unpack(f">{size // struct.calcsize(kind)}{kind[1:]}", numbers)
            if all(map(math.isfinite, values)):
                yield identifier & 0xFFF0, values


DEVICE = Device(
    name="mtdata2",
    title="Xsens or Movella MTi",
    baud=115200,
    scale=SCALE,
    rate_hz=100.0,
    decoder=MtData2Decoder,
    other_bauds=(921600, 230400),
)
