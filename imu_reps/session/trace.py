"""Where the segment pointed all the time: for charts, rest poses, and reps that a person adds.

The counter forgets as it goes; this remembers the poses of a whole recording, tracked the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from imu_reps.balance.sets import DoneSet
from imu_reps.core.events import Attempt
from imu_reps.core.frames import Note
from imu_reps.core.samples import Floats, Samples
from imu_reps.counting.excursion import Plane
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip, Strap
from imu_reps.motion.tracker import PoseTracker, Tracked
from imu_reps.motion.vectors import angles_deg, mean_direction

REST_S = 0.5
"""Before a rep starts: so long a look at the rest pose."""

ROLL_S = 0.2
"""A rep starts at 10 % of its peak: by then the segment has been moving for so long."""

AROUND_S = 4.0
"""Shown before the first and after the last attempt of a set."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """The poses of a recording: `time_s` (n,), and `up` (n, 3), the direction against gravity in
    the sensor's frame as it was before the `slips`. Where data are missing there are no rows.
    """

    time_s: Floats
    up: Floats
    slips: Sequence[Slip] = ()

    def rows(self, start_s: float, end_s: float) -> slice:
        """The rows from one moment to another."""
        first, last = np.searchsorted(self.time_s, [start_s, end_s])
        return slice(int(first), int(last))

    def rest_up(self, attempts: Iterable[Attempt]) -> Floats | None:
        """The mean pose (3,) just before these attempts; None where nothing is known of it."""
        spans = [
            self.up[self.rows(one.start_s - ROLL_S - REST_S, one.start_s - ROLL_S)]
            for one in attempts
        ]
        seen = np.concatenate([np.empty((0, 3)), *spans])
        return mean_direction(seen) if len(seen) else None

    def as_sensed(self, up: Floats, time_s: float) -> Floats:
        """A pose (3,) of here as it was in the sensor's frame at some time: in another recording
        the strap lies where its slips have left it.
        """
        turns = [slip.turn for slip in self.slips if slip.time_s <= time_s]
        return turns[-1].T @ up if turns else up

    def excursion(self, done: DoneSet) -> tuple[Floats, Floats]:
        """Times (n,) and excursion in degrees (n,) of a set, signed along its attempts' way."""
        attempts = done.attempts
        rows = self.rows(done.start_s - AROUND_S, done.end_s + AROUND_S)
        up = self.up[rows]
        rest_up = self.rest_up(attempts)
        if rest_up is None or not len(up):
            return np.empty(0), np.empty(0)
        far = [self._at(one.start_s + one.out_s + one.hold_s / 2) for one in attempts]
        plane = Plane(rest_up).towards(mean_direction(np.stack(far)))
        return self.time_s[rows], plane.excursion_deg(up)

    def far_row(self, start_s: float, end_s: float, rest_up: Floats) -> int:
        """The row between two moments whose pose is furthest from rest."""
        rows = self.rows(start_s, end_s)
        return int(rows.start) + int(np.argmax(angles_deg(self.up[rows], rest_up)))

    def _at(self, time_s: float) -> Floats:
        row = min(int(np.searchsorted(self.time_s, time_s)), len(self.time_s) - 1)
        up: Floats = self.up[row]
        return up


class Tracer:
    """Remembers the poses of a stream that is on its way to be counted."""

    def __init__(self) -> None:
        self._strap = Strap()
        self._tracker = PoseTracker(self._strap)
        self._seen: list[tuple[Floats, Floats]] = []
        self._slips: list[Slip] = []

    def watching(self, stream: Iterable[Samples | Note]) -> Iterator[Samples | Note]:
        """The stream, untouched."""
        for item in stream:
            if isinstance(item, Samples):
                self._keep(self._tracker.update(item))
            elif item.kind == "leg":
                self._strap_moved()
            yield item
        self._keep(self._tracker.finish())

    def trace(self) -> Trace:
        """What has been seen."""
        return Trace(
            np.concatenate([np.empty(0), *(time_s for time_s, _ in self._seen)]),
            np.concatenate([np.empty((0, 3)), *(up for _, up in self._seen)]),
            self._slips,
        )

    def _strap_moved(self) -> None:
        """From here on the poses are as the sensor sees them, as those that are counted."""
        self._strap.move()
        if self._slips and self._seen:
            now_s = float(self._seen[-1][0][-1])
            self._slips.append(Slip(now_s, now_s, 0.0, np.eye(3)))

    def _keep(self, tracked: list[Tracked]) -> None:
        self._seen += [(item.time_s, item.up) for item in tracked if isinstance(item, Poses)]
        self._slips += [item for item in tracked if isinstance(item, Slip)]
