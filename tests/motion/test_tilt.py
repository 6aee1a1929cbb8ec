"""Where is up in the first samples, told by what comes after them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.samples import Floats, Samples
from imu_reps.motion.tilt import BEGIN_S, GyroTilt
from tests.legs import Leg


def _off_deg(samples: Samples) -> Floats:
    """How far (n,) the poses are off from those of a filter that does not know what comes."""
    knowing, plain = GyroTilt(100.0, None, samples), GyroTilt(100.0)
    dots = (knowing.update(samples) * plain.update(samples)).sum(axis=1)
    off: Floats = np.degrees(np.arccos(np.clip(dots, -1.0, 1.0)))
    return off


def test_who_sways_at_rest_is_seen_best_by_the_mean_of_what_is_felt() -> None:
    assert _off_deg(Leg().rest(6).samples(sway_deg=1.0)).max() < 1e-5


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_the_first_poses_of_who_is_pushed_come_over_to_the_later_ones(rows: int) -> None:
    samples = Leg(20).move(40, 0.8).rest(5).samples()
    pushed = (samples.time_s < 0.3)[:, None] * [3.0, 0.0, 0.0]
    samples = replace(samples, acc_ms2=samples.acc_ms2 + pushed)
    off_deg = _off_deg(samples)
    last = round(BEGIN_S * 100) - 1
    assert off_deg[0] > 8.0
    assert off_deg[last - 50] < 1.5
    assert off_deg[last:].max() < 1e-5
    tilt = GyroTilt(100.0, None, samples)
    pieces = [tilt.update(samples[i : i + rows]) for i in range(0, len(samples), rows)]
    assert np.array_equal(np.concatenate(pieces), GyroTilt(100.0, None, samples).update(samples))
