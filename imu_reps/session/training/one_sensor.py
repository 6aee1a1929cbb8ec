"""A session by a plan on one sensor: one recording an exercise, their events as one stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.motion.clock import DeviceClock
from imu_reps.session.coaching.guide import Guide
from imu_reps.session.planning.plan import Exercise
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.stopping import Stop
from imu_reps.session.stream.live import live
from imu_reps.session.stream.steps import Inbox, Sink
from imu_reps.session.training.joined import Joined

Place = Callable[[Exercise], Path]
"""Where to record an exercise; a new file each time."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a session runs on: a sensor that has been listened to, who leads, where notes go in.

    `sink` is given all samples and notes, besides the guide.
    """

    sensor: Sensor
    guide: Guide
    inbox: Inbox
    sink: Sink

    def take(self, item: Samples | Note) -> None:
        """What comes, just before it is counted."""
        self.sink(item)
        self.guide.take(item)


def trained(wiring: Wiring, place: Place, stop: Stop) -> Iterator[Event]:
    """The events of a whole session on one sensor, as `in_turn` gives them."""
    return in_turn(wiring.guide, lambda: exercised(wiring, place, stop), stop)


def in_turn(guide: Guide, exercised: Callable[[], Iterator[Event]], stop: Stop) -> Iterator[Event]:
    """The events of one exercise after the other, until the plan is done or `stop`; one summary,
    last.

    Raises what ended a recording before its time, after the summary.
    """
    joined = Joined()
    failed: BadInput | None = None
    is_on = True
    while is_on:
        exercise = guide.exercise
        try:
            yield from joined.of(exercised())
        except BadInput as error:
            failed = error
        is_on = guide.exercise is not exercise and not guide.is_finished and not stop()
        is_on = is_on and failed is None
    guide.end()
    yield joined.summary()
    if failed is not None:
        raise failed


def exercised(wiring: Wiring, place: Place, stop: Stop) -> Iterator[Event]:
    """The events of the exercise that it is the turn of, recorded, its own summary last."""
    sensor, guide = wiring.sensor, wiring.guide
    exercise = guide.exercise
    chosen = replace(exercise.setup, leg=guide.step.leg)
    path = place(exercise)
    clock = DeviceClock(sensor.scale, sensor.rate_hz)
    guide.begin(path, lambda: clock.lost_samples, lambda: sensor.battery_v)

    def over() -> bool:
        return stop() or guide.is_finished or guide.exercise is not exercise

    inbox, take = wiring.inbox, wiring.take
    for event in live(sensor, chosen, path, over, inbox=inbox, sink=take, clock=clock):
        yield event
        guide.event(event)
