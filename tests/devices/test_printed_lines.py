"""Lines as examples of libraries and well-known sketches print them."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices.labels import labels_of, three
from imu_reps.devices.recognise import recognise
from imu_reps.devices.text_lines import TextLinesDecoder

N = 60
RNG = np.random.default_rng(8)
ANGLE = np.radians(30) * (1 - np.cos(np.arange(N) / 10)) / 2
ACC_G = np.stack([np.sin(ANGLE), np.full(N, 0.03), np.cos(ANGLE)], axis=1)
ACC_G += RNG.normal(0, 0.004, (N, 3))
GYR_DPS = np.stack([np.full(N, 0.7), -40 * np.sin(np.arange(N) / 10), np.full(N, -1.2)], axis=1)
HALF = np.stack([np.cos(ANGLE / 2), np.zeros(N), np.sin(ANGLE / 2), np.zeros(N)], axis=1)
HALF += RNG.normal(0, 1e-3, (N, 4))
DEG = np.pi / 180


def _printed(form: str, acc: float = 1.0, gyr: float = 1.0) -> list[bytes]:
    """The form filled in: `a` and `g` are the sensor's, `h` a quaternion, `t` seconds, `c` °C."""
    return [
        (
            form.format(
                a=ACC_G[i] * acc,
                g=GYR_DPS[i] * gyr,
                h=HALF[i],
                c=24.5 + RNG.normal(0, 0.05),
                t=i / 50,
                ms=i * 20 + 300,
            )
            + "\r\n"
        ).encode()
        for i in range(N)
    ]


def _decoded(lines: list[bytes], head: str = "") -> tuple[TextLinesDecoder, np.ndarray]:
    """The decoder, and what came out in g and °/s."""
    decoder = TextLinesDecoder()
    decoder.feed(f"\n{head}\n".encode(), 0)
    found = [decoder.feed(line, i * 20_000) for i, line in enumerate(lines)]
    scale = decoder.scale
    assert scale is not None
    values = np.concatenate([frames.values for frames in found if len(frames)])
    units = [scale.acc_ms2 / GRAVITY_MS2] * 3 + [(scale.gyr_rads or 0) / DEG] * 3
    return decoder, values * units[: values.shape[1]]


@pytest.mark.parametrize(
    ("form", "acc", "gyr"),
    [
        (
            "AcX = {a[0]:.0f} | AcY = {a[1]:.0f} | AcZ = {a[2]:.0f} | Tmp = {c:.2f} | "
            "GyX = {g[0]:.0f} | GyY = {g[1]:.0f} | GyZ = {g[2]:.0f}",
            16384,
            131,
        ),
        (
            "a/g:\t{a[0]:.0f}\t{a[1]:.0f}\t{a[2]:.0f}\t{g[0]:.0f}\t{g[1]:.0f}\t{g[2]:.0f}\t",
            16384,
            131,
        ),
        (
            "Scaled. Acc (mg) [ {a[0]:08.2f}, {a[1]:08.2f}, {a[2]:08.2f} ], Gyr (DPS) [ "
            "{g[0]:08.2f}, {g[1]:08.2f}, {g[2]:08.2f} ], Mag (uT) [ 12.3, -40.2, 5.1 ]",
            1000,
            1,
        ),
        (
            '{{"ts":{ms},"acc":[{a[0]:.3f},{a[1]:.3f},{a[2]:.3f}],'
            '"gyro":[{g[0]:.2f},{g[1]:.2f},{g[2]:.2f}]}}',
            1,
            1,
        ),
        (
            "Gyro: {g[0]:.3f} {g[1]:.3f} {g[2]:.3f} Acc: {a[0]:.3f} {a[1]:.3f} {a[2]:.3f}",
            1,
            1,
        ),
        (
            "ax: {a[0]:.3f}g ay: {a[1]:.3f}g az: {a[2]:.3f}g "
            "gx: {g[0]:.2f}dps gy: {g[1]:.2f}dps gz: {g[2]:.2f}dps",
            1,
            1,
        ),
        (
            "ax={a[0]:.2f} m/s^2, ay={a[1]:.2f} m/s^2, az={a[2]:.2f} m/s^2, "
            "gx={g[0]:.2f} deg/s, gy={g[1]:.2f} deg/s, gz={g[2]:.2f} deg/s",
            GRAVITY_MS2,
            1,
        ),
        (
            "{c:.2f},{a[0]:.2f},{a[1]:.2f},{a[2]:.2f},{g[0]:.3f},{g[1]:.3f},{g[2]:.3f}",
            GRAVITY_MS2,
            DEG,
        ),
        (
            "08/11/2026,12:00:{t:06.3f},{a[0]:.2f},{a[1]:.2f},{a[2]:.2f},"
            "{g[0]:.2f},{g[1]:.2f},{g[2]:.2f},12.3,-40.2,5.1,",
            1000,
            1,
        ),
        (
            "Acceleration X: {a[0]:.2f}, Y: {a[1]:.2f}, Z: {a[2]:.2f} m/s^2\r\n"
            "Rotation X: {g[0]:.3f}, Y: {g[1]:.3f}, Z: {g[2]:.3f} rad/s\r\n"
            "Temperature: {c:.2f} degC\r\n",
            GRAVITY_MS2,
            DEG,
        ),
        (
            "G: {g[0]:.2f}, {g[1]:.2f}, {g[2]:.2f} deg/s\r\n"
            "A: {a[0]:.2f}, {a[1]:.2f}, {a[2]:.2f} g\r\n"
            "M: 0.12, -0.30, 0.41 gauss\r\nPitch, Roll: 1.20, 3.40\r\nHeading: 12.30\r\n",
            1,
            1,
        ),
        (
            "ACCELERO  X: {a[0]:.2f}\tY: {a[1]:.2f}\tZ: {a[2]:.2f}\r\n"
            "GYRO      X: {g[0]:.2f}\tY: {g[1]:.2f}\tZ: {g[2]:.2f}\r\n=====",
            1,
            1,
        ),
    ],
)
def test_examples_are_understood(form: str, acc: float, gyr: float) -> None:
    decoder, values = _decoded(_printed(form, acc, gyr))
    # Which line begins a record is not known when the listening begins.
    assert len(values) >= N - 1
    rows = slice(N - len(values), None)
    assert values == pytest.approx(np.hstack([ACC_G, GYR_DPS])[rows], abs=0.3)
    assert values[:, :3] == pytest.approx(ACC_G[rows], abs=0.006)
    assert decoder.bad_frames == 0


def test_a_heading_with_blanks_after_its_commas_names_columns_and_units() -> None:
    head = "gx (deg/s), gy (deg/s), gz (deg/s), ax (m/s^2), ay (m/s^2), az (m/s^2)"
    form = "{g[0]:.2f}, {g[1]:.2f}, {g[2]:.2f}, {a[0]:.3f}, {a[1]:.3f}, {a[2]:.3f}"
    _, values = _decoded(_printed(form, GRAVITY_MS2), head)
    assert values == pytest.approx(np.hstack([ACC_G, GYR_DPS]), abs=0.006)


@pytest.mark.parametrize(
    "form",
    [
        "ypr\t8.53\t{h[1]:.2f}\t3.10",
        "angleX : {h[1]:.2f}\tangleY : 0.31\tangleZ : -9.60",
        "Yaw: 9.10, Pitch: {h[1]:.2f}, Roll: 2.20",
        "quat\t{h[0]:.2f}\t{h[1]:.2f}\t{h[2]:.2f}\t{h[3]:.2f}",
        "qW: {h[0]:.4f} qX: {h[1]:.4f} qY: {h[2]:.4f} qZ: {h[3]:.4f}",
        "Rotation Vector - r: {h[0]:.2f} i: {h[1]:.2f} j: {h[2]:.2f} k: {h[3]:.2f}",
        "{h[0]:.4f},{h[1]:.4f},{h[2]:.4f},{h[3]:.4f}",
        "{ms},{h[0]:.4f},{h[1]:.4f},{h[2]:.4f},{h[3]:.4f}",
        "Linear Acceleration X: 0.10 Y: {h[2]:.2f} Z: 9.20",
    ],
)
def test_attitudes_are_no_acceleration(form: str) -> None:
    assert recognise([(line, i * 20_000) for i, line in enumerate(_printed(form))]) is None


def test_an_acceleration_beside_an_attitude_is_found() -> None:
    form = "{h[0]:.4f},{h[1]:.4f},{h[2]:.4f},{h[3]:.4f},{a[0]:.3f},{a[1]:.3f},{a[2]:.3f}"
    _, values = _decoded(_printed(form))
    assert values == pytest.approx(ACC_G, abs=0.001)


@pytest.mark.parametrize("between", [";", "; ", "\t"])
def test_decimals_may_have_a_comma(between: str) -> None:
    form = between.join(["{a[0]:.3f}", "{a[1]:.3f}", "{a[2]:.3f}", "{g[0]:.2f}", "{g[1]:.2f}", "0"])
    lines = [line.replace(b".", b",") for line in _printed(form)]
    _, values = _decoded(lines)
    assert values[:, :5] == pytest.approx(np.hstack([ACC_G, GYR_DPS])[:, :5], abs=0.006)


def test_an_acceleration_that_is_printed_twice_is_no_gyro() -> None:
    form = "X: {a[0]:.0f} \tY: {a[1]:.0f} \tZ: {a[2]:.0f}"
    lines = [
        f"{line.decode().strip()}\t\tX: {x:.2f} \tY: {y:.2f} \tZ: {z:.2f} m/s^2\r\n".encode()
        for line, (x, y, z) in zip(_printed(form, 16384), ACC_G * GRAVITY_MS2, strict=True)
    ]
    decoder, values = _decoded(lines)
    assert not decoder.has.gyro
    assert values == pytest.approx(ACC_G, abs=0.001)


def test_a_temperature_called_t_is_no_time() -> None:
    form = "ax:{a[0]:.3f} ay:{a[1]:.3f} az:{a[2]:.3f} T:{c:.2f}"
    decoder, values = _decoded(_printed(form))
    assert not decoder.has.clock
    assert len(values) == N


def test_a_damaged_line_costs_its_record_and_no_other() -> None:
    form = "Acc: {a[0]:.3f} {a[1]:.3f} {a[2]:.3f}\r\nGyro: {g[0]:.2f} {g[1]:.2f} {g[2]:.2f}"
    lines = [line for record in _printed(form) for line in record.splitlines(keepends=True)]
    lines[61] = b"Gyro: 0.70 -1;.20 -1.20\r\n"
    lines[80] = b"Acc: 0.1 0.2\r\n"
    del lines[101]
    decoder, values = _decoded(lines)
    kept = [i for i in range(N) if i not in (30, 40, 50)]
    assert decoder.bad_frames == 3
    assert values == pytest.approx(np.hstack([ACC_G, GYR_DPS])[kept], abs=0.006)


@pytest.mark.parametrize("boot", range(1, 4))
def test_lines_that_are_damaged_alike_are_no_record(boot: int) -> None:
    lines = [
        *[f"booting{'.' * i}" for i in range(boot)],
        "-0.394,0.703,0.568,-14.143,2.678,-11.063",
        "-0.366,0.728,0.?67,-13.819,2.687,-10.923",
        "-0.357,0.735,0.549,-13.549,2.291,-10.755",
        "-0.329,0.763,0.524,-13.307,2.660,-10.266",
        "-0.324,0.784,0.?01,-12.401,2.303,-9.543",
        "-0.314,0.796,0.495,-11.794,2.086,-9.035",
        "-0.293,0.799,0.483,-11.381,1.553,-8.532",
        "-0.262,0.843,0.465,-10.534,1.315,-8.150",
    ]
    _, values = _decoded([f"{line}\r\n".encode() for line in lines])
    assert values[:, 2].tolist() == pytest.approx([0.568, 0.549, 0.524, 0.495, 0.483, 0.465])


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["AccX (g)", "Y", "Z"], ["acc"] * 3),
        (["a/g:", "", "", "", "", ""], [""] * 6),
        (["t_ms", "ax", "ay", "az"], ["", "acc", "acc", "acc"]),
        (["w", "x", "y", "z"], [""] * 4),
        (["wx", "wy", "wz"], ["gyr"] * 3),
        (["Free Acc X", "Y", "Z"], ["other"] * 3),
        (["Temp", "", "", ""], [""] * 4),
        (["ax (m/s/s)", "ay (m/s/s)", "az (m/s/s)"], ["acc"] * 3),
        (["Accl:\tx=", "|\ty=", "|\tz="], ["acc"] * 3),
        (["X-gyro rate", "degrees/sec Y-gyro rate", "degrees/sec Z-gyro rate"], ["gyr"] * 3),
    ],
)
def test_what_words_say(names: list[str], kinds: list[str]) -> None:
    assert [label.kind for label in labels_of(names)] == kinds


def test_axes_are_put_in_order() -> None:
    assert three(labels_of(["accZ", "accY", "accX"]), "acc") == (2, 1, 0)


@pytest.mark.parametrize("head", ["", "two lines a sample", "ready\nset\ngo"])
@pytest.mark.parametrize("acc", [1, GRAVITY_MS2, 16384])
def test_alike_lines_of_acceleration_and_turning_rates_by_turns_are_none(
    head: str, acc: float
) -> None:
    """A turning rate may be as long as gravity, too, where nobody has taken out its bias."""
    rest = np.random.default_rng(3).normal(0, 0.01, (400, 3))
    rest[::2] += [0, 0, 1]
    rest[1::2] += [-0.9, 0.3, 0.5]
    decoder = TextLinesDecoder()
    decoder.feed(f"\n{head}\n".encode(), 0)
    for i, row in enumerate(rest * acc):
        line = "{:.2f},{:.2f},{:.2f}\r\n".format(*row).encode()
        assert not len(decoder.feed(line, i * 10_000))
    assert decoder.scale is None
