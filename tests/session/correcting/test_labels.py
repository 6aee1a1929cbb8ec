"""A label that a recording holds, and the rep that a person adds."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Note
from imu_reps.session.correcting.added import measured
from imu_reps.session.correcting.labels import label_of
from imu_reps.session.trace import Trace


def test_a_jerk_is_no_rep() -> None:
    time_s = np.arange(0.0, 3.0, 0.02)
    turn = np.radians(20.0 * np.exp(-(((time_s - 1.5) / 0.15) ** 2)))
    up = np.column_stack([np.sin(turn), 0.0 * turn, np.cos(turn)])
    with pytest.raises(BadUsage, match="the segment is back within 0"):
        measured(Trace(time_s, up), slice(0, len(time_s)))


@pytest.mark.parametrize(
    "fields",
    [{}, {"action": "eat"}, {"action": "add", "start_s": 1.0}, {"action": "rep", "a": "b"}],
)
def test_a_damaged_label_is_told(fields: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="damaged label"):
        label_of(Note(0, "label", fields))
