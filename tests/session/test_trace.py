"""The poses of a recording: one frame for its charts, and the sensor's own beside other ones."""

from __future__ import annotations

import pytest

from imu_reps.core.samples import Samples
from imu_reps.motion.vectors import between_deg
from imu_reps.session.trace import Trace, Tracer
from tests.counting.counts import events_of, reps_of
from tests.straps import felt, reps_deg, slipping


def _traced(samples: Samples) -> Trace:
    tracer = Tracer()
    assert list(tracer.watching([samples])) == [samples]
    return tracer.trace()


def test_a_rest_pose_is_as_the_sensor_saw_it_and_charts_are_of_one_frame() -> None:
    before = felt(reps_deg(), 0.3)
    after = slipping(before, 16.5, 20)
    trace, reps = _traced(after), reps_of(events_of(after, "bridge"))
    first, last = (trace.rest_up([rep]) for rep in (reps[0], reps[-1]))
    assert first is not None
    assert last is not None
    assert between_deg(first, last) < 2.0
    moved_deg = between_deg(first, trace.as_sensed(last, reps[-1].start_s))
    other = _traced(before[:1600]).rest_up(reps[:1])
    assert other is not None
    assert between_deg(first, other) < 0.5
    # What a turn by 20 degrees about that axis does to where up is.
    assert moved_deg == pytest.approx(14.5, abs=2.0)
