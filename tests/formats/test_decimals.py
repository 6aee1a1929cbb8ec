"""Many numbers at a time: the same as one by one, or none at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.formats.decimals import decimals_in

NUMBER = st.one_of(
    st.integers(-(10**18), 10**18).map(str),
    st.floats(-1e9, 1e9).map(lambda value: f"{value:.9g}"),
    st.floats(-1e3, 1e3).map(lambda value: f"{value:.6f}"),
    st.floats(-1e3, 1e3).map(repr),
    st.from_regex(r"-?[0-9]{0,18}\.?[0-9]{0,18}", fullmatch=True),
)


@given(rows=st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=5))
def test_numbers_are_those_that_python_reads(rows: list[tuple[str, ...]]) -> None:
    text = "".join(",".join(row) + "\n" for row in rows).encode()
    table = decimals_in(text, 3)
    if table is not None:
        assert table.tolist() == [[float(number) for number in row] for row in rows]


@given(rows=st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 7), min_size=1, max_size=20))
def test_tables_as_they_are_written_are_read(rows: list[tuple[float, ...]]) -> None:
    lines = [[f"{value:.6f}" for value in row] for row in rows]
    table = decimals_in("".join(",".join(line) + "\n" for line in lines).encode(), 7)
    assert table is not None
    assert table.tolist() == np.array(lines, dtype=float).tolist()


@pytest.mark.parametrize(
    "line",
    [
        *(
            "1,2",
            "1,2,3,4",
            "1,,3",
            "1,2,",
            "1,-,3",
            "1,.,3",
            "1,-.,3",
            "1,.-2,3",
            "1,2-3,3",
            "1,1.2.3,3",
        ),
        *("1,--2,3", "1,x,3", "1,nan,3", "1,2e3,3", "1, 2,3", "1,+2,3", "", "1,2,3\r"),
        *("1,2,99999999999999999999", "1,2,0.12345678901234567"),
    ],
)
def test_anything_else_is_left_to_others(line: str) -> None:
    assert decimals_in(f"7,8,9\n{line}\n7,8,9\n".encode(), 3) is None


def test_a_line_that_is_not_whole_is_left_to_others() -> None:
    assert decimals_in(b"1,2,3\n4,5,6", 3) is None
