"""Our own frame: `firmware_protocol/PROTOCOL.md` has it byte by byte.

Strategy: cut the stream at zeros, unstuff each piece, check its CRC, and only then look at what it
is. Whatever is damaged ends at the next zero, so one bad byte costs one frame.
"""

from __future__ import annotations

import binascii
import json
import math
import struct
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has, cobs

PROTOCOL = 1
"""The version of the wire that is known here."""

HELLO, SAMPLE, STATUS, LOG = range(4)
_SAMPLE = struct.Struct("<BHI6h")
_SAMPLES = np.dtype([("type", "u1"), ("seq", "<u2"), ("device_us", "<u4"), ("values", "<i2", 6)])
"""The same for many at once."""

_STATUS = struct.Struct("<BHhII")
_CRC = struct.Struct("<H")
_LONGEST = 1024
"""No frame is longer: more bytes without a zero are noise."""

SEQ_WRAP, DEVICE_US_WRAP = 1 << 16, 1 << 32

_NUMBERS, _MOST = ("acc_lsb_per_g", "gyr_lsb_per_dps", "rate_hz"), 1e9
"""What a hello must tell, and more than any of it can be: that is damage, or nonsense."""


def scale_of(acc_lsb_per_g: float, gyr_lsb_per_dps: float) -> Scale:
    """The scale of a device that counts so many steps for one g and one degree a second."""
    return Scale(
        acc_ms2=GRAVITY_MS2 / acc_lsb_per_g,
        gyr_rads=math.radians(1.0 / gyr_lsb_per_dps),
        seq_wrap=SEQ_WRAP,
        device_us_wrap=DEVICE_US_WRAP,
    )


def encode(body: bytes) -> bytes:
    """A frame around a body that begins with its type."""
    return cobs.encode(body + _CRC.pack(binascii.crc_hqx(body, 0xFFFF))) + b"\0"


def encode_sample(seq: int, device_us: int, values: Sequence[int]) -> bytes:
    """The frame of one sample; the counters wrap by themselves."""
    return encode(_SAMPLE.pack(SAMPLE, seq % SEQ_WRAP, device_us % DEVICE_US_WRAP, *values))


def encode_hello(hello: dict[str, object]) -> bytes:
    """The frame in which a device tells of itself."""
    return encode(bytes([HELLO]) + json.dumps(hello).encode())


class Status(NamedTuple):
    """What a board tells of itself; `battery_mv` 0 and `temperature_cc` -32768 are "unknown"."""

    battery_mv: int
    temperature_cc: int
    dropped_frames: int
    sensor_errors: int


def encode_status(status: Status) -> bytes:
    """The frame in which a device tells how it is."""
    return encode(_STATUS.pack(STATUS, *status))


class FrameDecoder:
    """Bytes in any pieces in, samples out; hello and status are kept as they last came."""

    has = Has(gyro=True, counter=True, clock=True, checksum=True)

    def __init__(self) -> None:
        self.bad_frames = 0
        self.good_bytes = 0
        self.scale: Scale | None = None
        self.rate_hz: float | None = None
        self.description: str | None = None
        self.identity: str | None = None
        self.hello: dict[str, object] = {}
        self.status: Status | None = None
        self.words: list[str] = []
        self.refusal: str | None = None
        self._rest = b""
        self._begun = False

    @property
    def battery_mv(self) -> int | None:
        """The battery's voltage as the last status told it; a board without one says 0."""
        return None if self.status is None else self.status.battery_mv or None

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        *pieces, self._rest = (self._rest + data).split(b"\0")
        if len(self._rest) > _LONGEST:
            self._rest = b""
            self.bad_frames += 1
        samples = b"".join([body for piece in pieces if (body := self._sample(piece))])
        table = np.frombuffer(samples, dtype=_SAMPLES)
        return Frames(
            host_us=np.full(len(table), host_us, dtype=np.int64),
            values=table["values"].astype(np.int64),
            seq=table["seq"].astype(np.int64),
            device_us=table["device_us"].astype(np.int64),
        )

    def _sample(self, piece: bytes) -> bytes | None:
        """The body of a frame, if it is a sample."""
        if not piece:
            return None
        body = cobs.decode(piece)
        begun, self._begun = self._begun, True
        if body is None or not _is_whole(body):
            # What stands before the first zero is the tail of a frame that nobody heard begin.
            self.bad_frames += begun
            return None
        self.good_bytes += len(piece) + 1
        content = body[: -_CRC.size]
        if content[0] == SAMPLE and len(content) == _SAMPLE.size:
            return content
        self._other(content[0], content[1:])
        return None

    def _other(self, kind: int, content: bytes) -> None:
        if kind == HELLO:
            self._hello(content)
        elif kind == STATUS and len(content) >= _STATUS.size - 1:
            self.status = Status(*_STATUS.unpack(bytes([kind]) + content[: _STATUS.size - 1])[1:])
        elif kind == LOG:
            self.words = [*self.words[-99:], content.decode(errors="replace")]

    def _hello(self, content: bytes) -> None:
        try:
            hello = json.loads(content)
            acc, gyr, rate_hz = (float(hello[name]) for name in _NUMBERS)
            if not all(0 < number < _MOST for number in (acc, gyr, rate_hz)):
                raise ValueError
            protocol = int(hello.get("protocol", 1))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            self.bad_frames += 1
            return
        self.hello, self.scale, self.rate_hz = hello, scale_of(acc, gyr), rate_hz
        if protocol > PROTOCOL:
            self.refusal = (
                f"the board speaks version {protocol} of the wire, this program up to {PROTOCOL}; "
                "update imu-reps"
            )
        self.identity = str(hello["id"]) if hello.get("id") else None
        self.description = f"{hello.get('sensor', 'sensor')} {hello.get('id', '')}".strip()


def _is_whole(body: bytes) -> bool:
    return len(body) > _CRC.size and body[-2:] == _CRC.pack(binascii.crc_hqx(body[:-2], 0xFFFF))


DEVICE = Device(
    name="imu-reps-frame",
    title="board that sends our own frame",
    baud=115200,
    # An MPU-6050 at 4 g and 500 degrees a second (datasheet 4.2), as PROTOCOL.md has it.
    scale=scale_of(8192.0, 65.5),
    rate_hz=100.0,
    ask=b"?",
    decoder=FrameDecoder,
)
