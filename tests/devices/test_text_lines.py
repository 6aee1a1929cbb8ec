"""Lines of numbers: which of them are what, in which unit, and lines that are damaged."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Frames
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices.columns import GRAVITY_SIZES
from imu_reps.devices.text_lines import MOST_HELD, TextLinesDecoder

N = 40


def _fed(lines: list[str], every_us: int = 10_000) -> tuple[TextLinesDecoder, Frames]:
    decoder = TextLinesDecoder()
    found = [decoder.feed(f"{line}\r\n".encode(), i * every_us) for i, line in enumerate(lines)]
    return decoder, max(found, key=len)


def _rest(n: int, line: str, size: float = 1.0) -> list[str]:
    """Lines of a sensor at rest, a little of noise in x."""
    return ["?"] + [
        line.format(x=size * 0.6 + size * 0.004 * (i % 3), y=0.0, z=size * 0.8, i=i, s=i / 100)
        for i in range(n)
    ]


@pytest.mark.parametrize("size", GRAVITY_SIZES)
def test_the_unit_is_told_by_gravity(size: float) -> None:
    decoder, frames = _fed(_rest(N, "{x},{y},{z},1,2,3", size))
    assert decoder.scale is not None
    length = np.linalg.norm(frames.values[:, :3] * decoder.scale.acc_ms2, axis=1)
    assert length == pytest.approx(np.full(len(frames), GRAVITY_MS2), rel=0.01)
    assert decoder.scale.gyr_rads == GRAVITY_SIZES[size][1]


def test_no_line_is_lost_while_the_unit_is_sought() -> None:
    decoder = TextLinesDecoder()
    lines = "\n" + "".join(f"{0.6 + i / 1000},0,0.8,0,0,0\n" for i in range(N))
    frames = decoder.feed(lines.encode(), 3)
    assert frames.values[:, 0].tolist() == pytest.approx([0.6 + i / 1000 for i in range(N)])


def test_counts_stay_counts_and_decimals_decimals() -> None:
    counts = _fed([f"{300 + i % 3},-20,16380,1,2,3" for i in range(N)])[1]
    assert counts.values.dtype == np.int64
    decimals = _fed([f"{0.1 + i % 3 / 100},0,9.8,0,0,0" for i in range(N)])[1]
    assert decimals.values.dtype == np.float64


def test_nothing_like_gravity_is_never_taken_for_it() -> None:
    decoder, _ = _fed([f"{i},{i * 7 % 90},{i * 31 % 77}" for i in range(600)])
    assert decoder.scale is None
    assert decoder.good_bytes == 0
    assert len(decoder._held) <= MOST_HELD


@pytest.mark.parametrize(
    ("head", "line", "unit", "acc", "gyr"),
    [
        ("ax(mg),ay(mg),az(mg)", "{x},{y},{z}", 1000.0, GRAVITY_MS2 / 1000, None),
        ("ax [g]\tay [g]\taz [g]", "{x}\t{y}\t{z}", 1.0, GRAVITY_MS2, None),
        ("gx_dps,gy_dps,gz_dps,ax_ms2,ay_ms2,az_ms2", "1,2,3,{x},{y},{z}", 9.8, 1.0, np.pi / 180),
        (
            "AccX;AccY;AccZ;GyroX_rad/s;GyroY_rad/s;GyroZ_rad/s",
            "{x};{y};{z};1;2;3",
            1.0,
            GRAVITY_MS2,
            1.0,
        ),
    ],
)
def test_a_header_may_declare_units(
    head: str, line: str, unit: float, acc: float, gyr: float | None
) -> None:
    decoder, frames = _fed(["?", head, *_rest(N, line, unit)])
    assert decoder.scale is not None
    assert decoder.scale.acc_ms2 == pytest.approx(acc)
    assert decoder.scale.gyr_rads == (None if gyr is None else pytest.approx(gyr))
    assert frames.values[0, 2] == pytest.approx(0.8 * unit)


@pytest.mark.parametrize(
    "line",
    [
        "ax:{x} ay:{y} az:{z} gx:1 gy:2 gz:3",
        "gx=1, gy=2, gz=3, ax={x}, ay={y}, az={z}",
        "Acc X: {x}  Acc Y: {y}  Acc Z: {z}  Gyro X: 1  Gyro Y: 2  Gyro Z: 3",
        "IMU> {x} {y} {z} 1 2 3",
        "{x},{y},{z},36.6,1,2,3",
        "{x},{y},{z},1,2,3,48.1,-20.2,5.5",
    ],
)
def test_names_and_order(line: str) -> None:
    decoder, frames = _fed(_rest(N, line))
    assert decoder.scale is not None
    assert frames.values[0].tolist() == pytest.approx([0.6, 0.0, 0.8, 1, 2, 3])
    assert not decoder.has.clock


@pytest.mark.parametrize(
    ("line", "every_us", "step_us", "wrap"),
    [
        ("{i}0000,{x},{y},{z}", 10_000, 10_000, 1 << 32),
        ("{i}0,{x},{y},{z}", 10_000, 10_000, 1000 << 32),
        ("{s:.2f},{x},{y},{z}", 10_000, 10_000, None),
        ("{i}0,{x},{y},{z}", 0, 10_000, 1000 << 32),
        ("{i}000,{x},{y},{z}", 0, 1000, 1 << 32),
    ],
)
def test_the_times_unit_is_told_by_the_arrivals(
    line: str, every_us: int, step_us: int, wrap: int | None
) -> None:
    decoder, frames = _fed(_rest(N, line), every_us)
    assert frames.device_us is not None
    assert np.diff(frames.device_us).tolist() == [step_us] * (len(frames) - 1)
    assert decoder.scale is not None
    assert decoder.scale.device_us_wrap == wrap


def test_a_counter_is_no_clock() -> None:
    decoder, frames = _fed(_rest(N, "{i},{x},{y},{z}"), every_us=20_000)
    assert frames.device_us is None
    assert frames.values.shape[1] == 3
    assert not decoder.has.clock


def test_damaged_lines_are_counted_and_left_out() -> None:
    decoder, _ = _fed(_rest(N, "{x},{y},{z}"))
    bad = decoder.bad_frames
    for line in ["0.6,0", "0.6,0,0.8,1", "0.6,o,0.8", "0.6;0;0.8", "99,0,0.8", "hello"]:
        assert len(decoder.feed(f"{line}\n".encode(), 0)) == 0
    assert decoder.bad_frames == bad + 6
    assert len(decoder.feed(b"0.61,0,0.8\n", 0)) == 1


def test_boot_text_is_outnumbered() -> None:
    boot = ["ets Jul 29 2019 12:21:46", "", "rst:0x1 (POWERON_RESET),boot:0x13", "entry 0x400805f0"]
    decoder, frames = _fed([*boot, *_rest(N, "{x},{y},{z}")])
    assert decoder.scale is not None
    assert frames.host_us[0] == len(boot) * 10_000 + 10_000


@pytest.mark.parametrize("noise", ["\x03\x11k;\ufffdp;}q", "a;b;c", "N;;E", "x.;y%;z"])
def test_a_line_of_noise_is_no_heading(noise: str) -> None:
    decoder, _ = _fed(["?", noise, *_rest(N, "{x};{y};{z}")])
    assert decoder.scale is not None


def test_lost_lines_do_not_change_the_times_unit() -> None:
    lines = [line for i, line in enumerate(_rest(N, "{i}5,{x},{y},{z}")) if i % 3]
    _, frames = _fed(["?", *lines], every_us=0)
    assert frames.device_us is not None
    assert set(np.diff(frames.device_us).tolist()) == {10_000, 20_000}


@pytest.mark.parametrize("number", ["1e300", "-9e99", "1" * 40])
def test_a_number_beyond_all_measure_is_damage(number: str) -> None:
    lines = _rest(N, "{x},{y},{z}")
    lines[5] = f"{number},0,0.8"
    decoder, _ = _fed(lines)
    assert decoder.scale is not None
    assert len(decoder.feed(f"{number},0,0.8\n".encode(), 0)) == 0
