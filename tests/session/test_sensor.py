"""Listening to a sensor: its hello, its silence, and bytes that are not its own."""

from __future__ import annotations

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.devices.imu_reps_frame import DEVICE, encode, encode_hello, encode_sample
from imu_reps.session.sensor import Sensor
from tests.session.ports import FakePort

HELLO = encode_hello({"rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4})


def _never() -> bool:
    return False


def _samples(first: int, count: int) -> bytes:
    return b"".join(
        encode_sample(i, i * 10_000, [0, 0, 8192, 0, 0, 0]) for i in range(first, count)
    )


def test_the_hello_is_asked_for_and_believed() -> None:
    port = FakePort([(b"boot text\r\n\0" + HELLO, 10), (_samples(0, 5), 20)])
    sensor = Sensor(port, DEVICE, pytest.fail)
    sensor.listen(_never)
    assert port.written == b"?"
    assert sensor.rate_hz == 50
    assert sum(map(len, sensor)) == 5


def test_without_a_hello_the_defaults_hold_and_no_sample_is_lost() -> None:
    told: list[str] = []
    pieces = [(b"\0" if i == 0 else b"", i * 100_000) for i in range(1)]
    pieces += [(_samples(i * 10, i * 10 + 10), i * 100_000) for i in range(40)]
    sensor = Sensor(FakePort(pieces), DEVICE, told.append)
    sensor.listen(_never)
    assert sensor.scale == DEVICE.scale
    assert len(told) == 1
    assert sum(map(len, sensor)) == 400


def test_a_silence_is_told_once_and_its_end_too() -> None:
    told: list[str] = []
    quiet = [(b"", 1_000_000 + i * 50_000) for i in range(60)]
    pieces = [(b"\0" + HELLO + _samples(0, 5), 900_000), *quiet, (_samples(5, 9), 4_100_000)]
    sensor = Sensor(FakePort(pieces), DEVICE, told.append)
    sensor.listen(_never)
    assert sum(map(len, sensor)) == 9
    assert ["silent" in text for text in told] == [True, False]


def test_bytes_of_something_else_are_told() -> None:
    pieces = [(b"ax=1 ay=2 az=3\r\n" * 20, i * 10_000) for i in range(100)]
    sensor = Sensor(FakePort(pieces), DEVICE, pytest.fail)
    with pytest.raises(BadInput, match="not one frame"):
        sensor.listen(_never)


def test_a_stop_ends_the_listening() -> None:
    sensor = Sensor(FakePort((b"", i * 50_000) for i in range(10**9)), DEVICE, pytest.fail)
    sensor.listen(lambda: True)


def test_what_a_sensor_says_is_passed_on_once() -> None:
    told: list[str] = []
    word = encode(b"\3no sensor answers")
    pieces = [(b"\0" + HELLO + word + word, 10), (word, 20), (encode(b"\3found") + word, 30)]
    sensor = Sensor(FakePort(pieces), DEVICE, told.append)
    sensor.listen(_never)
    assert not any(map(len, sensor))
    missing, found = "the sensor says: no sensor answers", "the sensor says: found"
    assert told == [missing, found, missing]


def test_a_later_version_of_the_wire_is_refused() -> None:
    later = encode_hello(
        {"protocol": 2, "rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4}
    )
    sensor = Sensor(FakePort([(b"\0" + later, 10)]), DEVICE, pytest.fail)
    with pytest.raises(BadInput, match="version 2 of the wire"):
        sensor.listen(_never)
