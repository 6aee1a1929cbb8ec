"""The search for ways, which sleeps where it can find nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.counting import search
from imu_reps.counting.search import WaySearch
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady

RATE_HZ = 50


def _poses(seed: int) -> Poses:
    """Half a minute of swings of any size that come and go, with sway."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(30 * RATE_HZ) / RATE_HZ
    size_deg, period_s = rng.choice([3.0, 6.0, 11.0, 25.0, 80.0]), rng.uniform(1.2, 6.0)
    comes = np.sin(2 * np.pi * time_s / 17) > -0.3
    pitch = np.radians(size_deg * comes * np.sin(2 * np.pi * time_s / period_s))
    roll = np.radians(rng.uniform(0, 8) * np.sin(2 * np.pi * time_s / rng.uniform(1.0, 9.0)))
    pitch += np.radians(0.3) * rng.normal(size=len(time_s))
    up = np.stack([np.sin(pitch) * np.cos(roll), np.sin(roll), np.cos(pitch) * np.cos(roll)], 1)
    nothing = np.zeros(len(time_s))
    return Poses(time_s, up, Steady(up, nothing, nothing, nothing, nothing))


def _found(poses: Poses, rows: int) -> list[tuple[int, int, bytes]]:
    track, ways = Track(), WaySearch()
    found = []
    for begin in range(0, len(poses), rows):
        track.append(poses[begin : begin + rows])
        found += ways.update(track)
    return [(way.known, way.first, way.ends.tobytes()) for way in found]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 3, 10, 25]))
def test_a_scale_that_sleeps_finds_what_one_that_is_awake_does(seed: int, rows: int) -> None:
    poses = _poses(seed)
    asleep = _found(poses, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search._Scale, "may_find", lambda *_: True)
        assert _found(poses, rows) == asleep
    # Two scales may see the same way, in chunks that end between them twice.
    assert set(_found(poses, len(poses))) == set(asleep)


@pytest.mark.parametrize("stroke_deg", [5.5, 9.0, 14.5, 23.0, 40.0])
def test_a_way_is_known_at_the_row_that_tells_it(stroke_deg: float) -> None:
    time_s = np.arange(20 * RATE_HZ) / RATE_HZ
    pitch = np.radians(stroke_deg / 2 * np.sin(2 * np.pi * time_s / 4.0))
    up = np.stack([np.sin(pitch), np.zeros(len(pitch)), np.cos(pitch)], 1)
    nothing = np.zeros(len(time_s))
    poses = Poses(time_s, up, Steady(up, nothing, nothing, nothing, nothing))
    track, ways, seen = Track(), WaySearch(), 0
    for row in range(len(poses)):
        track.append(poses[row : row + 1])
        for way in ways.update(track):
            assert way.known == row
            seen += 1
    assert seen
