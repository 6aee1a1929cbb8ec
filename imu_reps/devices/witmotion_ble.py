"""WitMotion's Bluetooth family: 20 bytes with acceleration, turning rate and angle, no checksum.

Strategy: nothing tells a damaged packet but its place and what it says: each must be followed by
the start of the next, which costs the time to it, and no limb jumps from sample to sample.
"""

from __future__ import annotations

import struct

import numpy as np

from imu_reps.core.frames import Frames, Scale
from imu_reps.devices import Device, Has
from imu_reps.devices.gate import Gate
from imu_reps.devices.packets import Packets
from imu_reps.devices.witmotion import JUMPS, SCALE

START, SIZE = b"\x55\x61", 20
_PITCH = struct.Struct("<16xh2x")
_VALUES = struct.Struct("<2x6h6x")


def _is_whole(packet: bytes) -> bool:
    # No sum to check; of the three angles the middle one, the pitch, never passes 90 degrees.
    (pitch,) = _PITCH.unpack(packet)
    return bool(abs(pitch) <= 16384)


class WitMotionBleDecoder:
    """Bytes in any pieces in, samples out."""

    has = Has(gyro=True, counter=False, clock=False, checksum=False)
    description: str | None = None
    rate_hz: float | None = None

    def __init__(self) -> None:
        self.scale: Scale | None = SCALE
        self._packets = Packets(START, SIZE, _is_whole, followed_by=START)
        self._gate = Gate(JUMPS)

    @property
    def bad_frames(self) -> int:
        return self._packets.bad_frames + self._gate.refused

    @property
    def good_bytes(self) -> int:
        return self._packets.good_bytes

    def feed(self, data: bytes, host_us: int) -> Frames:
        """The samples that end in `data`, which arrived at `host_us`."""
        rows = [_VALUES.unpack(packet.data) for packet in self._packets.cut(data)]
        table = np.array(rows, dtype=np.int64).reshape(-1, 6)
        table = table[self._gate.passes(table)]
        return Frames(host_us=np.full(len(table), host_us, dtype=np.int64), values=table)


DEVICE = Device(
    name="witmotion-ble",
    title="WitMotion Bluetooth sensor",
    baud=115200,
    scale=SCALE,
    rate_hz=10.0,
    decoder=WitMotionBleDecoder,
    other_bauds=(9600,),
)
