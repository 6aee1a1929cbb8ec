"""The times of rows: the same however the file is cut into blocks, and exact about a wrong line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.errors import BadInput
from imu_reps.formats.rows import Block
from imu_reps.formats.times import RowTimes

PATH = Path("a.csv")
WRAP_US = 1 << 32

CUTS = st.lists(st.integers(0, 50))


def _us(times: RowTimes, column: list[float], cuts: list[int] | None = None) -> list[int]:
    """The times of rows on lines 2, 4, 6…, a block from each cut to the next."""
    out: list[int] = []
    for begin, end in pairwise(sorted({0, *(cuts or []), len(column)})):
        part = column[begin:end]
        if part:
            block = Block(2 * begin + 2, b"1\n\n" * len(part))
            out += times.us(block, np.array(part, dtype=np.float64)).tolist()
    return out


@given(steps=st.lists(st.integers(0, 10**9), min_size=1, max_size=50), cuts=CUTS)
def test_a_clock_that_wraps_goes_on(steps: list[int], cuts: list[int]) -> None:
    true_us = np.cumsum(steps)
    told = [float(time_us % WRAP_US) for time_us in true_us]
    found = np.array(_us(RowTimes(PATH, 1e-6, WRAP_US), told, cuts))
    assert (found - found[0]).tolist() == (true_us - true_us[0]).tolist()


@given(at=st.lists(st.integers(0, 1000), min_size=1, max_size=50), cuts=CUTS)
def test_the_first_row_that_is_too_late_is_named(at: list[int], cuts: list[int]) -> None:
    late = [row for row in range(len(at)) if at[row] < max(at[: row + 1]) - 100]
    times = RowTimes(PATH, 1e-6, late_us=100)
    if not late:
        assert _us(times, [float(time_us) for time_us in at], cuts) == at
        assert times.latest_us == max(at)
        return
    with pytest.raises(BadInput, match=rf"a\.csv: line {2 * late[0] + 2}: time runs backwards"):
        _us(times, [float(time_us) for time_us in at], cuts)


@pytest.mark.parametrize(("unit_s", "most"), [(1.0, 1e11), (1e-3, 1e14), (1e-6, 1e17)])
def test_a_time_is_one_that_a_clock_can_have(unit_s: float, most: float) -> None:
    assert len(_us(RowTimes(PATH, unit_s), [-most * 0.999, 0.0, most * 0.999])) == 3
    with pytest.raises(BadInput, match=r"line 4: a time of 1e\+11 s is not in seconds"):
        _us(RowTimes(PATH, unit_s), [0.0, most])
