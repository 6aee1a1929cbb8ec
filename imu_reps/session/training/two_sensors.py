"""A session by a plan on two sensors, one on each leg: two recordings an exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from imu_reps.core.events import Event
from imu_reps.core.words import Leg
from imu_reps.motion.clock import DeviceClock
from imu_reps.session.coaching.pair import Pair
from imu_reps.session.planning.plan import Exercise
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.stopping import Stop
from imu_reps.session.stream.live import live
from imu_reps.session.training.merged import Live, both
from imu_reps.session.training.one_sensor import in_turn

Places = Callable[[Exercise], Mapping[Leg, Path]]
"""Where to record an exercise: a new file for each leg, each time."""


def trained_both(
    pair: Pair, sensors: Mapping[Leg, Sensor], places: Places, stop: Stop
) -> Iterator[Event]:
    """The events of a whole session on two sensors, as `in_turn` gives them."""
    return in_turn(pair.guide, lambda: _exercised(pair, sensors, places, stop), stop)


def _exercised(
    pair: Pair, sensors: Mapping[Leg, Sensor], places: Places, stop: Stop
) -> Iterator[Event]:
    guide = pair.guide
    exercise = guide.exercise
    paths = places(exercise)
    clocks = {leg: DeviceClock(each.scale, each.rate_hz) for leg, each in sensors.items()}
    pair.begin(paths[guide.step.leg], lambda: sum(one.lost_samples for one in clocks.values()))

    def over() -> bool:
        return stop() or guide.is_finished or guide.exercise is not exercise

    def of(leg: Leg) -> Live:
        chosen = replace(exercise.setup, leg=leg)
        inbox, sink, clock = pair.inboxes[leg], pair.sink(leg), clocks[leg]
        return lambda stop: live(
            sensors[leg], chosen, paths[leg], stop, inbox=inbox, sink=sink, clock=clock
        )

    for event in both({leg: of(leg) for leg in sensors}, over):
        yield event
        pair.event(event)
