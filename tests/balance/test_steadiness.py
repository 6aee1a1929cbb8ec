"""When a leg is called higher over several sessions."""

from __future__ import annotations

import pytest

from imu_reps.balance.compare import Row, Verdict
from imu_reps.balance.steadiness import Point, steady_side


def _point(verdict: Verdict, difference: float | None = -20.0) -> Point:
    return Point("2026-03-01", (Row("hold_s", 1.0, 1.0, difference, None, verdict),))


LEFT, RIGHT, EVEN = _point("left_higher"), _point("right_higher"), _point("balanced")
WITHHELD = _point("not_enough_data", None)


@pytest.mark.parametrize(
    ("points", "side"),
    [
        ([LEFT, LEFT], None),
        ([LEFT, LEFT, LEFT], "left_higher"),
        ([RIGHT, LEFT, LEFT, LEFT], "left_higher"),
        ([LEFT, LEFT, WITHHELD, LEFT], "left_higher"),
        ([LEFT, LEFT, EVEN, LEFT], None),
        ([LEFT, LEFT, RIGHT], None),
        ([EVEN, EVEN, EVEN], None),
        ([LEFT, LEFT, LEFT, EVEN], None),
    ],
)
def test_a_leg_is_called_higher_after_three_sessions(points: list[Point], side: str | None) -> None:
    assert steady_side(points, "hold_s") == side
    assert steady_side(points, "rom_deg") is None
