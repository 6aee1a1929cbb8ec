"""A rep that a person saw and the counter did not: measured as a counted one is, for its label."""

from __future__ import annotations

from imu_reps.core.errors import BadUsage
from imu_reps.counting import outcome
from imu_reps.counting.excursion import Plane, wander_deg
from imu_reps.counting.measure import measure
from imu_reps.counting.track import Track
from imu_reps.counting.trail import trail_of
from imu_reps.motion.poses import Poses
from imu_reps.motion.steadiness import Steady
from imu_reps.motion.vectors import mean_direction
from imu_reps.session.correcting.labels import Label
from imu_reps.session.trace import Trace

AT_REST_S = 0.2
"""At both ends of an added rep: the rest pose is the mean over so long."""

LEAST_DEG, SHORTEST_S = 3.0, 1.0
"""Less is sway, quicker is a jerk: there is no rep to add."""


def measured(trace: Trace, rows: slice) -> Label:
    """The label for a rep that a person saw in these rows, measured as a counted one is.

    Raises `BadUsage` where there is none to be seen.
    """
    time_s, up = trace.time_s[rows], trace.up[rows]
    ends = (time_s - time_s[0] < AT_REST_S) | (time_s[-1] - time_s < AT_REST_S)
    rest_up = mean_direction(up[ends])
    far = trace.far_row(float(time_s[0]), float(time_s[-1]), rest_up) - rows.start
    plane = Plane(rest_up).towards(up[far])
    peak_deg = float(plane.excursion_deg(up[far : far + 1])[0])
    if peak_deg < LEAST_DEG:
        raise BadUsage(f"the segment hardly turns there ({peak_deg:.1f}°): no rep to add")
    if not 0 < far < len(time_s) - 1:
        raise BadUsage("the segment does not go out and come back there: no rep to add")
    track = Track()
    still = [up[:, 0] * 0.0] * 4
    track.append(Poses(time_s, up, Steady(up, *still)))
    attempt = outcome.Attempt(0, 0, far, len(time_s) - 1, plane, peak_deg)
    trail = trail_of(track, attempt, wander_deg(plane.across_deg(up)))
    measures = measure(track, attempt, trail.strokes())
    if measures.lasts_s < SHORTEST_S:
        raise BadUsage(f"the segment is back within {measures.lasts_s:.1f} s: no rep to add")
    return Label("add", measures.start_s, measures.end_s, measures)
