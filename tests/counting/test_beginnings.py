"""Where the data begin in a movement: which rep is the first one?"""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.events import Event
from imu_reps.counting.opening import _begins_moving
from imu_reps.counting.seen import Seen
from imu_reps.counting.sets import SetGate
from imu_reps.counting.stays import Stay
from tests.counting.counts import events_of, reps_of
from tests.legs import Leg


@pytest.mark.parametrize(("begins_deg", "lasts_s"), [(10.0, 1.0), (20.0, 0.8), (28.0, 0.6)])
@pytest.mark.parametrize("movement", ["generic", "bridge"])
def test_the_rep_that_the_data_begin_in_counts(
    begins_deg: float, lasts_s: float, movement: str
) -> None:
    leg = Leg(begins_deg).move(40, lasts_s).rest(1.5).move(0, 1.6).rest(1.4)
    leg.reps(4, 40, 1.4, out=1.2, hold=1.5, back=1.6)
    reps = reps_of(events_of(leg.rest(2).samples(), movement))
    assert len(reps) == 5
    assert reps[0].start_s < 0.3


def test_who_gets_into_position_as_the_data_begin_is_in_no_rep() -> None:
    leg = Leg(30).move(40, 0.8).rest(2.2).reps(5, -40, 1.4, out=1.2, hold=1.5, back=1.6)
    reps = reps_of(events_of(leg.rest(2).samples()))
    assert len(reps) == 5
    assert reps[0].start_s == pytest.approx(3.3, abs=0.1)


@pytest.mark.parametrize(("begins_deg", "lasts_s"), [(8.0, 0.6), (20.0, 0.9), (30.0, 1.2)])
@pytest.mark.parametrize("movement", ["generic", "bridge"])
def test_a_way_back_that_the_data_begin_in_is_no_rep(
    begins_deg: float, lasts_s: float, movement: str
) -> None:
    leg = Leg(begins_deg).move(0, lasts_s).rest(1.4)
    leg.reps(4, 40, 1.4, out=1.2, hold=1.5, back=1.6)
    reps = reps_of(events_of(leg.rest(2).samples(), movement))
    assert len(reps) == 4
    assert reps[0].start_s == pytest.approx(lasts_s + 1.7, abs=0.1)


def test_of_an_attempt_it_is_known_whether_the_data_began_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, attempt = list[bool](), SetGate.attempt

    def asked(gate: SetGate, one: Seen) -> list[Event]:
        begun.append(one.begun)
        return attempt(gate, one)

    monkeypatch.setattr(SetGate, "attempt", asked)
    leg = Leg(20).move(40, 0.8).rest(1.5).move(0, 1.6).rest(1.4).reps(4, 40, 1.4, out=1.2, hold=1.5)
    events_of(leg.samples())
    assert begun == [True, False, False, False, False]


@pytest.mark.parametrize(("stays_s", "moving"), [(1.5, True), (2.0, True), (6.0, False)])
def test_who_stays_for_longer_than_later_gets_into_position(stays_s: float, moving: bool) -> None:  # noqa: FBT001
    time_s = np.arange(0.0, 30.0, 0.02)
    gone = np.interp(time_s, [0.0, 0.6], [0.5, 0.0])
    edges_s = np.cumsum([0.3, stays_s, 0.5, 1.4, 0.5, 1.6, 0.5, 1.4, 0.5, 1.6]).tolist()
    chain = [
        Stay(place % 2, 0, 1, begin_s, end_s, 0.0, 0.0, 0.0)
        for place, (begin_s, end_s) in enumerate(zip(edges_s[::2], edges_s[1::2], strict=True))
    ]
    assert _begins_moving(time_s, gone, chain) is moving
    assert not _begins_moving(time_s, np.zeros_like(time_s), chain)
