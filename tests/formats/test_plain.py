"""The plain table, and everything that a table can have wrong."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Note, Scale
from imu_reps.formats import format_of, open_recording

HEAD = "time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2"


def _read(tmp_path: Path, text: str) -> list[Frames]:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    with open_recording(path) as recording:
        return [item for item in recording if isinstance(item, Frames)]


def test_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    text = "acc_z_ms2,label,time_s,acc_x_ms2,acc_y_ms2\n3,9,0.5,1,2\n\n3,9,0.51,1,2\n"
    (frames,) = _read(tmp_path, text)
    assert frames.values.tolist() == [[1, 2, 3], [1, 2, 3]]
    assert frames.device_us is not None
    assert frames.device_us.tolist() == [500_000, 510_000]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        (f"{HEAD}\n", "a header and no rows"),
        (f"{HEAD}\n0,1,2,3\n1,2,x,4\n", "line 3: 'x'"),
        (f"{HEAD}\n0,1,2,3\n\n1,2,nan,4\n", "line 4: 'nan'"),
        (f"{HEAD}\n0,1,2,3\n1,2,-1e300,4\n", "line 3 has a number beyond 9e+18"),
        (
            f"{HEAD}\n0,1,2,3\n{HEAD}\n0,1,2,3\n",
            "line 3 has no numbers but 'time_s': where another recording begins, cut the file",
        ),
        (f"{HEAD}\n0,1,2\n", "line 2 has 3 values instead of 4"),
        (f"{HEAD}\n0,1,2,3\n1,1,2,3\n0.5,1,2,3\n", "line 4: time runs backwards here, by 0.5 s"),
        (f"{HEAD}\n0,1,2,3\n1,1,2,3\n0.999,1,2,3\n", "line 4: time runs backwards"),
        (f"{HEAD}\n1700000000123456789,1,2,3\n", "line 2: a time of 1.7e+18 s is not in seconds"),
        (f"{HEAD}\n0,1,2,3\n\n-1e11,1,2,3\n", "line 4: a time of -1e+11 s is not in seconds"),
        (f"{HEAD}\r0,1,2,3\r", "not text in lines; save it as CSV in UTF-8"),
        ("x" * 200_000, "the columns are 'xxx"),
        (f'{HEAD}\n"0","1","?","3"\n', "line 2: '?'"),
        ("t,x,y,z\n0,1,2,3\n", "the columns are 't, x, y, z'"),
        (f"{HEAD},gyr_x_rads\n0,1,2,3,4\n", "gyr_y_rads"),
        (f"{HEAD},time_s\n0,1,2,3,4\n", "the columns are"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput) as error:
        _read(tmp_path, text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_what_r_writes_is_read(tmp_path: Path) -> None:
    names = ",".join(f'"{name}"' for name in HEAD.split(","))
    (frames,) = _read(tmp_path, f'"",{names},"label"\n"1",0.5,1,2,3,"a"\n"2",0.51,1,2,3,NA\n')
    assert frames.values.tolist() == [[1, 2, 3], [1, 2, 3]]
    assert frames.host_us.tolist() == [500_000, 510_000]


class Dialect(NamedTuple):
    """How a program writes tables."""

    sep: str
    quote: str
    end: str
    mark: str
    decimal: str

    def text(self, lines: list[list[str]]) -> str:
        quoted = ([f"{self.quote}{cell}{self.quote}" for cell in line] for line in lines)
        return self.mark + "".join(self.sep.join(line) + self.end for line in quoted)


DIALECTS = st.builds(
    Dialect,
    sep=st.sampled_from(",;\t"),
    quote=st.sampled_from(["", '"']),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    decimal=st.sampled_from(".,"),
).filter(lambda dialect: dialect.sep != dialect.decimal)
NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3)


@settings(deadline=None)
@given(rows=st.lists(NUMBERS, min_size=1, max_size=5), dialect=DIALECTS)
def test_a_table_is_read_in_any_dialect(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[float]], dialect: Dialect
) -> None:
    cells = [[repr(value) for value in (at, *row)] for at, row in enumerate(rows)]
    lines = [[cell.replace(".", dialect.decimal) for cell in line] for line in cells]
    (frames,) = _read(tmp_path_factory.mktemp("plain"), dialect.text([HEAD.split(","), *lines]))
    assert frames.values.tolist() == rows


def test_a_table_larger_than_a_block_is_read_to_its_end(tmp_path: Path) -> None:
    rows = "".join(f"{i / 100},1.25,2.5,9.75\n" for i in range(100_000))
    frames = _read(tmp_path, f"{HEAD}\n{rows}")
    assert len(frames) > 1
    assert sum(map(len, frames)) == 100_000


VALUE = st.floats(-1e6, 1e6) | st.integers(-4096, 4096).map(lambda count: count * 9.80665 / 4096)


@given(
    rows=st.lists(st.tuples(VALUE, VALUE, VALUE), min_size=1),
    begin_us=st.integers(0, 10**15),
    data=st.data(),
)
def test_what_is_written_is_read_in_fifteen_digits(
    rows: list[tuple[float, float, float]],
    begin_us: int,
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steps = st.lists(st.integers(1, 10**7), min_size=len(rows), max_size=len(rows))
    time_us = np.cumsum([0, *data.draw(steps)[1:]])
    path = tmp_path_factory.mktemp("exact") / "a.csv"
    with format_of(path).create(path, Header(scale=Scale(1.0, None))) as writer:
        writer.write(Frames(time_us, np.array(rows), None, begin_us + time_us))
    with open_recording(path) as recording:
        frames = [item for item in recording if isinstance(item, Frames)]
    values = np.concatenate([item.values for item in frames])
    assert values == pytest.approx(np.array(rows), rel=1e-14, abs=1e-19)
    assert np.concatenate([item.host_us for item in frames]).tolist() == time_us.tolist()


def test_times_between_microseconds_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with format_of(path).create(path, Header(scale=Scale(1.0, None), rate_hz=3.0)) as writer:
        # Without a clock and a counter the arrivals are fitted, to a part of a microsecond.
        writer.write(Frames(np.array([0, 333_337, 666_661]), np.ones((3, 3))))
    for line in path.read_text().splitlines()[1:]:
        assert len(line.split(",")[0].partition(".")[2]) <= 6


def test_a_table_of_no_samples_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with (  # noqa: PT012
        pytest.raises(BadInput, match="no samples to write"),
        format_of(path).create(path, Header(scale=Scale(1.0, None))) as writer,
    ):
        writer.write(Frames(np.empty(0, np.int64), np.empty((0, 3))))
        writer.write(Note(0, "end"))
