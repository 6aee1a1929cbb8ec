"""What a leg does that is no rep."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.counting.gates import is_calm, is_still, sway_deg
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady

UP = np.array([0.0, 0.0, 1.0])


def _track(spread_deg: float, shake_ms2: float) -> Track:
    track, n = Track(), 200
    up = np.tile(UP, (n, 1))
    numbers = *(np.full(n, value) for value in (spread_deg, shake_ms2, spread_deg)), np.zeros(n)
    track.append(Poses(np.arange(n) / 50, up, Steady(up, *numbers)))
    return track


@pytest.mark.parametrize(
    ("spread_deg", "shake_ms2", "calm"),
    [
        (0.3, 0.2, True),  # a slow rep
        (0.3, 2.5, True),  # a pause, and a leg set down hard beside it
        (1.5, 0.5, True),  # touch-and-go
        (1.5, 1.2, True),  # the other leg sways with the one that it stands on
        (1.5, 1.8, True),  # it sways as far and quicker, to 2 Hz
        (1.5, 2.0, False),  # steps
        (5.0, 0.5, False),  # a swing of a second
    ],
)
def test_a_rep_of_forty_degrees_pauses_or_turns_slowly(
    spread_deg: float,
    shake_ms2: float,
    calm: bool,  # noqa: FBT001
) -> None:
    assert is_calm(_track(spread_deg, shake_ms2), 60, 170, 40.0) is calm


@pytest.mark.parametrize(("lasts_s", "calm"), [(1.6, False), (1.8, True), (2.4, True)])
def test_what_is_as_quick_as_a_stride_is_not_shaken_like_one(
    lasts_s: float,
    calm: bool,  # noqa: FBT001
) -> None:
    assert is_calm(_track(1.5, 1.2), 60, 60 + round(50 * lasts_s), 40.0) is calm


@pytest.mark.parametrize(("felt_deg", "calm"), [(3.0, True), (6.0, False)])
def test_who_swings_as_far_as_the_means_go_walks(felt_deg: float, *, calm: bool) -> None:
    track, n = Track(), 200
    up = np.tile(UP, (n, 1))
    means, felt = np.full(n, 0.3), np.full(n, felt_deg)
    felt[:50] = 0.3  # stood before
    track.append(
        Poses(np.arange(n) / 50, up, Steady(up, means, np.full(n, 1.2), felt, np.zeros(n)))
    )
    assert is_calm(track, 50, 199, 12.0) is calm


@pytest.mark.parametrize(
    ("pause_deg", "hip_ms2", "calm"),
    [
        (1.2, 0.0, True),  # a moment of rest, and a turn about one axis
        (1.2, 2.0, False),  # a step, for all its rest
        (4.0, 0.0, False),  # a swing to and fro
    ],
)
def test_a_quick_rep_may_shake_its_own_strap(
    pause_deg: float, hip_ms2: float, *, calm: bool
) -> None:
    n, turn_hz = 200, 1 / 1.5
    time_s = np.arange(n) / 50
    swing = np.radians(20.0) * (1.0 - np.cos(2 * np.pi * turn_hz * time_s))
    up = np.stack([np.sin(swing), 0 * swing, np.cos(swing)], axis=1)
    lift = 0.4 * np.gradient(np.gradient(np.sin(swing), time_s), time_s)
    lift += hip_ms2 * np.sin(2 * np.pi * 2.0 * time_s)
    felt = np.full(n, 5.0)
    felt[50:60] = pause_deg
    track = Track()
    track.append(Poses(time_s, up, Steady(up, felt, np.full(n, 2.0), felt, lift)))
    assert is_calm(track, 60, 60 + 75, 40.0) is calm


def test_an_attempt_of_one_row_that_is_shaken_is_not_explained() -> None:
    assert not is_calm(_track(1.0, 2.0), 60, 60, 40.0)


def test_sway_is_that_of_the_rest_before() -> None:
    assert sway_deg(_track(0.7, 0.0), 60) == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("spread_deg", "shake_ms2", "still"),
    [
        (1.0, 0.3, True),  # somebody who stands on one leg
        (1.0, 1.2, True),  # the other leg of somebody who can hardly do so
        (1.0, 1.8, True),  # and who corrects quickly
        (0.3, 2.5, True),  # a trembling muscle, or a sensor whose gravity is off by a quarter
        (1.5, 2.0, False),  # steps
        (5.0, 0.3, False),  # a slow stroke
    ],
)
def test_a_limb_that_hardly_turns_is_still_however_it_trembles(
    spread_deg: float,
    shake_ms2: float,
    still: bool,  # noqa: FBT001
) -> None:
    assert is_still(_track(spread_deg, shake_ms2), 60, 150, 40.0) is still
