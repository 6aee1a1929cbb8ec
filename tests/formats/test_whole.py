"""numpy archives and Parquet: what they keep beside the samples, and what can be wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of, open_recording

HEADER = Header(
    movement="single-leg-bridge",
    leg=Leg.RIGHT,
    mount=Mount.FREE_ANKLE,
    rate_hz=50.0,
    scale=Scale(0.5, 0.25),
    device="a sensor",
    started_utc="2026-01-01T00:00:00+00:00",
)
FRAMES = Frames(np.array([7, 20_007]), np.array([[1, 2, 3, 4, 5, 6]] * 2), None, np.array([0, 20]))

both = pytest.mark.parametrize("suffix", [".npz", ".parquet"])


def _written(path: Path, header: Header = HEADER) -> Path:
    with format_of(path).create(path, header) as writer:
        writer.write(FRAMES)
        writer.write(Note(3, "end"))
    return path


@both
def test_the_header_comes_back_and_the_values_are_si(suffix: str, tmp_path: Path) -> None:
    with open_recording(_written(tmp_path / f"a{suffix}")) as recording:
        frames, end = recording
        told = recording.header
    assert (told.movement, told.leg, told.mount) == (HEADER.movement, HEADER.leg, HEADER.mount)
    assert (told.rate_hz, told.device, told.started_utc) == (50.0, "a sensor", HEADER.started_utc)
    assert told.scale == Scale(1.0, 1.0)
    assert isinstance(frames, Frames)
    assert frames.values[0].tolist() == [0.5, 1.0, 1.5, 1.0, 1.25, 1.5]
    assert isinstance(end, Note)


@both
def test_nothing_written_is_no_recording(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    with format_of(path).create(path, HEADER):
        pass
    with pytest.raises(BadInput, match="no samples"), open_recording(path):
        pass


def test_a_numpy_archive_of_anything_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, time_s=np.arange(3), acc_ms2=np.ones((2, 3)))
    with pytest.raises(BadInput, match=r"acc_ms2 \(n, 3\)"), open_recording(path):
        pass


def test_a_numpy_archive_needs_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, time_s=np.arange(3) / 100, acc_ms2=np.ones((3, 3)))
    with open_recording(path) as recording:
        assert recording.header.leg is None
        assert sum(len(item) for item in recording if isinstance(item, Frames)) == 3


def test_no_program_is_run_by_reading_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, time_s=np.array([print], dtype=object), acc_ms2=np.ones((1, 3)))
    with pytest.raises(BadInput, match="no whole numpy archive"), open_recording(path):
        pass


@pytest.mark.parametrize("header", ["{", '{"leg": 5}', "[]", '{"rate_hz": "fast"}'])
def test_a_damaged_header_is_told(header: str, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, time_s=np.arange(2), acc_ms2=np.ones((2, 3)), header=np.array(header))
    with pytest.raises(BadInput, match="says of itself is damaged"), open_recording(path):
        pass


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput, match=r"imu-reps\[parquet\]"):
        _written(tmp_path / "a.parquet")
    assert not (tmp_path / "a.parquet").exists()
