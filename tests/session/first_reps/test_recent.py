"""What is remembered of a stream is the same however it came."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.samples import Samples, joined
from imu_reps.session.first_reps.recent import BLOCK, Recent

ROWS = 3 * BLOCK
ALL = Samples(np.arange(ROWS) / 100.0, np.arange(3.0 * ROWS).reshape(ROWS, 3))


@given(cuts=st.lists(st.integers(0, ROWS), max_size=12))
def test_runs_come_back_as_one(cuts: list[int]) -> None:
    recent = Recent(joined)
    for begin, end in pairwise([0, *sorted(cuts), ROWS]):
        recent.append(ALL[begin:end])
    whole = recent.whole()
    assert whole is not None
    assert np.array_equal(whole.time_s, ALL.time_s)
    assert np.array_equal(whole.acc_ms2, ALL.acc_ms2)
    assert recent.last_s == ALL.time_s[-1]


def test_what_is_old_is_forgotten_and_nothing_else() -> None:
    recent = Recent(joined)
    for begin in range(0, ROWS, 10):
        recent.append(ALL[begin : begin + 10])
    recent.forget(oldest_s=8.0)
    whole = recent.whole()
    assert whole is not None
    assert 8.0 - BLOCK / 100.0 <= whole.time_s[0] <= 8.0
    assert whole.time_s[-1] == ALL.time_s[-1]


def test_nothing_comes_of_nothing() -> None:
    recent = Recent(joined)
    recent.append(ALL[:0])
    recent.forget(oldest_s=1.0)
    assert recent.whole() is None
    assert recent.last_s is None
