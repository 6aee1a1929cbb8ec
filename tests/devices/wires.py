"""What each sensor would put on the wire of a given motion: the decoders' other half."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import imu_reps_frame

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a sensor is to tell: accelerations (n, 3) in g, turning rates (n, 3) in deg/s."""

    acc_g: Floats
    gyr_dps: Floats
    rate_hz: float
    first: int = 0

    def __len__(self) -> int:
        return len(self.acc_g)

    def seq(self, row: int) -> int:
        return self.first + row

    def at_us(self, row: int) -> int:
        return round(self.seq(row) * 1e6 / self.rate_hz)


@dataclass(frozen=True, slots=True)
class Wire:
    """A way to put samples on the wire; `frames` has the bytes (n) of each sample."""

    name: str
    device: str
    frames: Callable[[Told], list[bytes]]
    gyro: bool = True
    before: bytes = b""
    after: bytes = b""
    """What must follow until the last sample is believed."""


def leg(n: int, rate_hz: float, rng: Generator) -> Told:
    """A limb that turns slowly to and fro in some direction, with a sensor's noise."""
    at_s = np.arange(n) / rate_hz
    period_s, rom_rad = rng.uniform(2.5, 8.0), np.radians(rng.uniform(0, 70))
    phase = 2 * np.pi * at_s / period_s + rng.uniform(0, 6.28)
    angle = rom_rad * (1 - np.cos(phase)) / 2
    axes = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    acc = np.cos(angle)[:, None] * axes[0] + np.sin(angle)[:, None] * axes[1]
    speed_dps = np.degrees(rom_rad * np.sin(phase) / 2 * 2 * np.pi / period_s)
    gyr = speed_dps[:, None] * axes[2] + rng.normal(0, 1, 3)
    acc_g = acc + rng.normal(0, 0.01, (n, 3)) + rng.normal(0, 0.02, 3)
    return Told(acc_g, gyr + rng.normal(0, 0.2, (n, 3)), rate_hz, int(rng.integers(1 << 15)))


def _counts(values: Floats, lsb: float) -> list[list[int]]:
    rows: list[list[int]] = np.clip(np.round(values * lsb), -32768, 32767).astype(int).tolist()
    return rows


def _native(told: Told) -> list[bytes]:
    rows = np.hstack([_counts(told.acc_g, 8192), _counts(told.gyr_dps, 65.5)]).tolist()
    return [
        imu_reps_frame.encode_sample(told.seq(i), told.at_us(i), row) for i, row in enumerate(rows)
    ]


def wit_packet(kind: int, content: bytes) -> bytes:
    body = bytes([0x55, kind]) + content.ljust(8, b"\0")
    return body + bytes([sum(body) & 0xFF])


def _wit(kinds: tuple[int, ...]) -> Callable[[Told], list[bytes]]:
    def frames(told: Told) -> list[bytes]:
        acc, gyr = _counts(told.acc_g, 2048), _counts(told.gyr_dps, 16.384)
        return [
            b"".join(wit_packet(k, _wit_content(k, acc[i], gyr[i], told.at_us(i))) for k in kinds)
            for i in range(len(told))
        ]

    return frames


def _wit_content(kind: int, acc: list[int], gyr: list[int], at_us: int) -> bytes:
    if kind == 0x50:
        second, ms = divmod(at_us // 1000, 1000)
        minute, second = divmod(second, 60)
        return struct.pack("<6BH", 26, 11, 24, minute // 60 % 24, minute % 60, second, ms)
    values = {0x51: acc, 0x52: gyr, 0x53: [67, 391, 365], 0x54: [120, -43, 300]}
    return struct.pack("<4h", *values[kind], 2168)


def _wit_ble(told: Told) -> list[bytes]:
    acc, gyr = _counts(told.acc_g, 2048), _counts(told.gyr_dps, 16.384)
    return [
        struct.pack("<2B9h", 0x55, 0x61, *a, *g, 100 + i % 50, -3000, 5000)
        for i, (a, g) in enumerate(zip(acc, gyr, strict=True))
    ]


def _rvc(told: Told) -> list[bytes]:
    found = []
    for i, acc in enumerate(_counts(told.acc_g, 1000)):
        body = struct.pack("<B6h3x", told.seq(i) & 0xFF, 9000, -110, 2085, *acc)
        found.append(b"\xaa\xaa" + body + bytes([sum(body) & 0xFF]))
    return found


def _x_ascii(told: Told) -> list[bytes]:
    return [
        f"I,{told.at_us(i)},{','.join(f'{v:.4f}' for v in (*g, *a))}\r\n".encode()
        for i, (a, g) in enumerate(zip(told.acc_g, told.gyr_dps, strict=True))
    ]


def stuffed(message: bytes) -> bytes:
    return message.replace(b"\xdb", b"\xdb\xdd").replace(b"\n", b"\xdb\xdc") + b"\n"


def _x_binary(told: Told) -> list[bytes]:
    return [
        stuffed(struct.pack("<BQ6f", 0xC9, told.at_us(i), *g, *a))
        + (stuffed(struct.pack("<BQ4f", 0xD1, told.at_us(i), 1, 0, 0, 0)) if i % 2 else b"")
        for i, (a, g) in enumerate(zip(told.acc_g, told.gyr_dps, strict=True))
    ]


def mt_message(*groups: tuple[int, bytes]) -> bytes:
    data = b"".join(struct.pack(">HB", kind, len(value)) + value for kind, value in groups)
    body = bytes([0xFF, 0x36, len(data)]) + data
    return b"\xfa" + body + bytes([-sum(body) & 0xFF])


def _mt(told: Told) -> list[bytes]:
    return [
        mt_message(
            (0x1020, struct.pack(">H", told.seq(i) & 0xFFFF)),
            (0x1060, struct.pack(">I", told.at_us(i) // 100)),
            (0x4020, struct.pack(">3f", *(told.acc_g[i] * GRAVITY_MS2))),
            (0x8020, struct.pack(">3f", *np.radians(told.gyr_dps[i]))),
        )
        for i in range(len(told))
    ]


def _text(
    line: str, acc: float, gyr: float, places: int, tick_us: float = 1.0
) -> Callable[[Told], list[bytes]]:
    """Lines: `{t}` the time, `{a}` and `{g}` the values with what stands between them."""

    def number(value: float) -> str:
        return f"{value:.{places}f}"

    def frames(told: Told) -> list[bytes]:
        return [
            (
                line.format(
                    *map(number, (*(told.acc_g[i] * acc), *(told.gyr_dps[i] * gyr))),
                    t=int(told.at_us(i) / tick_us),
                )
                + "\r\n"
            ).encode()
            for i in range(len(told))
        ]

    return frames


RAD = np.pi / 180
_NATIVE_HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.5}

WIRES = [
    Wire("native", "imu-reps-frame", _native, before=b"\0"),
    Wire(
        "native with hello",
        "imu-reps-frame",
        _native,
        before=b"\0" + imu_reps_frame.encode_hello(_NATIVE_HELLO),
    ),
    Wire("wit 51 52 53", "witmotion", _wit((0x51, 0x52, 0x53))),
    Wire("wit 51 52 53 54", "witmotion", _wit((0x51, 0x52, 0x53, 0x54))),
    Wire("wit with time", "witmotion", _wit((0x50, 0x51, 0x52, 0x53))),
    Wire("wit without gyro", "witmotion", _wit((0x51, 0x53)), gyro=False),
    Wire("wit ble", "witmotion-ble", _wit_ble, after=b"\x55\x61"),
    Wire("bno08x", "bno08x-rvc", _rvc, gyro=False),
    Wire("x-imu3 ascii", "x-imu3", _x_ascii, before=b"\n"),
    Wire("x-imu3 binary", "x-imu3", _x_binary, before=b"\n"),
    Wire("mti", "mtdata2", _mt),
    Wire("text g", "text-lines", _text("{0},{1},{2},{3},{4},{5}", 1, 1, 3), before=b"\n"),
    Wire(
        "text m/s2 header",
        "text-lines",
        _text("{t},{0},{1},{2},{3},{4},{5}", GRAVITY_MS2, RAD, 4, 1000),
        before=b"booting\r\nms,acc_x_ms2,acc_y_ms2,acc_z_ms2,gyr_x_rads,gyr_y_rads,gyr_z_rads\r\n",
    ),
    Wire("text counts 16384", "text-lines", _text("{0}\t{1}\t{2}\t{3}\t{4}\t{5}", 16384, 131, 0)),
    Wire("text counts 8192", "text-lines", _text("{0} {1} {2} {3} {4} {5}", 8192, 65.5, 0)),
    Wire("text counts 4096 us", "text-lines", _text("{t},{0},{1},{2},{3},{4},{5}", 4096, 32.8, 0)),
    Wire("text counts 2048", "text-lines", _text("{0},{1},{2},{3},{4},{5}", 2048, 16.4, 0)),
    Wire("text mg", "text-lines", _text("{0}, {1}, {2}, {3}, {4}, {5}", 1000, 1, 1)),
    Wire(
        "text named",
        "text-lines",
        _text("gx:{3} gy:{4} gz:{5} ax:{0} ay:{1} az:{2}", GRAVITY_MS2, RAD, 3),
    ),
    Wire("text acc only", "text-lines", _text("{0};{1};{2}", GRAVITY_MS2, 0, 2), gyro=False),
    Wire(
        "text of two lines",
        "text-lines",
        _text("Acc: {0} {1} {2}\r\nGyro: {3} {4} {5}\r\n", GRAVITY_MS2, RAD, 2),
        before=b"\n",
    ),
    Wire("text prefix", "text-lines", _text("IMU {0} {1} {2} {3} {4} {5}", 1, 1, 3)),
]
