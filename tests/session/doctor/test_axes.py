"""Axes that tell nothing."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.session.doctor.axes import frozen_axes, saturated_axes

COUNTS = Scale(GRAVITY_MS2 / 8192, np.radians(1 / 65.5))
SI = Scale(1.0, 1.0)


def _resting(n: int = 200, columns: int = 6) -> np.ndarray:
    """A sensor on a table, in counts with some noise."""
    noise = np.random.default_rng(3).normal(0, 4, (n, 6))
    counts = np.round(noise + np.array([0, 300, 8190, 20, -30, 5]))
    found: np.ndarray = counts[:, :columns].astype(np.int64)
    return found


def _frames(values: np.ndarray) -> Frames:
    return Frames(np.arange(len(values)) * 10_000, values)


def test_a_resting_sensor_is_neither() -> None:
    for columns in (3, 6):
        assert frozen_axes(_frames(_resting(columns=columns))) == []
        assert saturated_axes(_frames(_resting(columns=columns)), COUNTS) == []


def test_an_axis_that_never_changes_beside_lively_ones_is_frozen() -> None:
    values = _resting()
    values[:, 4] = -30
    assert frozen_axes(_frames(values)) == ["turning rate y"]


def test_a_sensor_that_never_changes_is_frozen() -> None:
    values = np.tile(_resting()[:1], (100, 1))
    assert len(frozen_axes(_frames(values))) == 6
    assert len(frozen_axes(_frames(values[:10]))) == 0


def test_coarse_numbers_are_not_taken_for_frozen_ones() -> None:
    rng = np.random.default_rng(4)
    coarse = np.round(rng.normal([0.02, 0.04, 9.84], 0.012, (300, 3)), 1)
    assert (coarse[:, 0] == coarse[0, 0]).all()
    assert frozen_axes(_frames(coarse)) == []


@pytest.mark.parametrize("end", [32767, -32768])
def test_a_count_at_the_end_of_16_bits_is_saturated(end: int) -> None:
    values = _resting()
    values[50:60, 1] = end
    assert saturated_axes(_frames(values), COUNTS) == ["acceleration y"]


def test_decimals_that_rest_at_the_end_of_a_range_are_saturated() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(0, 1, (200, 6))
    values[80:90, 0] = 2 * GRAVITY_MS2
    values[80:90, 5] = np.radians(-500.0)
    assert saturated_axes(_frames(values), SI) == ["acceleration x", "turning rate z"]
    values[80:90] += rng.normal(0, 1e-4, (10, 6))
    assert saturated_axes(_frames(values), SI) == []
