"""Which leg wears the strap, with a named movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.events import Event, Rep, Warn
from imu_reps.core.frames import Header, Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.session.first_reps.strap_leg import strap_leg
from imu_reps.session.setup import Wishes, setup
from imu_reps.session.stream.counted import counted
from imu_reps.simulate import Imu, Strap, easy, simulate


def bridges(mount: Mount, begin_s: float = 0.0) -> Samples:
    return reps_of("bridge", mount, begin_s)


def reps_of(name: str, mount: Mount, begin_s: float = 0.0) -> Samples:
    movement = movement_named(name)
    plan, imu = easy(movement, 5, np.random.default_rng(5))
    made = simulate(Strap(movement, Leg.LEFT, mount), plan, imu, 5)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, Imu().rate_hz).update(made.frames)
    return replace(samples, time_s=samples.time_s + begin_s)


def events_of(stream: Sequence[Samples | Note], mount: str) -> list[Event]:
    return list(counted(stream, setup(Wishes("bridge", "left", mount), Header()), lambda: 0))


def told(events: Sequence[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Warn)]


@pytest.mark.parametrize("rows", [13, 100_000])
def test_a_strap_on_the_free_leg_is_told_once_after_two_reps(rows: int) -> None:
    samples = bridges(Mount.FREE_ANKLE)
    pieces = [samples[begin : begin + rows] for begin in range(0, len(samples), rows)]
    events = events_of(pieces, "ankle")
    assert [event.code for event in events if isinstance(event, Warn)] == ["other_leg"]
    assert "on the free-ankle rather than on the ankle" in told(events)[0]
    assert "say --mount free-ankle" in told(events)[0]
    before = events[: next(at for at, event in enumerate(events) if isinstance(event, Warn))]
    assert sum(isinstance(event, Rep) for event in before) == 2
    assert sum(isinstance(event, Rep) for event in events) == 5


@pytest.mark.parametrize("mount", [Mount.ANKLE, Mount.FREE_ANKLE, Mount.THIGH, Mount.FREE_THIGH])
def test_nothing_is_said_of_a_strap_that_is_where_it_is_said_to_be(mount: Mount) -> None:
    assert not told(events_of([bridges(mount)], mount.value))


@pytest.mark.parametrize("done", ["ball-curl", "back-extension"])
def test_nothing_is_said_of_a_strap_where_another_movement_was_done(done: str) -> None:
    assert not told(events_of([reps_of(done, Mount.FREE_ANKLE)], "ankle"))


def test_it_is_looked_at_again_when_the_other_leg_s_turn_comes() -> None:
    # The strap stays on the left leg: it is the free one as soon as the right one works.
    first, later = bridges(Mount.ANKLE), bridges(Mount.FREE_ANKLE, begin_s=60.0)
    events = events_of([first, Note(0, "leg", {"leg": "right"}), later], "ankle")
    assert len(told(events)) == 1
    assert isinstance(events[-1].as_dict()["sets"], list)


def test_another_set_of_the_same_leg_is_not_looked_at() -> None:
    first, later = bridges(Mount.ANKLE), bridges(Mount.FREE_ANKLE, begin_s=60.0)
    assert not told(events_of([first, Note(0, "rest"), later], "ankle"))


@pytest.mark.parametrize(
    ("movement", "mount"), [("deadlift", "free-ankle"), ("deadlift", "chest"), ("generic", "thigh")]
)
def test_nobody_looks_where_the_other_leg_could_not_see_it(movement: str, mount: str) -> None:
    assert strap_leg(setup(Wishes(movement, "left", mount), Header())) is None
