"""BNO080 and BNO085 in UART-RVC mode: 19 bytes with an index, angles and acceleration, no gyro.

Strategy: cut at `AA AA` by the sum of bytes; the angles must be ones that an angle can have.
"""

from __future__ import annotations

import struct

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, Has
from imu_reps.devices.gate import ACC_JUMP_G, Gate
from imu_reps.devices.packets import Packets

START, SIZE = b"\xaa\xaa", 19
_ANGLES = struct.Struct("<3x3h")
_INDEX_ACC = struct.Struct("<2xB6x3h4x")
_MG_PER_G = 1000

SCALE = Scale(acc_ms2=GRAVITY_MS2 / _MG_PER_G, gyr_rads=None, seq_wrap=1 << 8)


def _is_whole(packet: bytes) -> bool:
    yaw, pitch, roll = _ANGLES.unpack_from(packet)
    possible = abs(yaw) <= 18000 and abs(pitch) <= 9000 and abs(roll) <= 18000
    return possible and sum(packet[2:-1]) & 0xFF == packet[-1]


class Bno08xRvcDecoder:
    """Bytes in any pieces in, samples out; the index counts them."""

    has = Has(gyro=False, counter=True, clock=False, checksum=True)
    description: str | None = None
    # Fixed by the mode (datasheet 1.3.5.2).
    rate_hz: float | None = 100.0

    def __init__(self) -> None:
        self.scale: Scale | None = SCALE
        self._packets = Packets(START, SIZE, _is_whole)
        self._gate = Gate((ACC_JUMP_G * _MG_PER_G,) * 3)

    @property
    def bad_frames(self) -> int:
        return self._packets.bad_frames + self._gate.refused

    @property
    def good_bytes(self) -> int:
        return self._packets.good_bytes

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        rows = [_INDEX_ACC.unpack(packet.data) for packet in self._packets.cut(data)]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        table = table[self._gate.passes(table[:, 1:])]
        return Frames(
            host_us=np.full(len(table), host_us, dtype=np.int64),
            values=table[:, 1:],
            seq=table[:, 0],
        )


DEVICE = Device(
    name="bno08x-rvc",
    title="BNO08x in UART-RVC mode",
    baud=115200,
    scale=SCALE,
    rate_hz=100.0,
    decoder=Bno08xRvcDecoder,
)
