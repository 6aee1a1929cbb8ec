"""Bytes that real sensors send, and what they mean."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Powered, all_devices, mtdata2
from imu_reps.devices.bno08x_rvc import Bno08xRvcDecoder
from imu_reps.devices.imu_reps_frame import FrameDecoder, Status, encode_status
from imu_reps.devices.mtdata2 import MtData2Decoder
from imu_reps.devices.witmotion import PATIENCE, WitMotionDecoder
from imu_reps.devices.witmotion_ble import WitMotionBleDecoder
from imu_reps.devices.ximu3 import XImu3Decoder
from tests.devices.wires import mt_message, stuffed, wit_packet

WIT_ACC = bytes.fromhex("55 51 AE FF 0C 00 12 08 78 08 F9")
WIT_GYRO = bytes.fromhex("55 52 00 00 00 00 00 00 78 08 27")
WIT_ANGLE = bytes.fromhex("55 53 43 00 87 01 6D 01 6A 42 8D")
WIT_MAG_WRONG_SUM = bytes.fromhex("55 54 00 00 00 00 00 00 00 00 00")
RVC = bytes.fromhex("AA AA DE 01 00 92 FF 25 08 8D FE EC FF D1 03 00 00 00 E7")
X_BINARY = bytes.fromhex(
    "C9 40 42 0F 00 00 00 00 00 DB DC D7 23 3C DB DC D7 A3 BC 8F C2 F5 3C "
    "00 00 00 00 00 00 00 00 00 00 80 3F 0A"
)
XSENS = bytes.fromhex("FA FF 36 0F 80 40 0C 3B 8B BC 00 BB E2 4F 00 3B 4E 4A 00 AF")


def test_witmotion_from_its_second_round_on() -> None:
    decoder = WitMotionDecoder()
    frames = decoder.feed((WIT_ACC + WIT_GYRO + WIT_ANGLE + WIT_MAG_WRONG_SUM) * 4, 9)
    assert decoder.bad_frames == 0
    assert frames.values.tolist() == [[-82, 12, 2066, 0, 0, 0]] * 3
    assert decoder.scale is not None
    acc_g = frames.values[0, :3] * decoder.scale.acc_ms2 / GRAVITY_MS2
    assert acc_g == pytest.approx([-0.0400, 0.0059, 1.0088], abs=5e-5)
    assert decoder.scale.gyr_rads == pytest.approx(np.radians(2000) / 32768)


def test_witmotion_without_turning_rates_is_taken_without() -> None:
    decoder = WitMotionDecoder()
    frames = decoder.feed((WIT_ACC + WIT_ANGLE) * (PATIENCE + 5), 0)
    assert not decoder.has.gyro
    assert frames.values.tolist() == [[-82, 12, 2066]] * 5


def test_witmotion_whose_time_is_on_has_a_clock() -> None:
    at = [wit_packet(0x50, bytes([26, 11, 24, 3, 25, 59, i * 10, 0])) for i in range(3)]
    decoder = WitMotionDecoder()
    frames = decoder.feed(b"".join(time + WIT_ACC + WIT_GYRO for time in at), 0)
    assert decoder.has.clock
    assert frames.device_us is not None
    assert np.diff(frames.device_us).tolist() == [10_000]


def test_witmotion_whose_clock_was_never_set_counts_from_midnight() -> None:
    at = [wit_packet(0x50, bytes([0, 0, 0, 0, 0, 1, i * 10, 0])) for i in range(3)]
    frames = WitMotionDecoder().feed(b"".join(time + WIT_ACC + WIT_GYRO for time in at), 0)
    assert frames.device_us is not None
    assert frames.device_us.tolist() == [1_010_000, 1_020_000]


def test_witmotion_takes_no_turning_rate_of_another_sample() -> None:
    good = WIT_ACC + WIT_GYRO + WIT_ANGLE
    lost_gyro, lost_acc = WIT_ACC + WIT_ANGLE, WIT_GYRO + WIT_ANGLE
    decoder = WitMotionDecoder()
    frames = decoder.feed(good * 2 + lost_gyro + lost_acc + good * 2, 0)
    assert len(frames) == 3
    assert decoder.bad_frames == 1


def test_witmotion_ble() -> None:
    packet = bytes.fromhex("55 61 AE FF 0C 00 12 08 00 00 00 00 64 00 43 00 87 01 6D 01")
    # Each needs the next one's start to be believed.
    frames = WitMotionBleDecoder().feed(packet * 3, 0)
    assert frames.values.tolist() == [[-82, 12, 2066, 0, 0, 100]] * 2


def test_bno08x() -> None:
    decoder = Bno08xRvcDecoder()
    frames = decoder.feed(RVC * 2, 0)
    assert frames.seq is not None
    assert frames.seq.tolist() == [222, 222]
    assert frames.values.tolist() == [[-371, -20, 977]] * 2
    assert decoder.scale is not None
    assert decoder.scale.gyr_rads is None
    assert decoder.scale.seq_wrap == 256


def test_x_imu3_binary() -> None:
    frames = XImu3Decoder().feed(X_BINARY, 0)
    assert frames.device_us is not None
    assert frames.device_us.tolist() == [1_000_000]
    assert frames.values[0] == pytest.approx([0, 0, 1, 0.01, -0.02, 0.03])


def test_x_imu3_ascii() -> None:
    decoder = XImu3Decoder()
    frames = decoder.feed(b"I,1000000,0.0100,-0.0200,0.0300,0.0000,0.0000,1.0000\r\n", 0)
    assert frames.values[0] == pytest.approx([0, 0, 1, 0.01, -0.02, 0.03])
    assert decoder.bad_frames == 0


@pytest.mark.parametrize(
    "message",
    [
        b"I,1000000,0.01,-0.02,0.03,0,0\r\n",
        b"I,1000000,0.01,-0.02,0.03,0,0,1,1\r\n",
        b"I,1000000,0.01,-0.02,0.03,0,0,1e9\r\n",
        b"I,1000000,0.01,-0.02,0.03,0,0,99\r\n",
        b"I,-1,0.01,-0.02,0.03,0,0,1\r\n",
        X_BINARY.replace(b"\xdb\xdc", b"\xdb\xde"),
        X_BINARY[:-2] + b"\n",
        X_BINARY.replace(b"\x80\x3f\n", b"\x80\x7f\n"),
    ],
)
def test_x_imu3_damaged(message: bytes) -> None:
    decoder = XImu3Decoder()
    assert len(decoder.feed(b"\n" + message, 0)) == 0
    assert decoder.bad_frames == 1


def test_mtdata2_without_an_acceleration_is_whole_and_no_sample() -> None:
    decoder = MtData2Decoder()
    assert len(decoder.feed(XSENS * 2, 0)) == 0
    assert (decoder.good_bytes, decoder.bad_frames) == (2 * len(XSENS), 0)


def test_mtdata2_reads_the_turning_rate_of_the_vector() -> None:
    acc = (0x4020, np.array([0.0, 0.0, 9.81], dtype=">f4").tobytes())
    frames = MtData2Decoder().feed(mt_message(acc, (0x8040, XSENS[7:-1])), 0)
    assert frames.values[0] == pytest.approx([0, 0, 9.81, 0.0042644, -0.0069064, 0.0031477], 1e-4)
    assert frames.seq is None
    assert frames.device_us is None


def test_mtdata2_in_double_precision_and_with_its_clock() -> None:
    acc = (0x4023, np.array([1.0, 2.0, 9.0], dtype=">f8").tobytes())
    decoder = MtData2Decoder()
    frames = decoder.feed(mt_message((0x1060, bytes([0, 0, 1, 0])), acc), 0)
    assert frames.values.tolist() == [[1, 2, 9]]
    assert frames.device_us is not None
    assert frames.device_us.tolist() == [25_600]
    assert not decoder.has.gyro


def test_mtdata2_not_a_number_is_no_value() -> None:
    acc = (mtdata2.ACCELERATION, np.array([np.nan, 0, 9.8], dtype=">f4").tobytes())
    assert len(MtData2Decoder().feed(mt_message(acc), 0)) == 0


@pytest.mark.parametrize("name", sorted(all_devices()))
def test_baud_rates_are_listed_once(name: str) -> None:
    device = all_devices()[name]
    assert device.baud not in device.other_bauds


def test_an_x_imu3_tells_its_battery() -> None:
    decoder = XImu3Decoder()
    assert decoder.battery_mv is None
    decoder.feed(b"\nB,1000000,57.0000,3.7512,0.0000\r\n", 0)
    assert decoder.battery_mv == 3751
    decoder.feed(stuffed(struct.pack("<BQ3f", 0xC2, 2_000_000, 56.0, 3.5, 0.0)), 0)
    assert decoder.battery_mv == 3500
    decoder.feed(b"B,1,2\r\n" + stuffed(struct.pack("<BQ3f", 0xC2, 3, 56.0, 3e9, 0.0)), 0)
    assert decoder.battery_mv == 3500
    assert isinstance(decoder, Powered)


def test_a_board_tells_its_battery() -> None:
    decoder = FrameDecoder()
    assert decoder.battery_mv is None
    decoder.feed(b"\0" + encode_status(Status(0, 0, 0, 0)), 0)
    assert decoder.battery_mv is None
    decoder.feed(encode_status(Status(3805, 0, 0, 0)), 0)
    assert decoder.battery_mv == 3805
    assert isinstance(decoder, Powered)
