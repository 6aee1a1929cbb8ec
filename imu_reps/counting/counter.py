"""Samples in, events out: the counting room's one front door."""

from __future__ import annotations

from imu_reps.core.events import Event, Gap
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.gates import is_calm, sway_deg
from imu_reps.counting.measure import measure
from imu_reps.counting.mount_check import blind
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.search import RestSearch
from imu_reps.counting.sets import Seen, SetGate
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.tracker import PoseTracker, Tracked


class RepCounter:
    """Counts one movement of one leg from one strap. Any chunking gives the same events."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._tracker = PoseTracker()
        self._track = Track()
        self._search = RestSearch()
        self._gate = SetGate(movement, leg, mount)
        self._blind = blind(movement, mount)
        self._begun = False

    def update(self, samples: Samples) -> list[Event]:
        """The events that become final with these samples."""
        out: list[Event] = []
        if self._blind is not None and not self._begun and len(samples):
            out.append(self._blind)
        self._begun = self._begun or len(samples) > 0
        return out + self._events(self._tracker.update(samples))

    def finish(self) -> list[Event]:
        """The events that were still open when the data ended."""
        out = self._events(self._tracker.finish())
        if self._blind is not None:
            return out
        for attempt in self._search.finish(self._track):
            out += self._attempt(attempt)
        return out + self._gate.finish()

    def _events(self, tracked: list[Tracked]) -> list[Event]:
        out: list[Event] = []
        for item in tracked:
            if isinstance(item, Gap):
                self._search.interrupt(self._track, item.end_s - item.start_s)
            if not isinstance(item, Poses):
                out.append(item)
            elif self._blind is None:
                out += self._poses(item)
        return out

    def _poses(self, poses: Poses) -> list[Event]:
        self._track.append(poses)
        out: list[Event] = []
        for attempt in self._search.update(self._track):
            out += self._attempt(attempt)
        cycle = self._search.cycle
        if cycle is not None:
            out += self._gate.passed(self._track.at_s(cycle.rested_until))
        return out

    def _attempt(self, attempt: Attempt) -> list[Event]:
        seen = Seen(
            attempt.plane,
            measure(self._track, attempt),
            sway_deg(self._track, attempt),
            is_calm(self._track, attempt),
            attempt.cut,
        )
        return self._gate.passed(self._track.at_s(attempt.leave)) + self._gate.attempt(seen)
