"""A sensor's stream: its hello, its words, its silence, and what a person is told of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Note, Piece
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Device, all_devices
from imu_reps.devices.imu_reps_frame import DEVICE, encode, encode_hello, encode_sample
from imu_reps.session.sensors.sensor import Sensor
from tests.devices.wires import WIRES, leg

HELLO = encode_hello({"rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4})

Said = tuple[bytes, int] | Note


def _never() -> bool:
    return False


def _samples(first: int, end: int, step_us: int = 10_000) -> bytes:
    return b"".join(
        encode_sample(i, i * step_us, [0, i % 7, 8192, 0, 0, i % 5]) for i in range(first, end)
    )


def _listened(
    pieces: Iterable[Said],
    device: Device = DEVICE,
    rate_hz: float | None = None,
) -> Sensor:
    heard = (item if isinstance(item, Note) else Piece(*item) for item in pieces)
    sensor = Sensor(heard, device, rate_hz)
    sensor.listen(_never)
    return sensor


def _samples_and_codes(sensor: Sensor) -> tuple[int, list[str]]:
    items = list(sensor)
    notes = [item for item in items if isinstance(item, Note)]
    codes = [str(note.fields.get("code", note.kind)) for note in notes]
    return sum(len(item) for item in items if not isinstance(item, Note)), codes


def test_the_hello_is_believed() -> None:
    sensor = _listened([(b"boot text\r\n\0" + HELLO, 10), (_samples(0, 5), 20)])
    assert sensor.rate_hz == 50
    assert _samples_and_codes(sensor) == (5, [])


def test_a_recording_is_begun_when_the_columns_of_printed_lines_are_known() -> None:
    lines = (f"{i % 7 / 100:.2f},0.01,1.00,{i % 5:.1f},0.2,-0.1\n".encode() for i in range(60))
    pieces = [(line, i * 10_000) for i, line in enumerate(lines)]
    sensor = _listened(pieces, all_devices()["text-lines"])
    assert sensor.header.scale is not None
    assert sensor.header.scale.gyr_rads == pytest.approx(np.radians(1.0))
    frames = [item for item in sensor if not isinstance(item, Note)]
    assert {item.values.shape[1] for item in frames if len(item)} == {6}


def test_without_a_hello_the_defaults_hold_and_no_sample_is_lost() -> None:
    pieces = [(b"\0" if i == 0 else b"", i * 100_000) for i in range(1)]
    pieces += [(_samples(i * 10, i * 10 + 10), i * 100_000) for i in range(40)]
    sensor = _listened(pieces)
    assert sensor.scale == DEVICE.scale
    notes = [item for item in sensor if isinstance(item, Note)]
    (warning,) = (note.fields for note in notes if note.fields.get("code") == "no_hello")
    assert warning["text"] == (
        "the sensor does not tell its scale, so taken: 8192 counts for 1 g, 65.5 for 1 °/s"
    )
    assert _samples_and_codes(_listened(pieces)) == (400, ["no_hello"])


def test_a_silence_is_told_after_one_second_and_what_to_try_after_three() -> None:
    quiet = [(b"", 1_000_000 + i * 50_000) for i in range(100)]
    pieces = [(b"\0" + HELLO + _samples(0, 5), 900_000), *quiet, (_samples(5, 9), 6_100_000)]
    notes = [item for item in _listened(pieces) if isinstance(item, Note)]
    assert [note.fields["code"] for note in notes] == ["silent", "silent"]
    assert [note.host_us for note in notes] == [1_900_000, 3_900_000]
    assert "cable" in str(notes[1].fields["text"])


def test_bytes_without_samples_are_no_silence_of_the_line() -> None:
    status = encode(b"\2" + bytes(12))
    pieces = [(b"\0" + HELLO + _samples(0, 5), 0)]
    pieces += [(status, i * 100_000) for i in range(1, 15)]
    (note,) = [item for item in _listened(pieces) if isinstance(item, Note)]
    assert "bytes but no samples" in str(note.fields["text"])


def test_unplugged_is_not_silent() -> None:
    away = [Note(1_000_000, "gap", {"port": "p", "reason": "gone"})]
    quiet = [(b"", 1_000_000 + i * 50_000) for i in range(100)]
    back: list[Said] = [Note(6_000_000, "reconnect", {"port": "q"}), (_samples(5, 9), 6_100_000)]
    sensor = _listened([(b"\0" + HELLO + _samples(0, 5), 900_000), *away, *quiet, *back])
    assert _samples_and_codes(sensor) == (9, ["gap", "reconnect"])


def test_a_stop_ends_the_listening() -> None:
    sensor = Sensor((Piece(b"", i * 50_000) for i in range(10**9)), DEVICE)
    sensor.listen(lambda: True)


def test_what_a_sensor_says_is_passed_on_once() -> None:
    word = encode(b"\3no sensor answers")
    pieces = [(b"\0" + HELLO + word + word, 10), (word, 20), (encode(b"\3found") + word, 30)]
    told = [item.fields["text"] for item in _listened(pieces) if isinstance(item, Note)]
    missing, found = "the sensor says: no sensor answers", "the sensor says: found"
    assert told == [missing, found, missing]


def test_a_later_version_of_the_wire_is_refused() -> None:
    later = encode_hello(
        {"protocol": 2, "rate_hz": 50, "acc_lsb_per_g": 2048, "gyr_lsb_per_dps": 16.4}
    )
    with pytest.raises(BadInput, match="version 2 of the wire"):
        _listened([(b"\0" + later, 10)])


def test_a_rate_that_is_not_the_declared_one_is_told_and_the_measured_one_used() -> None:
    sensor = _listened([(b"\0" + HELLO + _samples(0, 20), 10)], rate_hz=100.0)
    assert sensor.rate_hz == 100
    (note,) = [item for item in sensor if isinstance(item, Note)]
    assert "declares 50 samples a second and sends 100" in str(note.fields["text"])


@pytest.mark.parametrize("first", [HELLO, b""])
def test_a_range_that_is_told_anew_is_converted_and_told_once(first: bytes) -> None:
    finer = encode_hello({"rate_hz": 50, "acc_lsb_per_g": 16384, "gyr_lsb_per_dps": 131.2})
    began = b"".join(encode_sample(i, i * 10_000, [0, i % 7, 0, 0, 0, 1]) for i in range(300))
    later = encode_sample(300, 3_000_000, [16384, 0, 0, 0, 0, 1312])
    quiet = [(b"", 20 + i * 100_000) for i in range(30)]
    sensor = _listened([(b"\0" + first + began, 10), *quiet, (finer + later * 2, 4_000_000)])
    scale, items = sensor.scale, list(sensor)
    last = [item for item in items if isinstance(item, Frames) and len(item)][-1]
    assert last.values[-1, 0] * scale.acc_ms2 == pytest.approx(GRAVITY_MS2)
    assert last.values[-1, 5] * (scale.gyr_rads or 0) == pytest.approx(np.radians(10))
    texts = [str(item.fields.get("text")) for item in items if isinstance(item, Note)]
    assert sum("another range than before (16384 counts for 1 g" in text for text in texts) == 1


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("native with hello", []),
        ("bno08x", ["no_gyro"]),
        ("wit ble", ["no_checksum"]),
        ("text acc only", ["no_gyro", "no_checksum"]),
    ],
)
def test_what_a_sensor_lacks_is_told_once(name: str, codes: list[str]) -> None:
    (wire,) = (wire for wire in WIRES if wire.name == name)
    frames = [wire.before, *wire.frames(leg(300, 100.0, np.random.default_rng(1)))]
    pieces = [(frame, i * 10_000) for i, frame in enumerate(frames)]
    sensor = _listened(pieces, all_devices()[wire.device], 100.0)
    assert _samples_and_codes(sensor)[1] == codes


def _hello_of(name: str) -> bytes:
    return encode_hello(
        {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.5, "id": name}
    )


def _after_a_gap(*pieces: Said) -> tuple[int, list[str], int]:
    """Samples, codes, and how often the port was refused: of a sensor a7, and what came then."""
    refused: list[int] = []
    before: list[Said] = [(b"\0" + _hello_of("a7") + _samples(0, 5), 900_000)]
    gap = [Note(1_000_000, "gap", {"port": "p"}), Note(2_000_000, "reconnect", {"port": "q"})]
    heard = (item if isinstance(item, Note) else Piece(*item) for item in (*before, *gap, *pieces))
    sensor = Sensor(heard, DEVICE, refuse=lambda: refused.append(1))
    sensor.listen(_never)
    return *_samples_and_codes(sensor), len(refused)


def test_the_same_sensor_goes_on_and_nothing_of_it_is_lost() -> None:
    told = _after_a_gap((_samples(5, 9), 2_100_000), (_hello_of("a7") + _samples(9, 12), 2_200_000))
    assert told == (12, ["gap", "reconnect"], 0)


def test_who_waits_for_its_name_is_not_kept_from_looking_elsewhere() -> None:
    reconnect = Note(1_000_000, "reconnect", {"port": "p"})
    hello: Said = (b"\0" + _hello_of("a7") + _samples(0, 5), 900_000)
    later: list[Said] = [(_samples(i, i + 1), 1_000_000 + i * 10_000) for i in range(5, 9)]
    heard = (
        item if isinstance(item, Note) else Piece(*item) for item in (hello, reconnect, *later)
    )
    sensor = Sensor(heard, DEVICE, refuse=lambda: None)
    sensor.listen(_never)
    frames = [len(item) for item in sensor if isinstance(item, Frames)]
    assert frames == [5, 0, 0, 0, 0]


def test_another_sensor_is_not_counted_and_the_right_one_waited_for() -> None:
    told = _after_a_gap(
        (_samples(5, 9), 2_100_000),
        (_hello_of("b2") + _samples(9, 12), 2_200_000),
        Note(2_300_000, "gap", {"port": "q"}),
        Note(2_600_000, "reconnect", {"port": "r"}),
        (_hello_of("a7") + _samples(5, 15), 2_700_000),
    )
    assert told == (15, ["gap", "reconnect", "other_sensor", "gap", "reconnect"], 1)


def test_one_that_does_not_tell_its_name_any_more_is_believed_after_a_while() -> None:
    pieces = [(_samples(5 + i, 6 + i), 2_000_000 + i * 100_000) for i in range(40)]
    assert _after_a_gap(*pieces) == (45, ["gap", "reconnect"], 0)
