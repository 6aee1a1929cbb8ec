"""One guide for two sensors, one on each leg: it looks at the leg whose turn it is.

The legs are counted on threads of their own; here they take turns. A set that begins on the other
leg makes it the working one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock

from imu_reps.core.events import Event, SetStart, Warn
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Kind
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.stage import LOST_CODES
from imu_reps.session.stream.counted import warning_of
from imu_reps.session.stream.steps import Inbox, Sink


class Pair:
    """A coach's guide, fed by two sensors; what a person decides goes into their recordings."""

    def __init__(self, coach: Coach, clock: Callable[[], float], sinks: Sinks) -> None:
        self.guide = Guide(coach, self._put, clock, sinks)
        self.inboxes: Mapping[Leg, Inbox] = {leg: Inbox() for leg in Leg}
        self._clock = clock
        self._last = dict.fromkeys(Leg, (0.0, clock()))
        self._listened_to = self.guide.step.leg
        self._lost: set[Leg] = set()
        self._lock = RLock()

    def begin(self, recording: Path, lost_samples: Callable[[], int]) -> None:
        """Both record anew: their times count from 0 again."""
        with self._lock:
            self.guide.begin(recording, lost_samples)
            self._last = dict.fromkeys(Leg, (0.0, self._clock()))
            self._listened_to = self.guide.step.leg

    def sink(self, leg: Leg) -> Sink:
        """What is to be given the samples and notes of this leg."""

        def take(item: Samples | Note) -> None:
            with self._lock:
                self._follow()
                if isinstance(item, Samples):
                    self._heard(leg, item)
                elif (warning := warning_of(item)) is not None and warning.code in LOST_CODES:
                    self._lost.add(leg)
                if leg is self.guide.step.leg:
                    self.guide.take(item)

        return take

    def event(self, event: Event) -> None:
        """What has been counted on either leg."""
        with self._lock:
            if isinstance(event, SetStart) and event.leg is not self.guide.step.leg:
                self._turn(event.leg.value)
            self._follow()
            if isinstance(event, Warn) and self._tells_of_the_other(event):
                self.guide.remark(Kind.LOST, event.text)
            else:
                self.guide.event(event)

    def _tells_of_the_other(self, event: Warn) -> bool:
        """Whether a sensor is lost, and not the one that is listened to."""
        return event.code in LOST_CODES and self.guide.step.leg not in self._lost

    def _heard(self, leg: Leg, samples: Samples) -> None:
        if not len(samples):
            return
        self._last[leg] = (float(samples.time_s[-1]), self._clock())
        if leg in self._lost:
            self._lost.remove(leg)
            if leg is not self.guide.step.leg:
                self.guide.remark(Kind.FOUND, f"{leg} leg: the sensor is back")

    def _put(self, kind: str, fields: dict[str, object]) -> None:
        if kind == "leg":
            self._turn(fields["leg"])
            return
        both = kind in ("pause", "resume")
        for leg, inbox in self.inboxes.items():
            if both or leg is self.guide.step.leg:
                inbox.put(kind, fields)

    def _follow(self) -> None:
        """Each sensor's time begins with itself: the guide's is that of the leg at work."""
        leg = self.guide.step.leg
        if leg is not self._listened_to:
            self._listened_to = leg
            self.guide.turn_to(*self._last[leg])

    def _turn(self, leg: object) -> None:
        """The other leg works: nothing to be recorded, each has a recording of its own."""
        self.guide.take(Note(0, "leg", {"leg": leg}))
