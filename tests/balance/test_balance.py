"""Left against right, with numbers that one can work out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.balance import ROWS, Terms, balance
from imu_reps.balance.compare import compare, difference_percent
from imu_reps.core.events import Event
from imu_reps.core.words import Leg, Mount
from tests.sets import a_set


def _row(events: list[Event], metric: str, terms: Terms | None = None) -> dict[str, object]:
    told = balance("single-leg-bridge", events, terms).as_dict()["balance"]
    assert isinstance(told, list)
    return next(row for row in told if row["metric"] == metric)


@pytest.mark.parametrize(
    ("left", "right", "percent"),
    [(8, 10, 20), (10, 8, -20), (5, 5, 0), (0, 4, 100), (3, 1, -200 / 3)],
)
def test_bishops_difference_is_signed(left: float, right: float, percent: float) -> None:
    assert difference_percent(left, right) == pytest.approx(percent)


def test_nothing_against_nothing_has_no_difference() -> None:
    assert difference_percent(0, 0) is None


def test_a_clear_difference_has_a_side() -> None:
    events = a_set(Leg.LEFT, [1.0, 1.05, 0.95, 1.0]) + a_set(Leg.RIGHT, [2.0, 2.05, 1.95, 2.0])
    row = _row(events, "hold_s")
    assert (row["left"], row["right"], row["difference_percent"]) == (1.0, 2.0, 50.0)
    assert row["verdict"] == "right_higher"
    low, high = row["ci95"] if isinstance(row["ci95"], list) else (0, 0)
    assert 45 < low < 50 < high < 55


def test_equal_legs_are_balanced() -> None:
    events = a_set(Leg.LEFT, [1.5, 1.52, 1.48, 1.5]) + a_set(Leg.RIGHT, [1.5, 1.51, 1.49, 1.5])
    assert _row(events, "hold_s")["verdict"] == "balanced"


def test_a_difference_within_the_reps_own_variation_is_no_verdict() -> None:
    events = a_set(Leg.LEFT, [0.5, 2.5, 1.0, 2.0]) + a_set(Leg.RIGHT, [1.0, 3.0, 1.5, 2.5])
    row = _row(events, "hold_s")
    assert row["verdict"] == "not_enough_data"
    assert row["reason"]


def test_a_difference_that_the_sensor_cannot_tell_is_no_verdict() -> None:
    # 0.2 s of 1.0 s is 17 %, and far outside both legs' variation, but less than 0.3 s.
    left, right = np.array([1.0, 1.0, 1.001]), np.array([1.2, 1.2, 1.201])
    assert compare("hold_s", left, right, tells=0.3).verdict == "not_enough_data"
    assert compare("hold_s", left, right, tells=0.1).verdict == "right_higher"


@pytest.mark.parametrize(
    ("left", "right", "tells", "reason"),
    [
        ([0.5, 2.5, 1.0, 2.0], [1.0, 3.0, 1.5, 2.5], 0.3, "too much variation within a leg"),
        # 0.2 s of 1.0 s, far outside both legs' variation; and so near to it that chance is both.
        ([1.0, 1.0, 1.001], [1.2, 1.2, 1.201], 0.3, "smaller than what the sensor can tell"),
        ([0.9, 1.0, 1.1, 1.0], [1.1, 1.2, 1.3, 1.2], 0.3, "smaller than what the sensor can tell"),
        ([0.95, 1.05] * 4, [1.03, 1.13] * 4, 0.01, "under 10 %"),
        ([0.8, 1.2] * 10, [1.0, 1.4] * 10, 0.01, "smaller than a leg's own variation"),
        (
            [0.9, 1.0, 1.1, 1.0],
            [1.1, 1.2, 1.3, 1.2],
            0.01,
            "12 rows are judged together, each at 99.6 %, and that interval reaches zero",
        ),
    ],
)
def test_the_reason_for_no_verdict_is_true_of_the_interval_that_is_told(
    left: list[float], right: list[float], tells: float, reason: str
) -> None:
    row = compare("hold_s", np.array(left), np.array(right), tells, ROWS)
    assert row.verdict == "not_enough_data"
    assert row.reason is not None
    assert row.reason.startswith(reason)
    assert row.ci95 is not None
    assert (row.ci95[0] <= 0 <= row.ci95[1]) is reason.endswith("within a leg")


def test_legs_without_reps_are_told_apart() -> None:
    some, none = np.ones(3), np.empty(0)
    assert compare("hold_s", some, none, 0.3).reason == "one leg has no reps"
    assert compare("hold_s", none, none, 0.3).reason == "neither leg has reps"


def test_one_rep_more_in_a_set_is_nothing() -> None:
    row = _row(a_set(Leg.LEFT, [1.0] * 8) + a_set(Leg.RIGHT, [1.0] * 7), "reps")
    assert (row["left"], row["right"]) == (8.0, 7.0)
    assert row["verdict"] == "not_enough_data"


def test_three_sets_of_each_leg_tell_a_difference_in_reps() -> None:
    events = [e for _ in range(3) for e in a_set(Leg.LEFT, [1.0] * 8) + a_set(Leg.RIGHT, [1.0] * 4)]
    row = _row(events, "reps")
    assert (row["left"], row["right"], row["verdict"]) == (24.0, 12.0, "left_higher")


def test_range_is_withheld_between_different_mounts() -> None:
    events = a_set(Leg.LEFT, [1.0] * 4) + a_set(
        Leg.RIGHT, [1.0] * 4, mount=Mount.ANKLE, rom_deg=60.0
    )
    row = _row(events, "rom_deg")
    assert row["difference_percent"] is None
    assert row["verdict"] == "not_enough_data"
    assert "ankle and thigh" in str(row["reason"])
    assert _row(events, "hold_s")["verdict"] == "balanced"


def test_a_leg_that_is_missing_is_told() -> None:
    row = _row(a_set(Leg.LEFT, [1.0] * 4), "hold_s")
    assert (row["left"], row["right"], row["verdict"]) == (1.0, None, "not_enough_data")


def test_a_hold_of_nothing_has_no_ratio() -> None:
    row = _row(a_set(Leg.LEFT, [0.0] * 4) + a_set(Leg.RIGHT, [1.0] * 4), "hold_s")
    assert (row["difference_percent"], row["ci95"]) == (100.0, None)
    assert row["verdict"] == "not_enough_data"


def test_left_and_right_swap_with_the_sign() -> None:
    one, other = [1.0, 1.1, 0.9], [2.0, 2.1, 1.9]
    there = _row(a_set(Leg.LEFT, one) + a_set(Leg.RIGHT, other), "hold_s")
    back = _row(a_set(Leg.LEFT, other) + a_set(Leg.RIGHT, one), "hold_s")
    assert there["difference_percent"] == -float(str(back["difference_percent"]))
    assert (there["verdict"], back["verdict"]) == ("right_higher", "left_higher")


BOTH = a_set(Leg.LEFT, [1.0, 1.05, 0.95, 1.0]) + a_set(Leg.RIGHT, [2.0, 2.05, 1.95, 2.0])


@pytest.mark.parametrize(("tilt_deg", "withheld"), [(0, False), (9, False), (11, True), (45, True)])
def test_range_is_withheld_between_rest_poses_ten_degrees_apart(
    tilt_deg: float,
    withheld: bool,  # noqa: FBT001
) -> None:
    tilt = np.radians(tilt_deg)
    # The right leg's strap is mirrored, and upside down.
    rests = [np.array([0.8, 0.6, 0.0]), _turned([-0.8, -0.6, 0.0], tilt)]
    row = _row(BOTH, "rom_deg", Terms(rest_ups=rests))
    assert (row["difference_percent"] is None) == withheld
    assert ("rest poses" in str(row["reason"])) == withheld
    assert _row(BOTH, "hold_s", Terms(rest_ups=rests))["verdict"] == "right_higher"


def _turned(direction: list[float], by: float) -> np.ndarray:
    x, y, z = direction
    return np.array([x * np.cos(by) - y * np.sin(by), x * np.sin(by) + y * np.cos(by), z])


def test_a_strap_that_stays_on_one_leg_is_told() -> None:
    events = a_set(Leg.LEFT, [1.0] * 4) + a_set(Leg.RIGHT, [1.0] * 4, mount=Mount.FREE_THIGH)
    assert "its role changed" in str(_row(events, "rom_deg")["reason"])
    assert _row(events, "hold_s")["verdict"] == "balanced"


@pytest.mark.parametrize(("involved", "percent"), [(Leg.LEFT, 50.0), (Leg.RIGHT, 200.0)])
def test_the_limb_symmetry_index_only_with_an_involved_leg(involved: Leg, percent: float) -> None:
    assert "lsi_percent" not in _row(BOTH, "hold_s")
    assert _row(BOTH, "hold_s", Terms(involved=involved))["lsi_percent"] == percent


def test_a_row_tells_how_many_reps_it_is_of() -> None:
    events = a_set(Leg.LEFT, [1.0] * 8) + a_set(Leg.RIGHT, [1.0] * 5)
    assert _row(events, "hold_s")["n"] == [8, 5]
    assert _row(events, "reps")["n"] == [1, 1]


def test_holds_that_were_not_held_have_an_interval_all_the_same() -> None:
    left, right = np.array([0.0, 0.0, 1.0, 0.1]), np.array([1.0, 1.1, 0.9, 1.0])
    row = compare("hold_s", left, right, tells=0.3)
    assert row.ci95 is not None
    assert np.isfinite(row.ci95).all()


def test_equal_legs_hardly_ever_differ_and_unlike_ones_are_found() -> None:
    rng = np.random.default_rng(4)
    called = found = 0
    for _ in range(150):
        left, right = np.exp(rng.normal(0.0, 0.08, (2, 10)))
        called += compare("hold_s", 2 * left, 2 * right, 0.3, ROWS).verdict.endswith("higher")
        found += compare("hold_s", 2 * left, 1.5 * right, 0.3, ROWS).verdict == "left_higher"
    assert called == 0
    assert found >= 0.9 * 150
