"""The native recording: what it keeps, and what it says of itself."""

from __future__ import annotations

import json
import math
from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import native, open_recording

SCALE = Scale(0.5, 0.25, seq_wrap=1 << 16, device_us_wrap=1 << 32)
HEADER = Header(
    movement="single-leg-bridge",
    leg=Leg.RIGHT,
    mount=Mount.ANKLE,
    rate_hz=100.0,
    scale=SCALE,
    device="MPU6050 a7",
    decoder="imu-reps-frame",
    started_utc="2026-01-02T03:04:05+00:00",
    software="imu-reps 0.1.0",
)
FRAMES = Frames(
    host_us=np.array([1_000, 11_000]),
    values=np.array([[1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6]]),
    seq=np.array([65_535, 0]),
    device_us=np.array([4_294_967_295, 9_999]),
)


def _write(path: Path, *items: Frames | Note, header: Header = HEADER) -> Path:
    with native.create(path, header) as writer:
        for item in items:
            writer.write(item)
    return path


def _read(path: Path) -> tuple[Header, list[Frames | Note]]:
    with open_recording(path) as recording:
        return recording.header, list(recording)


def test_the_file_is_as_documented(tmp_path: Path) -> None:
    note = Note(12_000, "leg", {"leg": "left"})
    path = _write(tmp_path / "a.imu.csv", FRAMES, note, Note(12_500, "end"))
    first, columns, *rows = path.read_text().splitlines()
    mark, version, told = first.removeprefix("# ").split(" ", 2)
    assert (mark, version) == ("imu-reps-recording", "1")
    assert json.loads(told)["columns"]["ax"] == {"unit": "m/s^2", "scale": 0.5}
    assert columns == "seq,device_us,host_us,ax,ay,az,gx,gy,gz"
    assert rows == [
        "65535,4294967295,1000,1,2,3,4,5,6",
        "0,9999,11000,-1,-2,-3,-4,-5,-6",
        '# @12000 {"event": "leg", "leg": "left"}',
        '# @12500 {"event": "end"}',
    ]


def test_everything_comes_back(tmp_path: Path) -> None:
    header, items = _read(_write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end")))
    assert header == HEADER
    frames, end = items
    assert isinstance(frames, Frames)
    assert frames.values.dtype == np.int64
    assert frames.values.tolist() == FRAMES.values.tolist()
    assert end == Note(12_000, "end", {})


def test_columns_that_a_device_has_not_are_left_out(tmp_path: Path) -> None:
    bare = Frames(FRAMES.host_us, np.asarray(FRAMES.values[:, :3] + 0.5, dtype=np.float64))
    header = Header(scale=Scale(1.0, None))
    path = _write(tmp_path / "a.imu.csv", bare, Note(1, "end"), header=header)
    assert path.read_text().splitlines()[1] == "host_us,ax,ay,az"
    read, (frames, _) = _read(path)
    assert read.scale == Scale(1.0, None)
    assert isinstance(frames, Frames)
    assert frames.seq is None
    assert frames.device_us is None
    assert frames.values.tolist() == bare.values.tolist()


def test_a_missing_end_is_noted(tmp_path: Path) -> None:
    _, items = _read(_write(tmp_path / "a.imu.csv", FRAMES))
    assert items[-1] == Note(11_000, "interrupted")


def test_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES)
    path.write_text(path.read_text().replace("recording 1 ", "recording 2 "))
    with pytest.raises(BadInput, match="version 2 is newer"):
        _read(path)


def test_unknown_keys_and_line_ends_of_another_system_are_read(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    text = path.read_text().replace('{"device"', '{"new": 1, "device"')
    path.write_bytes(text.replace("\n", "\r\n").encode())
    header, items = _read(path)
    assert header == HEADER
    assert len(items) == 2


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    path.write_text(path.read_text().replace("9999,11000", "9999,what"))
    with pytest.raises(BadInput, match="line 4: 'what'"):
        _read(path)


@pytest.mark.parametrize("number", [b"12345678901234567890", b"-1e30", b"9000000000000000000"])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_number_beyond_64_bits_is_named(number: bytes, place: int, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES)
    lines = path.read_bytes().splitlines(keepends=True)
    values = lines[3].split(b",")
    values[place] = number
    lines[3] = b",".join(values)
    path.write_bytes(b"".join(lines))
    with pytest.raises(BadInput, match="line 4 has a number beyond 9e"):
        _read(path)


def test_a_row_cut_within_its_last_number_is_not_a_row(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES)
    path.write_text(path.read_text().replace("-5,-6\n", "-5,-678\n")[:-2])
    frames, _ = _read(path)[1]
    assert isinstance(frames, Frames)
    assert frames.values.tolist() == [[1, 2, 3, 4, 5, 6]]


def _changed(tmp_path: Path, good: str, bad: str) -> Path:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    text = path.read_text()
    assert good in text
    path.write_text(text.replace(good, bad, 1))
    return path


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('"single-leg-bridge"', "5", "movement is 5"),
        ('"MPU6050 a7"', '{"a": 1}', "device is {'a': 1}"),
        ('"2026-01-02T03:04:05+00:00"', "5", "started_utc is 5"),
        ("100.0", '"x"', "rate_hz is 'x'"),
        ('"wrap": 65536', '"wrap": "x"', "seq wraps at 'x'"),
        ('"wrap": 65536', '"wrap": 0', "seq wraps at 0"),
        ('"wrap": 65536', f'"wrap": {10**400}', "seq wraps at 1000"),
        ('"right"', "5", "leg is 5"),
        ('"right"', '"middle"', "unknown leg 'middle'"),
        ('"scale": 0.5', '"scale": 0', "ax: scale is 0"),
        ('"scale": 0.5', '"scale": NaN', "ax: scale is nan"),
        ('"scale": 0.5', '"scale": Infinity', "ax: scale is inf"),
        ('"scale": 0.5', '"scale": 1e308', "ax: scale is 1e+308"),
        ('"scale": 0.5', f'"scale": {10**400}', "ax: scale is 1000"),
        ('"scale": 0.5', '"scale": "0.5"', "ax: scale is '0.5'"),
        ('"scale": 0.5', '"scale": true', "ax: scale is True"),
        ('"unit": "m/s^2"', '"unit": "ft/s^2"', "ax: unit is 'ft/s^2', none of m/s^2, "),
        ('"unit": "rad/s"', '"unit": "m/s^2"', "gx: unit is 'm/s^2', none of rad/s, "),
        ('"unit": "m/s^2"', '"unit": []', "unhashable"),
        ('"ay"', '"by"', "it tells of the columns ax, az, gx, gy, gz"),
        ('"columns": {', '"columns": [], "c": {', "damaged"),
        ('"device"', f'"x": {"[" * 100_000}, "device"', "brackets within brackets"),
    ],
)
def test_a_damaged_first_line_is_told(good: str, bad: str, told: str, tmp_path: Path) -> None:
    path = _changed(tmp_path, good, bad)
    with pytest.raises(BadInput, match="the first line is damaged") as error:
        _read(path)
    assert told in str(error.value)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("recording 1 ", f"recording {'9' * 5000} ", "not that of an imu-reps recording; copy it"),
        ("seq,device_us", "device_us,device_us", "line 2: the columns are 'device_us, device_us"),
        (",gz\n", ",hz\n", "line 2: the columns are"),
        (",gx,gy,gz\n", ",ax,ay,az\n", "the first line tells of ax, ay, az, gx, gy, gz"),
        (",ax,ay", ",x,y", "the second line does not name the columns"),
    ],
)
def test_columns_that_do_not_go_together_are_told(
    good: str, bad: str, told: str, tmp_path: Path
) -> None:
    path = _changed(tmp_path, good, bad)
    with pytest.raises(BadInput) as error:
        _read(path)
    assert told in str(error.value)


def test_a_gyro_that_line_one_does_not_tell_of_has_no_scale(tmp_path: Path) -> None:
    bare = Frames(FRAMES.host_us, FRAMES.values[:, :3])
    path = _write(tmp_path / "a.imu.csv", bare, header=Header(scale=Scale(1.0, None)))
    path.write_text(path.read_text().replace("az\n", "az,gx,gy,gz\n"))
    with pytest.raises(BadInput, match="the first line tells of ax, ay, az; mend line 2"):
        _read(path)


@pytest.mark.parametrize(
    "note",
    [
        "# @1 {broken}",
        f'# @1 {{"event": {"[" * 100_000}}}',
        f'# @{"9" * 5000} {{"event": "gap"}}',
        f'# @{"9" * 19} {{"event": "gap"}}',
        '# @1 {"event": "leg", "leg": 5}',
        '# @1 {"event": "leg"}',
    ],
    ids=["broken", "deep", "digits", "64 bits", "leg 5", "no leg"],
)
def test_a_damaged_note_is_named(note: str, tmp_path: Path) -> None:
    path = _changed(tmp_path, "0,9999,", f"{note}\n0,9999,")
    with pytest.raises(BadInput, match="line 4: ") as error:
        _read(path)
    assert "note" in str(error.value)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("rate", ["0", "-5", "NaN", "Infinity", "1e-320", f"1{'0' * 400}"])
def test_a_rate_that_is_none_is_not_known(rate: str, tmp_path: Path) -> None:
    header, frames = _only_frames(_changed(tmp_path, '"rate_hz": 100.0', f'"rate_hz": {rate}'))
    assert header.rate_hz is None
    assert len(frames) == 2


def _only_frames(path: Path) -> tuple[Header, Frames]:
    header, items = _read(path)
    (frames,) = (item for item in items if isinstance(item, Frames))
    return header, frames


def test_each_column_has_its_own_scale(tmp_path: Path) -> None:
    path = _changed(
        tmp_path, '"ay": {"unit": "m/s^2", "scale": 0.5', '"ay": {"unit": "g", "scale": -2'
    )
    header, frames = _only_frames(path)
    assert header.scale == replace(SCALE, acc_ms2=1.0)
    assert frames.values[0] == pytest.approx([0.5, -4 * GRAVITY_MS2, 1.5, 4, 5, 6])


def test_another_unit_is_made_si_and_counts_stay_counts(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    path.write_text(path.read_text().replace('"m/s^2"', '"g"').replace('"rad/s"', '"deg/s"'))
    header, frames = _only_frames(path)
    assert header.scale == replace(
        SCALE, acc_ms2=0.5 * GRAVITY_MS2, gyr_rads=0.25 * math.radians(1.0)
    )
    assert frames.values.dtype == np.int64
    assert frames.values.tolist() == FRAMES.values.tolist()


def test_a_copy_is_the_same_to_the_byte(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    header, items = _read(path)
    assert _write(tmp_path / "b.imu.csv", *items, header=header).read_bytes() == path.read_bytes()


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES, Note(12_000, "end"))
    before = _read(path)
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert _read(path)[0] == before[0]
    assert len(_read(path)[1]) == 2


def test_cut_at_any_byte_it_opens_and_loses_its_last_row_at_the_most(tmp_path: Path) -> None:
    note = Note(12_000, "leg", {"leg": "left"})
    whole = _write(tmp_path / "a.imu.csv", FRAMES, note, Note(12_500, "end")).read_bytes()
    first = whole.index(b"\n") + 1
    rows = whole.index(b"\n", first) + 1
    cut = tmp_path / "cut.imu.csv"
    for size in range(first, len(whole)):
        cut.write_bytes(whole[:size])
        header, items = _read(cut)
        found = [item for item in items if isinstance(item, Frames)]
        assert header == HEADER
        assert sum(map(len, found)) == min(whole[rows:size].count(b"\n"), 2)
        last = items[-1]
        assert isinstance(last, Note)
        assert last.kind == "interrupted"
    cut.write_bytes(whole[: first - 1])
    with pytest.raises(BadInput, match="cut off within its first line"):
        _read(cut)


def test_zeros_that_a_power_cut_leaves_are_no_row(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.csv", FRAMES)
    path.write_bytes(path.read_bytes() + bytes(4096))
    frames, last = _read(path)[1]
    assert isinstance(frames, Frames)
    assert len(frames) == 2
    assert last == Note(11_000, "interrupted")


def test_a_row_is_in_the_file_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.imu.csv"
    with native.create(path, HEADER) as writer:
        for row in range(2):
            writer.write(FRAMES[row : row + 1])
            assert sum(len(i) for i in _read(path)[1] if isinstance(i, Frames)) == row + 1


def test_a_note_before_the_first_sample_waits_for_the_columns(tmp_path: Path) -> None:
    bare = Frames(FRAMES.host_us, FRAMES.values)
    path = _write(tmp_path / "a.imu.csv", Note(500, "mark"), bare)
    assert path.read_text().splitlines()[1:3] == [
        "host_us,ax,ay,az,gx,gy,gz",
        '# @500 {"event": "mark"}',
    ]


def test_a_recording_of_nothing_is_one(tmp_path: Path) -> None:
    assert _read(_write(tmp_path / "a.imu.csv", Note(500, "end"))) == (HEADER, [Note(500, "end")])
    assert _read(_write(tmp_path / "b.imu.csv")) == (HEADER, [Note(0, "interrupted")])
