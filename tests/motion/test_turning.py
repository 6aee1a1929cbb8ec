"""What a sensor sees while it turns, from where it was at first."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from imu_reps.motion.turning import followed


@pytest.mark.parametrize("rows", [1, 2, 3, 64, 100])
def test_what_stands_still_stays_where_it_is(rows: int) -> None:
    rng = np.random.default_rng(1)
    rates = rng.normal(0.0, 3.0, (rows, 3))
    rates[0] = 0.0
    turned = [Rotation.identity()]
    for rate in rates / 50.0:
        turned.append(turned[-1] * Rotation.from_rotvec(rate))
    up = np.array([0.3, -0.5, 0.8])
    felt = np.array([one.apply(up, inverse=True) for one in turned[1:]])
    assert followed(50.0, rates, felt) == pytest.approx(np.tile(up, (rows, 1)), abs=1e-12)
