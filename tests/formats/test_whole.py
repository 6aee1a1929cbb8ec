"""numpy archives and Parquet: what they keep beside the samples, and what can be wrong."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Summary
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import format_of, open_recording
from imu_reps.formats.plain import ACC, GYR, TIME
from imu_reps.session.setup import Wishes
from imu_reps.session.stream.replay import replayed

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


def _saved(path: Path, time_s: NDArray[Any], values: NDArray[Any], told: str | None = None) -> Path:
    """An archive as another program would write it."""
    if path.suffix == ".npz":
        arrays = {"time_s": time_s, "acc_ms2": values[:, :3]}
        arrays |= {"gyr_rads": values[:, 3:]} if values.shape[1] == 6 else {}
        arrays |= {} if told is None else {"header": np.array(told)}
        np.savez(path, allow_pickle=False, **arrays)
    else:
        columns = zip((*ACC, *GYR), values.T, strict=False)
        table = pa.table({TIME: time_s, **{name: pa.array(column) for name, column in columns}})
        pq.write_table(table.replace_schema_metadata({"imu-reps": told} if told else None), path)
    return path


def _written(path: Path, header: Header = HEADER, frames: Frames = FRAMES) -> Path:
    with format_of(path).create(path, header) as writer:
        writer.write(frames)
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
def test_nothing_is_not_written(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no samples to write"):
        _written(tmp_path / f"a{suffix}", HEADER, FRAMES[:0])


@both
def test_no_samples_are_no_recording(suffix: str, tmp_path: Path) -> None:
    path = _saved(tmp_path / f"a{suffix}", np.empty(0), np.empty((0, 3)))
    with pytest.raises(BadInput, match="no samples in it"), open_recording(path):
        pass


CHUNKS = st.lists(
    st.one_of(
        st.integers(1, 5),
        st.tuples(
            st.sampled_from(["rest", "label", "mark", "gap", "pause", "end", "interrupted"]),
            st.dictionaries(st.sampled_from("abc"), st.floats(allow_nan=False) | st.text()),
        ),
    ),
    min_size=1,
)


@both
@given(chunks=CHUNKS, begin_us=st.integers(-(10**15), 10**15), step_us=st.integers(1, 10**8))
def test_notes_come_back_between_the_same_samples(
    suffix: str,
    chunks: list[int | tuple[str, dict[str, object]]],
    begin_us: int,
    step_us: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("notes") / f"a{suffix}"
    written: list[tuple[int, str, dict[str, object]]] = []
    n = 1
    with format_of(path).create(path, HEADER) as writer:
        for chunk in [*chunks, 1]:
            if isinstance(chunk, int):
                at_us = begin_us + np.arange(n, n + chunk) * step_us
                writer.write(Frames(at_us - 77, np.ones((chunk, 6)), None, at_us))
                n += chunk
            else:
                written.append((n - 1, *chunk))
                writer.write(Note(12_345, *chunk))
    came, read = 0, []
    with open_recording(path) as recording:
        for item in recording:
            if isinstance(item, Frames):
                came += len(item)
            else:
                read.append((came, item.kind, item.fields))
                assert item.host_us == max(came - 1, 0) * step_us
    assert read == written
    assert came == n - 1


@both
def test_an_archive_that_has_no_notes_has_ended(suffix: str, tmp_path: Path) -> None:
    told = '{"movement": "single-leg-bridge", "leg": "left"}'
    path = _saved(tmp_path / f"a{suffix}", np.array([5.0, 5.5]), np.ones((2, 3)), told)
    with open_recording(path) as recording:
        _, end = recording
        assert recording.header.leg is Leg.LEFT
    assert end == Note(5_500_000, "end")


@both
def test_lost_samples_are_remembered_without_their_counter(suffix: str, tmp_path: Path) -> None:
    header = replace(HEADER, scale=Scale(0.5, 0.25, seq_wrap=256), lost_samples=2)
    frames = Frames(np.arange(3) * 20_000, np.ones((3, 6), dtype=np.int64), np.array([254, 255, 4]))
    path = tmp_path / f"a{suffix}"
    with format_of(path).create(path, header) as writer:
        writer.write(frames)
    with open_recording(path) as recording:
        assert recording.header.lost_samples == 2 + 4
    with replayed(path, Wishes()) as replay:
        *_, summary = replay.events(replay.samples())
    assert isinstance(summary, Summary)
    assert summary.lost_samples == 6


@pytest.mark.parametrize("suffix", [".npz", ".parquet", ".csv"])
def test_a_device_that_was_away_comes_back_at_the_hosts_time(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    with format_of(path).create(path, HEADER) as writer:
        writer.write(FRAMES)
        writer.write(Note(20_007, "reconnect"))
        later = Frames(FRAMES.host_us + 9_000_000, FRAMES.values, None, FRAMES.device_us)
        writer.write(later)
    with open_recording(path) as recording:
        runs = [item.host_us for item in recording if isinstance(item, Frames)]
    assert np.concatenate(runs).tolist() == [0, 20, 9_000_000 - 20_000 + 20, 8_980_040]


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


@both
@pytest.mark.parametrize(
    "header",
    [
        "{",
        "[]",
        '{"leg": 5}',
        '{"device": {}}',
        '{"rate_hz": "fast"}',
        '{"rate_hz": 1' + "0" * 5000 + "}",
        '{"x": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"lost_samples": -1}',
        '{"notes": 1}',
        '{"notes": [1]}',
        '{"notes": [{"after_s": 0.1}]}',
        '{"notes": [{"event": "leg"}]}',
        '{"notes": [{"event": "leg", "after_s": "x"}]}',
        '{"notes": [{"event": "leg", "after_s": NaN}]}',
        '{"notes": [{"event": "leg", "after_s": 0, "leg": "up"}]}',
    ],
    ids=lambda header: header[:40],
)
def test_a_damaged_header_is_told(header: str, suffix: str, tmp_path: Path) -> None:
    path = _saved(tmp_path / f"a{suffix}", np.arange(2.0), np.ones((2, 3)), header)
    with pytest.raises(BadInput, match="what it says of itself is") as told, open_recording(path):
        pass
    assert len(str(told.value)) < len(str(path)) + 200


@both
@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        ((2, 0), np.nan, "sample 3 is not all numbers"),
        ((0, 0), -np.inf, "sample 1 is not all numbers"),
        ((3, 1), np.inf, "sample 4 is not all numbers"),
        ((1, 6), np.nan, "sample 2 is not all numbers"),
        ((2, 0), 0.5, "sample 3 is earlier than the one before"),
        ((3, 0), 1e11, "sample 4 has a time that is not in seconds"),
        ((0, 0), -1.7e18, "sample 1 has a time that is not in seconds"),
        ((3, 2), 1e300, "sample 4 is more than any sensor measures"),
        ((3, 5), -2e6, "sample 4 is more than any sensor measures"),
    ],
)
def test_what_cannot_be_a_sample_is_told(
    at: tuple[int, int], value: float, told: str, suffix: str, tmp_path: Path
) -> None:
    table = np.column_stack([np.arange(4.0), np.ones((4, 6))])
    table[at] = value
    path = _saved(tmp_path / f"a{suffix}", table[:, 0], table[:, 1:])
    with pytest.raises(BadInput, match=told) as error, open_recording(path):
        pass
    assert str(error.value).startswith(f"{path}: ")
    assert "; " in str(error.value)


def test_what_would_not_be_read_is_not_written(tmp_path: Path) -> None:
    values = np.array([[0.0] * 6, [np.nan] * 6])
    frames = Frames(FRAMES.host_us, values, None, FRAMES.device_us)
    with pytest.raises(BadInput, match="sample 2 is not all numbers"):
        _written(tmp_path / "a.npz", HEADER, frames)


@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [
        *product([".npz", ".parquet"], ["<U8", "S8", "datetime64[us]", "timedelta64[us]", "bool"]),
        (".npz", "complex128"),
    ],
)
@pytest.mark.parametrize("name", ["time_s", "acc"])
def test_what_is_no_number_is_told(dtype: str, name: str, suffix: str, tmp_path: Path) -> None:
    time_s, acc = np.array([1, 2]), np.ones((2, 3), dtype=np.int64)
    time_s, acc = (time_s.astype(dtype), acc) if name == "time_s" else (time_s, acc.astype(dtype))
    path = _saved(tmp_path / f"a{suffix}", time_s, acc)
    with (
        pytest.raises(BadInput, match=rf"{name}\w* holds \S+ and no numbers"),
        open_recording(path),
    ):
        pass


@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [
        *product([".npz", ".parquet"], ["float32", "float16", "int64", "uint8"]),
        (".npz", ">f8"),
    ],
)
def test_numbers_of_any_kind_are_taken(dtype: str, suffix: str, tmp_path: Path) -> None:
    path = _saved(
        tmp_path / f"a{suffix}",
        np.arange(3).astype(dtype),
        np.arange(9).reshape(3, 3).astype(dtype),
    )
    with open_recording(path) as recording:
        frames, _ = recording
    assert isinstance(frames, Frames)
    assert frames.host_us.tolist() == [0, 1_000_000, 2_000_000]
    assert frames.values.tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


@pytest.mark.parametrize("shape", [(), (2, 1), (1, 2), (3,), (0,)])
def test_times_of_another_shape_are_told(shape: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, time_s=np.zeros(shape), acc_ms2=np.ones((2, 3)))
    with pytest.raises(BadInput, match=r"time_s \(n,\)"), open_recording(path):
        pass


@pytest.mark.parametrize("shape", [(), (2,), (3,), (2, 4), (3, 3), (2, 3, 1)])
@pytest.mark.parametrize("name", ["acc_ms2", "gyr_rads"])
def test_values_of_another_shape_are_told(
    name: str, shape: tuple[int, ...], tmp_path: Path
) -> None:
    path = tmp_path / "a.npz"
    arrays = {"time_s": np.arange(2), "acc_ms2": np.ones((2, 3)), name: np.ones(shape)}
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(BadInput, match=r"acc_ms2 \(n, 3\)"), open_recording(path):
        pass


@pytest.mark.parametrize(
    "columns",
    [
        [*ACC],
        [TIME, *ACC[:2]],
        [TIME, *ACC, GYR[0]],
        [TIME, *ACC, *GYR[:2]],
        [TIME, *ACC, ACC[1]],
        [TIME, TIME, *ACC],
    ],
)
def test_a_parquet_table_with_other_columns_is_told(columns: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table([pa.array([1.0])] * len(columns), names=columns), path)
    told = f"the columns are '{', '.join(columns)}'"
    with pytest.raises(BadInput, match=re.escape(told)), open_recording(path):
        pass


def test_parquet_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    names = [*reversed([TIME, *ACC, *GYR]), "label"]
    columns = [pa.array([float(at)]) for at in range(7)] + [pa.array(["rest"])]
    pq.write_table(pa.table(columns, names=names), path)
    with open_recording(path) as recording:
        frames, _ = recording
    assert isinstance(frames, Frames)
    assert frames.host_us.tolist() == [6_000_000]
    assert frames.values.tolist() == [[5, 4, 3, 2, 1, 0]]


@pytest.mark.parametrize("column", [["1"], [[1.0]], [None], [Decimal(1)], [{"a": 1.0}]])
def test_a_parquet_column_of_other_things_is_told(column: list[object], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    others = {name: pa.array([1.0]) for name in ACC}
    pq.write_table(pa.table({TIME: pa.array(column), **others}), path)
    with pytest.raises(BadInput, match="time_s holds object and no numbers"), open_recording(path):
        pass


@both
@given(data=st.data())
def test_flipped_bits_are_told_or_do_no_harm(
    suffix: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = _written(tmp_path_factory.mktemp("flips") / f"a{suffix}")
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=3)):
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    try:
        with open_recording(path) as recording:
            frames = next(item for item in recording if isinstance(item, Frames))
    except BadInput:
        return
    assert frames.values[:, :3].tolist() == [[0.5, 1.0, 1.5]] * 2


def test_a_numpy_archive_that_cannot_be_unpacked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez_compressed(path, time_s=np.arange(500), acc_ms2=np.ones((500, 3)))
    content = bytearray(path.read_bytes())
    content[80:90] = b"\xff" * 10
    path.write_bytes(content)
    with pytest.raises(BadInput, match="no whole numpy archive"), open_recording(path):
        pass


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput, match=r"imu-reps\[parquet\]"):
        _written(tmp_path / "a.parquet")
    assert not (tmp_path / "a.parquet").exists()
