"""Several recordings as one session: one row of sets, one summary."""

from __future__ import annotations

from imu_reps.core.events import SetTotal, Summary
from imu_reps.core.words import Leg, Mount
from imu_reps.session.training.joined import Joined


def test_corrections_of_several_recordings_are_those_of_one_session() -> None:
    def total(number: int, reps: int) -> SetTotal:
        return SetTotal(number, "generic", Leg.LEFT, Mount.THIGH, reps, 0, 1.0, 9.0)

    joined = Joined()
    list(joined.of(iter([Summary((total(1, 5),), 10, 9.0, 0)])))
    after = (total(1, 7), total(0, 1))
    list(joined.of(iter([Summary((total(1, 8),), 10, 9.0, 0, after)])))
    assert joined.summary().corrected == (total(1, 5), total(2, 7), total(0, 1))
