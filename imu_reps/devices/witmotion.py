"""WitMotion WT61, WT901, BWT901, HWT901, JY901: packets of 11 bytes, one for each quantity.

Strategy: cut the stream into packets by `55` and their sum of bytes; an acceleration opens a
sample, and the turning rate that directly follows closes it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.gate import ACC_JUMP_G, GYR_JUMP_DPS, Gate
from imu_reps.devices.packets import Packet, Packets

START, SIZE = b"\x55", 11
TIME, ACC, GYRO, MAG = 0x50, 0x51, 0x52, 0x54
_TYPES = range(0x50, 0x60)
_THREE = struct.Struct("<2x3h")
_TIME = struct.Struct("<2x6BH")

ACC_LSB_PER_G, GYR_LSB_PER_DPS = 32768 / 16, 32768 / 2000
SCALE = Scale(GRAVITY_MS2 / ACC_LSB_PER_G, math.radians(1 / GYR_LSB_PER_DPS))
JUMPS = (ACC_JUMP_G * ACC_LSB_PER_G,) * 3 + (GYR_JUMP_DPS * GYR_LSB_PER_DPS,) * 3

PATIENCE = 8
"""So many accelerations in a row without a turning rate: it is switched off."""

_EPOCH = datetime(2000, 1, 1)


def is_whole(packet: bytes) -> bool:
    """Whether the packet's type is one of theirs and its sum of bytes is right."""
    if packet[1] not in _TYPES:
        return False
    # Some firmware sends the magnetometer's zeros with a sum of zero.
    return sum(packet[:-1]) & 0xFF == packet[-1] or (packet[1] == MAG and not any(packet[2:]))


class WitMotionDecoder:
    """Bytes in any pieces in, samples out. What the sensor sends shows in its first round."""

    description: str | None = None
    rate_hz: float | None = None

    def __init__(self) -> None:
        self.has = Has(gyro=True, counter=False, clock=False, checksum=True)
        self._packets = Packets(START, SIZE, is_whole)
        self._gate = Gate(JUMPS)
        self._incomplete = 0
        self._kind = 0
        self._rounds = 0
        self._begun = False
        self._without_gyro = 0
        self._time_us: int | None = None
        self._acc: tuple[int, ...] | None = None

    @property
    def scale(self) -> Scale | None:
        if not self._begun:
            return None
        return SCALE if self.has.gyro else replace(SCALE, gyr_rads=None)

    @property
    def bad_frames(self) -> int:
        return self._packets.bad_frames + self._incomplete + self._gate.refused

    @property
    def good_bytes(self) -> int:
        return self._packets.good_bytes

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        rows = [row for p in self._packets.cut(data) if (row := self._taken(p)) is not None]
        table = np.array(rows, dtype=np.int64).reshape(-1, 7 if self.has.gyro else 4)
        table = table[self._gate.passes(table[:, 1:])]
        return Frames(
            host_us=np.full(len(table), host_us, dtype=np.int64),
            values=table[:, 1:],
            device_us=table[:, 0] if self.has.clock else None,
        )

    def _taken(self, packet: Packet) -> tuple[int, ...] | None:
        """The sample that this packet closes."""
        kind, before = packet.data[1], self._kind
        self._kind = kind
        if kind == TIME:
            self._time_us = _time_us(packet.data)
        elif kind == ACC:
            self._open(packet)
            return None if self.has.gyro else self._closed(())
        elif kind == GYRO and self._acc is not None and self.has.gyro:
            if before == ACC and packet.follows:
                return self._closed(_THREE.unpack_from(packet.data))
            self._acc = None
            self._incomplete += 1
        return None

    def _open(self, packet: Packet) -> None:
        missed = self._acc is not None and self.has.gyro
        self._acc = _THREE.unpack_from(packet.data)
        self._rounds += 1
        self._without_gyro = self._without_gyro + 1 if missed else 0
        if self._rounds == 2 and self._time_us is not None:
            self.has = replace(self.has, clock=True)
        if self._without_gyro == PATIENCE and not self._begun:
            self.has, self._begun = replace(self.has, gyro=False), True
            self._gate = Gate(JUMPS[:3])
        self._incomplete += missed and self._begun

    def _closed(self, gyr: tuple[int, ...]) -> tuple[int, ...] | None:
        """The open sample with its turning rates; None in the first round, and without its time."""
        acc, self._acc = self._acc or (), None
        time_us, self._time_us = self._time_us, None
        if self._rounds < 2:
            return None
        self._begun = True
        if self.has.clock and time_us is None:
            self._incomplete += 1
            return None
        return (time_us or 0, *acc, *gyr)


def _time_us(packet: bytes) -> int:
    year, month, day, hour, minute, second, millisecond = _TIME.unpack_from(packet)
    try:
        at = datetime(2000 + year % 100, month, day, hour, minute, second)
    except ValueError:
        # The clock of a sensor that was never set may stand at month 0.
        at = _EPOCH + timedelta(hours=hour, minutes=minute, seconds=second)
    return (at - _EPOCH) // timedelta(microseconds=1) + int(millisecond) * 1000


DEVICE = Device(
    name="witmotion",
    title="WitMotion sensor",
    baud=115200,
    scale=SCALE,
    # The return rate as it leaves the factory; a bare board at 9600 baud can send 21 at the most.
    rate_hz=10.0,
    decoder=WitMotionDecoder,
    other_bauds=(9600, 230400, 921600),
)
