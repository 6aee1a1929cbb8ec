"""What holds for every movement and every mount that sees it, whichever there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from imu_reps.core.events import Event
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.counting import RepCounter
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements
from imu_reps.simulate import Strap, easy, simulate
from tests.counting.counts import events_of, reps_of
from tests.legs import Leg as Body

SEEN = [
    (movement, mount)
    for movement in all_movements().values()
    for mount in (
        [m for m, view in movement.views.items() if view.sight is not Sight.BLIND]
        or list(movement.wear)
    )
]
MOVEMENTS = list(all_movements().values())


def _set(movement: Movement, mount: Mount, rate_hz: float = 50.0) -> Samples:
    plan, imu = easy(movement, 5, np.random.default_rng(3))
    strap = Strap(movement, Leg.LEFT, mount)
    made = simulate(strap, plan, replace(imu, rate_hz=rate_hz), seed=3)
    assert made.header.scale is not None
    return DeviceClock(made.header.scale, rate_hz).update(made.frames)


def _events(movement: Movement, mount: Mount, chunks: list[Samples]) -> list[dict[str, object]]:
    return [event.as_dict() for event in events_of(chunks, movement.name, mount)]


@pytest.mark.parametrize(("movement", "mount"), SEEN, ids=lambda value: getattr(value, "name", ""))
def test_a_clean_set_is_counted(movement: Movement, mount: Mount) -> None:
    assert len(reps_of(events_of(_set(movement, mount), movement.name, mount))) == 5


@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.short_name)
@settings(max_examples=12, deadline=None)
@given(cuts=st.lists(st.integers(1, 1500), max_size=6))
def test_chunk_borders_change_nothing(movement: Movement, cuts: list[int]) -> None:
    samples = _set(movement, movement.wear[0])
    borders = [0, *sorted(set(cuts)), len(samples)]
    chunks = [samples[a:b] for a, b in pairwise(borders)]
    whole = _events(movement, movement.wear[0], [samples])
    assert _events(movement, movement.wear[0], chunks) == whole


@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.short_name)
def test_sample_by_sample_is_the_same(movement: Movement) -> None:
    samples = _set(movement, movement.wear[0])[:1400]
    one_by_one = [samples[i : i + 1] for i in range(len(samples))]
    whole = _events(movement, movement.wear[0], [samples])
    assert _events(movement, movement.wear[0], one_by_one) == whole


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.short_name)
def test_the_rate_changes_no_count(movement: Movement, rate_hz: float) -> None:
    samples = _set(movement, movement.wear[0], rate_hz)
    assert len(reps_of(events_of(samples, movement.name, movement.wear[0]))) == 5


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), mirrored=st.booleans())
def test_the_strap_may_sit_in_any_way(seed: int, mirrored: bool) -> None:  # noqa: FBT001
    strap = Rotation.random(rng=np.random.default_rng(seed))
    reps = reps_of(events_of(Body().rest(3).reps(4, -35 if mirrored else 35).samples(strap=strap)))
    assert len(reps) == 4
    assert all(abs(rep.rom_deg - 35) < 1.5 for rep in reps)


def test_a_later_begin_shifts_every_time() -> None:
    samples = Body().rest(3).reps(4).rest(1).samples()
    later = Samples(samples.time_s + 100.0, samples.acc_ms2, samples.gyr_rads)
    early, late = reps_of(events_of(samples)), reps_of(events_of(later))
    assert [rep.start_s + 100.0 for rep in early] == pytest.approx(
        [rep.start_s for rep in late], abs=2e-3
    )
    assert [rep.hold_s for rep in early] == pytest.approx([rep.hold_s for rep in late], abs=5e-3)


@pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.short_name)
def test_a_gap_in_the_middle_loses_no_rep_outside_of_it(movement: Movement) -> None:
    samples = _set(movement, movement.wear[0])
    whole = reps_of(events_of(samples, movement.name, movement.wear[0]))
    begin_s, end_s = whole[2].start_s - 0.2, whole[2].end_s + 0.2
    begin, end = (int(samples.time_s.searchsorted(at_s)) for at_s in (begin_s, end_s))
    holed = reps_of(events_of([samples[:begin], samples[end:]], movement.name, movement.wear[0]))
    outside = [rep for rep in holed if rep.end_s < begin_s or rep.start_s > end_s]
    assert len(outside) == 4
    assert not [rep for rep in holed if rep.start_s < begin_s and rep.end_s > end_s]


def test_hours_of_data_leave_no_trace() -> None:
    counter = RepCounter(all_movements()["generic"], Leg.LEFT, Mount.THIGH)
    minute = Body().rest(2).reps(12).rest(1).samples(25.0)
    step_s = float(minute.time_s[-1]) + 0.04
    told: list[Event] = []
    sizes: list[int] = []
    for turn in range(120):
        told += counter.update(
            Samples(minute.time_s + turn * step_s, minute.acc_ms2, minute.gyr_rads)
        )
        sizes.append(_size(counter))
    assert len(reps_of(told)) > 1400
    assert max(sizes[60:]) <= max(sizes[10:60])


def _size(thing: object, seen: set[int] | None = None) -> int:
    """How many numbers hang on an object, all the way down."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return int(thing.size)
    if isinstance(thing, list | tuple):
        return len(thing) + sum(_size(item, seen) for item in thing)
    return sum(_size(item, seen) for item in getattr(thing, "__dict__", {}).values())
