"""Which sensor speaks: every wire, cut anywhere, and things that are no sensor."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Piece
from imu_reps.devices.imu_reps_frame import encode_hello
from imu_reps.devices.recognise import Recogniser, recognise
from tests.devices.wires import WIRES, Wire, leg

every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)


def _pieces(wire: Wire, skip: int = 0, rate_hz: float = 50.0, seconds: float = 2.2) -> list[Piece]:
    told = leg(int(seconds * rate_hz), rate_hz, np.random.default_rng(4))
    frames = [wire.before, *wire.frames(told)]
    whole = [Piece(frame, round(i * 1e6 / rate_hz)) for i, frame in enumerate(frames)]
    while skip >= len(whole[0][0]):
        skip -= len(whole.pop(0)[0])
    return [Piece(whole[0].data[skip:], whole[0].host_us), *whole[1:]]


@every_wire
@pytest.mark.parametrize("skip", [0, 1, 7, 64, 200])
def test_every_wire_is_recognised_wherever_the_listening_begins(wire: Wire, skip: int) -> None:
    found = recognise(_pieces(wire, skip))
    assert found is not None
    assert found.device.name == wire.device
    assert found.has.gyro == wire.gyro
    assert found.rate_hz == pytest.approx(50.0, rel=0.1)


@every_wire
def test_a_steady_stream_is_recognised_within_a_second(wire: Wire) -> None:
    recogniser = Recogniser()
    heard_us = next(
        host_us for data, host_us in _pieces(wire) if recogniser.feed(data, host_us) is not None
    )
    assert heard_us < 1_000_000


@every_wire
def test_nothing_is_lost_to_the_decoder_that_comes_after(wire: Wire) -> None:
    pieces = _pieces(wire)
    recogniser = Recogniser()
    for data, host_us in pieces:
        found = recogniser.feed(data, host_us)
        if found is not None:
            break
    assert recogniser.pieces == pieces[: len(recogniser.pieces)]


@pytest.mark.parametrize("values", [256, 20, 3, 1])
def test_noise_is_nothing(values: int) -> None:
    rng = np.random.default_rng(values)
    recogniser = Recogniser()
    for i in range(220):
        data = rng.integers(values, size=115, dtype=np.uint8).tobytes()
        assert recogniser.feed(data, i * 10_000) is None
    assert recogniser.is_over
    assert recogniser.verdict() is None


@pytest.mark.parametrize(
    "line",
    [
        b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n",
        b"[12345] temperature 21.4 humidity 40.1 pressure 1013\r\n",
        b"ok\r\n",
        b"0,0,0,0,0,0\r\n",
    ],
)
def test_other_text_is_nothing(line: bytes) -> None:
    assert recognise([(line, i * 20_000) for i in range(120)]) is None


def test_no_bytes_are_no_verdict() -> None:
    recogniser = Recogniser()
    assert all(recogniser.feed(b"", i * 50_000) is None for i in range(100))
    assert not recogniser.is_over
    assert recogniser.verdict() is None


@every_wire
@pytest.mark.parametrize("burst_us", [100_000, 300_000])
def test_the_rate_is_told_from_the_first_bursts_of_a_bluetooth_link(
    wire: Wire, burst_us: int
) -> None:
    bursts: dict[int, bytes] = {}
    for data, host_us in _pieces(wire, rate_hz=200.0):
        arrival_us = (host_us // burst_us + 1) * burst_us
        bursts[arrival_us] = bursts.get(arrival_us, b"") + data
    found = recognise([(data, arrival_us) for arrival_us, data in bursts.items()])
    assert found is not None
    assert found.rate_hz == pytest.approx(200.0, rel=0.1)


def test_a_hello_alone_is_not_enough() -> None:
    hello = encode_hello({"rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4})
    assert recognise([(b"\0" + hello, 0), (b"", 2_100_000)]) is None


def test_what_was_found_is_said_in_a_line() -> None:
    (wire,) = (wire for wire in WIRES if wire.name == "bno08x")
    assert str(recognise(_pieces(wire))) == (
        "BNO08x in UART-RVC mode at 50 samples a second, without gyro"
    )
    (wire,) = (wire for wire in WIRES if wire.name == "wit ble")
    assert str(recognise(_pieces(wire))) == (
        "WitMotion Bluetooth sensor at 50 samples a second, without checksum or clock"
    )


@pytest.mark.parametrize(("baud", "full"), [(9600, True), (115200, False), (None, False)])
def test_a_line_that_is_full_is_remarked(baud: int | None, full: bool) -> None:  # noqa: FBT001
    (wire,) = (wire for wire in WIRES if wire.name == "wit 51 52 53 54")
    recogniser = Recogniser(baud)
    found = None
    for data, host_us in _pieces(wire, rate_hz=21.0):
        found = found or recogniser.feed(data, host_us)
    assert found is not None
    assert (found.remark is not None) == full
    if found.remark is not None:
        assert found.remark.startswith("at 9600 baud the line is full with 21 samples a second")
