"""Which sensor, and at which baud rate: real lines heard at wrong rates, and boards that boot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from imu_reps.core.frames import Piece
from imu_reps.devices import all_devices
from imu_reps.devices.hearing import Hearing, bauds_of
from imu_reps.devices.imu_reps_frame import encode, encode_hello
from imu_reps.devices.recognise import Recognised
from tests.devices.uart import Line, heard, line
from tests.devices.wires import WIRES, Wire, leg

ALL = bauds_of(all_devices().values())
PIECE_S = 0.01
Hear = Callable[[int, float, float], bytes]


def speaking(wire: Wire, baud: int, rate_hz: float, seed: int) -> Hear:
    """What is heard of a sensor at a baud rate, from one moment to another."""
    told = leg(int(6 * rate_hz), rate_hz, np.random.default_rng(seed))
    frames = wire.frames(told)
    sizes = [len(frame) for frame in frames]
    begin_s: NDArray[np.float64] = np.repeat(np.arange(len(frames)) / rate_hz, sizes)
    return Line(line(b"".join(frames), begin_s, baud)).hear


def found_by(hearing: Hearing, hear: Hear, limit_s: float = 6.0) -> tuple[Recognised | None, float]:
    """The sensor, and how long that took."""
    for step in range(round(limit_s / PIECE_S)):
        begin_s = step * PIECE_S
        data = hear(hearing.baud, begin_s, begin_s + PIECE_S)
        found = hearing.feed(Piece(data, round((begin_s + PIECE_S) * 1e6)))
        if found is not None or hearing.is_over:
            return found, begin_s + PIECE_S
    return None, limit_s


@pytest.mark.parametrize(
    ("name", "baud", "rate_hz"),
    [
        ("wit 51 52 53", 9600, 20.0),
        ("wit 51 52 53", 230400, 100.0),
        ("wit ble", 9600, 10.0),
        ("text m/s2 header", 9600, 10.0),
        ("text g", 57600, 50.0),
        ("text g", 38400, 25.0),
        ("x-imu3 binary", 921600, 100.0),
        ("mti", 230400, 100.0),
        ("native", 115200, 100.0),
        ("bno08x", 115200, 100.0),
    ],
)
def test_the_baud_rate_is_found_within_two_seconds_of_data(
    name: str, baud: int, rate_hz: float
) -> None:
    (wire,) = (wire for wire in WIRES if wire.name == name)
    hearing = Hearing(ALL)
    found, after_s = found_by(hearing, speaking(wire, baud, rate_hz, seed=3))
    assert found is not None
    assert found.device.name == wire.device
    assert hearing.baud == baud
    assert after_s < 2.0


def test_a_baud_rate_that_is_forced_is_kept() -> None:
    (wire,) = (wire for wire in WIRES if wire.name == "wit 51 52 53")
    hearing = Hearing([115200])
    found, _ = found_by(hearing, speaking(wire, 9600, 20.0, seed=3))
    assert found is None
    assert hearing.is_over
    assert hearing.baud == 115200


@pytest.mark.parametrize(
    "text",
    ["0.00,0.00,1.00,0.00,0.00,0.00\r\n", "    0.00    0.00    1.00" + "    0.00" * 6 + "\n"],
)
def test_text_of_even_digits_is_not_of_another_baud_rate(text: str) -> None:
    hearing = Hearing(ALL)
    noise = np.random.default_rng(1)

    def hear(baud: int, _begin_s: float, _end_s: float) -> bytes:
        return text.encode() if baud == 115200 else noise.bytes(len(text))

    found, after_s = found_by(hearing, hear)
    assert found is not None
    assert hearing.baud == 115200
    assert after_s < 1.0


@pytest.mark.parametrize(
    "text",
    [
        "ypr\t10.20\t-3.10\t0.44",
        # An ADXL345's counts, 256 to the g; each number on a line of its own; an acceleration and
        # turning rates by turns.
        "-1,4,253",
        "9.80",
        "16384",
        "0.01,-0.02,9.81\r\n0.30,0.01,-0.20",
    ],
)
def test_text_that_holds_no_acceleration_is_kept_to_be_shown(text: str) -> None:
    hearing = Hearing(ALL)
    noise = np.random.default_rng(1)

    def hear(baud: int, _begin_s: float, _end_s: float) -> bytes:
        return f"{text}\r\n".encode() if baud == 115200 else noise.bytes(len(text))

    found, _ = found_by(hearing, hear, 2.1)
    assert found is None
    assert hearing.text == text.rpartition("\n")[2]


def test_a_board_that_boots_first_is_waited_for() -> None:
    boot = b"ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13\r\n"
    (wire,) = (wire for wire in WIRES if wire.name == "text g")
    frames = wire.frames(leg(200, 50.0, np.random.default_rng(2)))
    hearing = Hearing(ALL)
    pieces = [Piece(boot, 0)]
    pieces += [Piece(b"", i * 50_000) for i in range(1, 90)]
    pieces += [Piece(frame, 4_500_000 + i * 20_000) for i, frame in enumerate(frames)]
    found = next(filter(None, map(hearing.feed, pieces)))
    assert found.device.name == "text-lines"
    assert hearing.baud == 115200
    assert hearing.pieces[0].host_us >= 4_500_000


def test_noise_is_over_after_some_seconds_and_its_first_bytes_are_kept() -> None:
    rng = np.random.default_rng(4)
    first: list[bytes] = []

    def hear(_baud: int, _from_s: float, _until_s: float) -> bytes:
        first.append(rng.bytes(30))
        return first[-1]

    hearing = Hearing(ALL)
    found, after_s = found_by(hearing, hear, limit_s=20.0)
    assert found is None
    assert hearing.is_over
    assert after_s < 6.0
    assert hearing.first_bytes == b"".join(first)[:64]


def test_a_board_without_a_sensor_is_no_noise() -> None:
    hello = encode_hello({"rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4})
    hearing = Hearing(ALL)
    for i in range(20):
        words = b"\0" + hello + encode(b"\3no sensor answers")
        assert hearing.feed(Piece(words, i * 500_000)) is None
    assert not hearing.is_over
    assert hearing.baud == 115200
    assert hearing.talker is not None
    assert "no sensor answers" in hearing.talker.words


def test_only_the_named_device_is_heard() -> None:
    (wire,) = (wire for wire in WIRES if wire.name == "x-imu3 ascii")
    hear = speaking(wire, 115200, 100.0, seed=3)
    found, _ = found_by(Hearing([115200], [all_devices()["text-lines"]]), hear)
    assert found is not None
    assert found.device.name == "text-lines"


def test_a_line_heard_at_its_own_rate_is_as_it_was_sent() -> None:
    data = bytes(range(256))
    edges = line(data, np.linspace(0.0, 0.255, 256), 115200)
    assert bytes(byte for byte, _ in heard(edges, 115200, 1.0)) == data
