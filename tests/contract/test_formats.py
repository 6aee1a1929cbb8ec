"""What holds for every file format that is written; those of others are in test_other_programs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.samples import Samples
from imu_reps.formats import Format, all_formats, format_of, open_recording
from imu_reps.motion.clock import DeviceClock

FORMATS = [form for form in all_formats().values() if form.is_written]
SCALE = Scale(0.001, 0.0001, seq_wrap=1 << 16, device_us_wrap=1 << 32)


def _frames(n: int = 40, *, gyro: bool = True) -> Frames:
    rng = np.random.default_rng(4)
    at_us = np.arange(n) * 10_000 + 5_000
    values = rng.integers(-32768, 32767, (n, 6 if gyro else 3))
    return Frames(at_us + 300, values, np.arange(n) + 65_520, at_us)


def _written(form: Format, path: Path, frames: Frames, *notes: Note) -> Path:
    gyro = frames.values.shape[1] == 6
    header = Header(scale=Scale(0.001, 0.0001 if gyro else None), rate_hz=100.0)
    with form.create(path, header) as writer:
        writer.write(frames[:7])
        writer.write(frames[7:])
        for note in notes:
            writer.write(note)
    return path


def _samples(path: Path) -> list[Samples]:
    with open_recording(path) as recording:
        assert recording.header.scale is not None
        clock = DeviceClock(recording.header.scale, 100.0)
        return [clock.update(item) for item in recording if isinstance(item, Frames)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("gyro", [True, False])
def test_what_is_written_is_read(form: Format, gyro: bool, tmp_path: Path) -> None:  # noqa: FBT001
    frames = _frames(gyro=gyro)
    path = _written(form, tmp_path / f"a{form.suffix}", frames, Note(1, "end"))
    (samples,) = _samples(path)
    assert samples.time_s == pytest.approx(np.arange(40) / 100)
    assert samples.acc_ms2 == pytest.approx(frames.values[:, :3] * 0.001)
    assert (samples.gyr_rads is not None) == gyro


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_suffix_tells_the_format(form: Format) -> None:
    assert format_of(Path(f"some.name{form.suffix}")) is form
    with pytest.raises(BadUsage, match=r"\.imu\.csv"):
        format_of(Path("some.name.xyz"))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_file_is_never_overwritten(form: Format, tmp_path: Path) -> None:
    path = _written(form, tmp_path / f"a{form.suffix}", _frames())
    before = path.read_bytes()
    with pytest.raises(BadInput, match="not overwritten"):
        _written(form, path, _frames())
    assert path.read_bytes() == before


def _rows_or_reason(path: Path) -> int | str:
    try:
        return sum(map(len, _samples(path)))
    except BadInput as error:
        return str(error)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_cut_at_any_byte_it_opens_or_says_why(form: Format, tmp_path: Path) -> None:
    path = _written(form, tmp_path / f"a{form.suffix}", _frames(12), Note(1, "end"))
    whole = path.read_bytes()
    rows_before = -1
    for size in range(len(whole)):
        cut = tmp_path / f"cut{size}{form.suffix}"
        cut.write_bytes(whole[:size])
        rows = _rows_or_reason(cut)
        if isinstance(rows, str):
            assert "\n" not in rows
            assert str(cut) in rows
            continue
        assert rows >= rows_before
        rows_before = rows
    # A file of lines is whole but for its last byte; the others are whole or nothing.
    assert rows_before == (12 if form.suffix.endswith(".csv") else -1)
    assert _rows_or_reason(path) == 12


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\x00\x01\x02", b"hello\n", b"# imu-reps-recording\n1,2\n", b"\xff" * 50],
)
def test_what_is_no_recording_is_told_in_a_line(
    form: Format, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"a{form.suffix}"
    path.write_bytes(content)
    with pytest.raises(BadInput) as told:
        _samples(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_what_is_not_there_is_told(form: Format, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        _samples(tmp_path / f"a{form.suffix}")
    with pytest.raises(BadInput, match="folder"):
        _samples(_folder(tmp_path / f"b{form.suffix}"))
    with pytest.raises(BadInput, match="no such folder"):
        _written(form, tmp_path / "nowhere" / f"a{form.suffix}", _frames())


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
