"""Means of the last rows: right, and the same bits however the rows are cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from imu_reps.core.samples import Floats
from imu_reps.motion.filters import RunningMean, Weighted, gaussian

ROWS = arrays(np.float64, st.tuples(st.integers(1, 60), st.just(3)), elements=st.floats(-9, 9))
CUTS = st.lists(st.integers(0, 60), max_size=5)


def _fed(stage: RunningMean | Weighted, values: Floats, cuts: list[int]) -> Floats:
    return np.concatenate([stage.update(part) for part in np.split(values, sorted(cuts))])


def _last(values: Floats, row: int, count: int) -> Floats:
    """The last so many rows up to this one; before the first there was the first."""
    padded = np.concatenate([np.repeat(values[:1], count - 1, axis=0), values])
    rows: Floats = padded[row : row + count]
    return rows


@settings(deadline=None)
@given(values=ROWS, cuts=CUTS, rows=st.integers(1, 20))
def test_a_running_mean_is_the_mean(values: Floats, cuts: list[int], rows: int) -> None:
    means = _fed(RunningMean(rows), values, cuts)
    true = [_last(values, row, rows).mean(axis=0) for row in range(len(values))]
    assert means == pytest.approx(np.array(true), abs=1e-13)
    assert np.array_equal(means, _fed(RunningMean(rows), values, []))


@settings(deadline=None)
@given(values=ROWS, cuts=CUTS, sigma=st.floats(0.3, 4))
def test_a_bell_is_laid_over_the_last_rows(values: Floats, cuts: list[int], sigma: float) -> None:
    weights = gaussian(sigma)
    means = _fed(Weighted(weights), values, cuts)
    part = weights / weights.sum()
    true = [part @ _last(values, row, len(part)) for row in range(len(values))]
    assert means == pytest.approx(np.array(true), abs=1e-13)
    assert np.array_equal(means, _fed(Weighted(weights), values, []))


def test_a_running_mean_forgets_all_that_is_past() -> None:
    mean = RunningMean(30)
    rng = np.random.default_rng(3)
    for _ in range(300):
        mean.update(rng.uniform(-9, 9, (1000, 1)))
    assert np.array_equal(mean.update(np.zeros((40, 1)))[30:], np.zeros((10, 1)))


def test_many_rows_at_once_are_those_one_by_one() -> None:
    values = np.random.default_rng(5).normal(size=(5000, 3))
    for stage in (RunningMean(45), Weighted(gaussian(15))):
        whole = stage.update(values)
        again = RunningMean(45) if isinstance(stage, RunningMean) else Weighted(gaussian(15))
        assert np.array_equal(whole[:300], _fed(again, values[:300], list(range(300))))
