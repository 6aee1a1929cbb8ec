"""The poses of a recording: one frame for its charts, and the sensor's own beside other ones."""

from __future__ import annotations

import pytest

from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.motion.vectors import between_deg, mean_direction
from imu_reps.session.trace import Trace, Tracer
from tests.counting.counts import events_of, reps_of
from tests.straps import felt, reps_deg, slipping


def _traced(*stream: Samples | Note) -> Trace:
    tracer = Tracer()
    assert list(tracer.watching(stream)) == [*stream]
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


def test_a_strap_on_the_other_leg_has_not_slipped() -> None:
    slipped = slipping(felt(reps_deg(), 0.3), 11.5, 20)
    note = Note(round(21.5e6), "leg", {"leg": "right"})
    trace = _traced(slipped[:2150], note, slipped[2150:])
    stayed, plain = _traced(slipped), _traced(slipped[2150:])
    rows, alone = trace.rows(28.0, 29.0), plain.rows(28.0, 29.0)
    sensed_up, there_up = mean_direction(trace.up[rows]), mean_direction(stayed.up[rows])
    assert between_deg(sensed_up, mean_direction(plain.up[alone])) < 1.0
    assert between_deg(sensed_up, there_up) > 10.0
    assert between_deg(trace.as_sensed(sensed_up, 28.0), sensed_up) == 0.0
    assert between_deg(stayed.as_sensed(there_up, 28.0), sensed_up) < 1.0
