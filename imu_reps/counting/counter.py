"""Samples in, events out: the counting room's one front door."""

from __future__ import annotations

from imu_reps.core.events import Event, Gap
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.follow import Follower
from imu_reps.counting.gates import is_calm, sway_deg
from imu_reps.counting.measure import measure
from imu_reps.counting.mount_check import SLIP_DEG, blind, slipped
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import SetGate
from imu_reps.counting.track import Track
from imu_reps.motion.poses import Poses
from imu_reps.motion.tracker import PoseTracker, Tracked


class RepCounter:
    """Counts one movement of one leg from one strap. Any chunking gives the same events."""

    def __init__(self, movement: Movement, leg: Leg, mount: Mount) -> None:
        self._tracker = PoseTracker()
        self._track = Track()
        self._follower = Follower()
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
        for attempt in self._follower.finish(self._track):
            out += self._attempt(attempt)
        return out + self._gate.finish()

    def _events(self, tracked: list[Tracked]) -> list[Event]:
        out: list[Event] = []
        for item in tracked:
            if isinstance(item, Gap):
                self._follower.interrupt(self._track, item.end_s - item.start_s)
            if not isinstance(item, Poses):
                out.append(item)
            elif self._blind is None:
                out += self._poses(item)
        return out

    def _poses(self, poses: Poses) -> list[Event]:
        self._track.append(poses)
        out: list[Event] = []
        for news in self._follower.update(self._track):
            if isinstance(news, Attempt):
                out += self._attempt(news) + self._slip()
                self._follower.trusted = self._gate.is_open
            else:
                out += self._gate.passed(self._track.at_s(self._follower.rested))
                self._gate.restart(news.begin_s)
        rested = self._follower.rested_before(self._track.end)
        return out + self._gate.passed(self._track.at_s(rested))

    def _slip(self) -> list[Event]:
        """Once a set: that the strap has slipped."""
        cycle = self._follower.cycle
        if cycle is None:
            return []
        moved_deg, cycle.moved_deg = cycle.moved_deg, 0.0
        is_slip = moved_deg > SLIP_DEG and self._gate.is_open
        return self._gate.once(slipped(moved_deg)) if is_slip else []

    def _attempt(self, attempt: Attempt) -> list[Event]:
        seen = Seen(
            plane=attempt.plane,
            peak_deg=attempt.peak_deg,
            begin_s=self._track.at_s(attempt.left),
            far_s=self._track.at_s(attempt.far),
            end_s=self._track.at_s(attempt.row),
            measures=measure(self._track, attempt),
            sway_deg=sway_deg(self._track, attempt),
            calm=is_calm(self._track, attempt),
            cut=attempt.cut,
        )
        return self._gate.passed(self._track.at_s(attempt.leave)) + self._gate.attempt(seen)
