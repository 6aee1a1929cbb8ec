"""Our own frame: checked vectors, any split of the bytes, garbage."""

from __future__ import annotations

import binascii
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import cobs
from imu_reps.devices.imu_reps_frame import (
    DEVICE,
    PROTOCOL,
    FrameDecoder,
    Status,
    encode,
    encode_hello,
    encode_sample,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "firmware_protocol" / "vectors.json").read_text(encoding="utf-8")
)
HELLO: dict[str, object] = {
    "protocol": 1,
    "firmware": "1.0",
    "sensor": "MPU6050",
    "rate_hz": 50,
    "acc_lsb_per_g": 2048,
    "gyr_lsb_per_dps": 16.4,
    "id": "a7",
    "new key": [1],
}

values = st.lists(st.integers(-32768, 32767), min_size=6, max_size=6)


@pytest.mark.parametrize("vector", VECTORS["samples"], ids=lambda vector: str(vector["seq"]))
def test_the_vectors_hold_both_ways(vector: dict[str, Any]) -> None:
    sample, wire = (vector["seq"], vector["t_us"], vector["values"]), bytes.fromhex(vector["wire"])
    assert encode_sample(*sample) == wire
    decoder = FrameDecoder()
    frames = decoder.feed(wire, host_us=5)
    assert frames.seq is not None
    assert frames.device_us is not None
    assert (frames.seq[0], frames.device_us[0], frames.values[0].tolist()) == sample
    assert frames.host_us.tolist() == [5]
    assert decoder.bad_frames == 0


@pytest.mark.parametrize(
    "vector", VECTORS["statuses"], ids=lambda vector: str(vector["battery_mv"])
)
def test_a_status_is_read_up_to_what_is_known(vector: dict[str, Any]) -> None:
    wire = bytes.fromhex(vector["wire"])
    expected = Status(*(vector[key] for key in Status._fields))
    body = cobs.decode(wire[:-1])
    assert body is not None
    for frame in (wire, encode(body[:-2] + b"later")):
        decoder = FrameDecoder()
        decoder.feed(b"\0" + frame, 0)
        assert decoder.status == expected


@pytest.mark.parametrize("vector", VECTORS["logs"], ids=lambda vector: vector["text"][:9])
def test_a_log_is_kept(vector: dict[str, Any]) -> None:
    decoder = FrameDecoder()
    decoder.feed(b"\0" + bytes.fromhex(vector["wire"]), 0)
    assert decoder.words == [vector["text"]]


@pytest.mark.parametrize("vector", VECTORS["hellos"], ids=lambda vector: vector["sensor"])
def test_a_hello_is_read(vector: dict[str, Any]) -> None:
    decoder = FrameDecoder()
    decoder.feed(b"\0" + bytes.fromhex(vector["wire"]), 0)
    assert decoder.hello["protocol"] == VECTORS["protocol"]
    assert decoder.rate_hz == vector["rate_hz"]
    assert decoder.hello["gyr_lsb_per_dps"] == vector["gyr_tenth_lsb_per_dps"] / 10


def test_the_crc_has_its_check_value() -> None:
    (vector,) = VECTORS["crc"]
    assert binascii.crc_hqx(bytes.fromhex(vector["data"]), 0xFFFF) == vector["crc"] == 0x29B1


@given(st.binary(max_size=1200))
def test_stuffing_leaves_no_zero_and_comes_back(data: bytes) -> None:
    assert 0 not in cobs.encode(data)
    assert cobs.decode(cobs.encode(data)) == data


@given(st.lists(values, min_size=1, max_size=8), st.integers(1, 30))
def test_any_split_gives_the_same_samples(rows: list[list[int]], step: int) -> None:
    wire = b"\0" + b"".join(encode_sample(i, 10 * i, row) for i, row in enumerate(rows))
    decoder = FrameDecoder()
    found = [decoder.feed(wire[i : i + step], 0).values for i in range(0, len(wire), step)]
    assert np.concatenate(found).tolist() == rows
    assert decoder.bad_frames == 0


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_garbage_is_counted_and_passed_over(before: bytes, after: bytes) -> None:
    good = encode_sample(7, 8, [1, 2, 3, 4, 5, 6])
    decoder = FrameDecoder()
    frames = decoder.feed(before + b"\0" + good + after + b"\0" + good, 0)
    assert [1, 2, 3, 4, 5, 6] in frames.values.tolist()
    assert len(frames) >= 2


@given(st.integers(0, 21), st.integers(1, 255))
def test_one_wrong_byte_costs_one_frame(place: int, change: int) -> None:
    frames = [bytearray(encode_sample(i, i, [i, 0, 0, 0, 0, 1])) for i in range(3)]
    frames[1][place] ^= change
    decoder = FrameDecoder()
    found = decoder.feed(b"\0" + b"".join(map(bytes, frames)), 0)
    assert found.seq is not None
    assert found.seq.tolist() == [0, 2]
    assert decoder.bad_frames >= 1


def test_a_hello_tells_the_scale_and_the_rate() -> None:
    decoder = FrameDecoder()
    assert decoder.scale is None
    decoder.feed(b"\0" + encode_hello(HELLO), 0)
    assert decoder.scale is not None
    assert decoder.scale.acc_ms2 == pytest.approx(GRAVITY_MS2 / 2048)
    assert decoder.scale.gyr_rads == pytest.approx(np.radians(1 / 16.4))
    assert decoder.rate_hz == 50
    assert decoder.hello["new key"] == [1]
    assert decoder.description == "MPU6050 a7"


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"rate_hz": 1}', b"\xff\xfe"])
def test_a_damaged_hello_is_counted(content: bytes) -> None:
    decoder = FrameDecoder()
    decoder.feed(b"\0" + encode(b"\0" + content), 0)
    assert decoder.scale is None
    assert decoder.bad_frames == 1


@pytest.mark.parametrize("name", ["acc_lsb_per_g", "gyr_lsb_per_dps", "rate_hz"])
@pytest.mark.parametrize("number", ["NaN", "Infinity", "0", "-1", "1e400", "1" + "0" * 400])
def test_a_hello_of_numbers_that_cannot_be_is_damaged(name: str, number: str) -> None:
    content = json.dumps(HELLO | {name: "here"}).replace('"here"', number)
    decoder = FrameDecoder()
    decoder.feed(b"\0" + encode(b"\0" + content.encode()), 0)
    assert decoder.scale is None
    assert decoder.bad_frames == 1


def test_a_later_version_is_refused_by_name() -> None:
    decoder = FrameDecoder()
    decoder.feed(b"\0" + encode_hello(HELLO | {"protocol": PROTOCOL + 1}), 0)
    assert decoder.refusal is not None
    assert "version 2" in decoder.refusal
    assert "update imu-reps" in decoder.refusal


def test_other_types_are_passed_over() -> None:
    decoder = FrameDecoder()
    wire = (
        encode(b"\3boot") + encode(b"\2\1\2") + encode(b"\x63what") + encode_sample(1, 2, [0] * 6)
    )
    assert len(decoder.feed(b"\0" + wire, 0)) == 1
    assert decoder.words == ["boot"]
    assert decoder.bad_frames == 0


def test_noise_without_a_zero_does_not_pile_up() -> None:
    decoder = FrameDecoder()
    for _ in range(50):
        decoder.feed(b"x" * 500, 0)
    assert decoder.bad_frames > 10
    assert len(decoder.feed(b"\0" + encode_sample(1, 2, [0] * 6), 0)) == 1


def test_the_default_is_what_the_sketch_sets() -> None:
    assert DEVICE.scale.acc_ms2 * 8192 == pytest.approx(GRAVITY_MS2)
