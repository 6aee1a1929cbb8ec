"""Left against right, with numbers that one can work out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.balance import balance
from imu_reps.balance.compare import compare, difference_percent
from imu_reps.core.events import Event, Rep, SetEnd
from imu_reps.core.words import Leg, Mount


def _set(
    leg: Leg, holds_s: list[float], mount: Mount = Mount.THIGH, rom: float = 30
) -> list[Event]:
    events: list[Event] = []
    for number, hold_s in enumerate(holds_s, start=1):
        events.append(
            Rep(
                set=1,
                number=number,
                movement="single-leg-bridge",
                leg=leg,
                mount=mount,
                start_s=10.0 * number,
                out_s=1.0,
                hold_s=hold_s,
                back_s=2.0,
                end_s=10.0 * number + 3.0 + hold_s,
                rom_deg=rom,
                wobble_deg=1.0,
                peak_out_dps=50.0,
                peak_back_dps=30.0,
            )
        )
    return [*events, SetEnd(1, len(holds_s), 0, 99.0)]


def _row(events: list[Event], metric: str) -> dict[str, object]:
    told = balance("single-leg-bridge", events).as_dict()["balance"]
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
    events = _set(Leg.LEFT, [1.0, 1.05, 0.95, 1.0]) + _set(Leg.RIGHT, [2.0, 2.05, 1.95, 2.0])
    row = _row(events, "hold_s")
    assert (row["left"], row["right"], row["difference_percent"]) == (1.0, 2.0, 50.0)
    assert row["verdict"] == "right_higher"
    low, high = row["ci95"] if isinstance(row["ci95"], list) else (0, 0)
    assert 45 < low < 50 < high < 55


def test_equal_legs_are_balanced() -> None:
    events = _set(Leg.LEFT, [1.5, 1.52, 1.48, 1.5]) + _set(Leg.RIGHT, [1.5, 1.51, 1.49, 1.5])
    assert _row(events, "hold_s")["verdict"] == "balanced"


def test_a_difference_within_the_reps_own_variation_is_no_verdict() -> None:
    events = _set(Leg.LEFT, [0.5, 2.5, 1.0, 2.0]) + _set(Leg.RIGHT, [1.0, 3.0, 1.5, 2.5])
    row = _row(events, "hold_s")
    assert row["verdict"] == "not_enough_data"
    assert row["reason"]


def test_a_difference_that_the_sensor_cannot_tell_is_no_verdict() -> None:
    # 0.2 s of 1.0 s is 17 %, and far outside both legs' variation, but less than 0.3 s.
    left, right = np.array([1.0, 1.0, 1.001]), np.array([1.2, 1.2, 1.201])
    assert compare("hold_s", left, right, tells=0.3).verdict == "not_enough_data"
    assert compare("hold_s", left, right, tells=0.1).verdict == "right_higher"


def test_one_rep_more_in_a_set_is_nothing() -> None:
    row = _row(_set(Leg.LEFT, [1.0] * 8) + _set(Leg.RIGHT, [1.0] * 7), "reps")
    assert (row["left"], row["right"]) == (8.0, 7.0)
    assert row["verdict"] == "not_enough_data"


def test_three_sets_of_each_leg_tell_a_difference_in_reps() -> None:
    events = [e for _ in range(3) for e in _set(Leg.LEFT, [1.0] * 8) + _set(Leg.RIGHT, [1.0] * 4)]
    row = _row(events, "reps")
    assert (row["left"], row["right"], row["verdict"]) == (24.0, 12.0, "left_higher")


def test_range_is_withheld_between_different_mounts() -> None:
    events = _set(Leg.LEFT, [1.0] * 4) + _set(Leg.RIGHT, [1.0] * 4, Mount.ANKLE, rom=60)
    row = _row(events, "rom_deg")
    assert row["difference_percent"] is None
    assert row["verdict"] == "not_enough_data"
    assert "ankle and thigh" in str(row["reason"])
    assert _row(events, "hold_s")["verdict"] == "balanced"


def test_a_leg_that_is_missing_is_told() -> None:
    row = _row(_set(Leg.LEFT, [1.0] * 4), "hold_s")
    assert (row["left"], row["right"], row["verdict"]) == (1.0, None, "not_enough_data")


def test_a_hold_of_nothing_has_no_ratio() -> None:
    row = _row(_set(Leg.LEFT, [0.0] * 4) + _set(Leg.RIGHT, [1.0] * 4), "hold_s")
    assert (row["difference_percent"], row["ci95"]) == (100.0, None)
    assert row["verdict"] == "not_enough_data"


def test_left_and_right_swap_with_the_sign() -> None:
    one, other = [1.0, 1.1, 0.9], [2.0, 2.1, 1.9]
    there = _row(_set(Leg.LEFT, one) + _set(Leg.RIGHT, other), "hold_s")
    back = _row(_set(Leg.LEFT, other) + _set(Leg.RIGHT, one), "hold_s")
    assert there["difference_percent"] == -float(str(back["difference_percent"]))
    assert (there["verdict"], back["verdict"]) == ("right_higher", "left_higher")
