"""x-IMU3, in its ASCII and its binary form: both end a message with a line feed.

Strategy: cut at line feeds and look at each piece's first byte. No checksum: a message must have
the right length or fields, and the gate holds back values and times that leap.
"""

from __future__ import annotations

import math
import re
import struct

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.gate import ACC_JUMP_G, CLOCK_JUMP_US, GYR_JUMP_DPS, Gate

END = b"\n"
INERTIAL_BINARY, BATTERY_BINARY = 0xC9, 0xC2
_BINARY = struct.Struct("<xQ6f")
_BATTERY_BINARY = struct.Struct("<x8x3f")
_NUMBER = rb"-?\d{1,5}(?:\.\d{1,9})?"
_ASCII = re.compile(rb"I,(\d{1,18})" + rb",(%s)" % _NUMBER * 6 + rb"\r?")
_BATTERY = re.compile(rb"B,\d{1,18},%s,(%s)(?:,[^,]*)?\r?" % (_NUMBER, _NUMBER))
_OTHER = re.compile(rb"[A-Z],\d+(?:,[^,\r]*)*\r?|\{.*\}\r?")
_LONGEST = 1024
"""No message is longer: more bytes without a line feed are noise."""

_GYR_FIRST = [0, 4, 5, 6, 1, 2, 3]
"""The wire has the turning rates first, `Frames` the accelerations."""

_MOST_G, _MOST_DPS = 32.0, 4100.0
"""Its ranges are 16 g and 2000 degrees a second; calibration moves them a little."""

_MOST_VOLTS = 30.0
"""No sensor's battery has more: a damaged number."""

SCALE = Scale(acc_ms2=GRAVITY_MS2, gyr_rads=math.radians(1.0))


class XImu3Decoder:
    """Bytes in any pieces in, samples out; other messages are passed over."""

    has = Has(gyro=True, counter=False, clock=True, checksum=False)
    description: str | None = None
    rate_hz: float | None = None

    def __init__(self) -> None:
        self.scale: Scale | None = SCALE
        self.good_bytes = 0
        self.battery_mv: int | None = None
        self._damaged = 0
        self._gate = Gate((CLOCK_JUMP_US,) + (ACC_JUMP_G,) * 3 + (GYR_JUMP_DPS,) * 3)
        self._rest = b""
        self._begun = False

    @property
    def bad_frames(self) -> int:
        return self._damaged + self._gate.refused

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        *pieces, self._rest = (self._rest + data).split(END)
        if len(self._rest) > _LONGEST:
            self._rest = b""
            self._damaged += self._begun
        rows = [row for piece in pieces if (row := self._message(piece)) is not None]
        table = np.array(rows, dtype=np.float64).reshape(-1, 7)[:, _GYR_FIRST]
        table = table[self._gate.passes(table)]
        return Frames(
            host_us=np.full(len(table), host_us, dtype=np.int64),
            values=table[:, 1:],
            device_us=table[:, 0].astype(np.int64),
        )

    def _message(self, piece: bytes) -> tuple[float, ...] | None:
        """Time, turning rates and accelerations of a whole inertial message."""
        begun, self._begun = self._begun, True
        row = _binary(piece) if piece[:1] >= b"\x80" else _ascii(piece)
        if row is None and not _is_other(piece):
            # What stands before the first line feed is the tail of a message.
            self._damaged += begun
            return None
        self.good_bytes += len(piece) + len(END)
        if row is None:
            self.battery_mv = _battery_mv(piece) or self.battery_mv
        return row


def _ascii(piece: bytes) -> tuple[float, ...] | None:
    found = _ASCII.fullmatch(piece)
    return None if found is None else _possible(tuple(map(float, found.groups())))


def _binary(piece: bytes) -> tuple[float, ...] | None:
    message = _unstuffed(piece)
    if piece[:1] != bytes([INERTIAL_BINARY]) or message is None or len(message) != _BINARY.size:
        return None
    return _possible(_BINARY.unpack(message))


def _unstuffed(piece: bytes) -> bytes | None:
    """The bytes that DB DC and DB DD stand for; None where DB stands before anything else."""
    first, *others = piece.split(b"\xdb")
    if any(other[:1] not in {b"\xdc", b"\xdd"} for other in others):
        return None
    marks = {0xDC: b"\n", 0xDD: b"\xdb"}
    return first + b"".join(marks[other[0]] + other[1:] for other in others)


def _battery_mv(piece: bytes) -> int | None:
    """The voltage in a battery message: time, percent, volts, whether it charges."""
    found = _BATTERY.fullmatch(piece)
    if found is not None:
        return round(float(found[1]) * 1000)
    message = _unstuffed(piece)
    if piece[:1] != bytes([BATTERY_BINARY]) or message is None:
        return None
    if len(message) != _BATTERY_BINARY.size:
        return None
    _, volts, _ = _BATTERY_BINARY.unpack(message)
    return round(volts * 1000) if 0 < volts < _MOST_VOLTS else None


def _possible(row: tuple[float, ...]) -> tuple[float, ...] | None:
    turns = all(abs(value) <= _MOST_DPS for value in row[1:4])
    forces = all(abs(value) <= _MOST_G for value in row[4:])
    return row if turns and forces and row[0] < 1 << 53 else None


def _is_other(piece: bytes) -> bool:
    """Whether this is a whole message of another kind, or the blank that starts a stream."""
    if piece[:1] in {b"I", bytes([INERTIAL_BINARY])}:
        return False
    if piece[:1] >= b"\x80":
        # Every binary message is its letter with the high bit set, then the time.
        message = _unstuffed(piece)
        known = ord("A") <= piece[0] & 0x7F <= ord("Z")
        return message is not None and known and (len(message) - 9) % 4 == 0 and len(message) > 9
    return _OTHER.fullmatch(piece) is not None


DEVICE = Device(
    name="x-imu3",
    title="x-IMU3",
    baud=115200,
    scale=SCALE,
    rate_hz=100.0,
    decoder=XImu3Decoder,
    other_bauds=(921600, 230400),
)
