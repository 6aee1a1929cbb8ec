"""What the limb does just now, on made-up legs and on recordings whose truth is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.events import Rep
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg as Side
from imu_reps.core.words import Mount
from imu_reps.movements import movement_named
from imu_reps.session.coaching.limb import Limb, Moment, Phase
from imu_reps.session.setup import Wishes
from imu_reps.session.stream.replay import replayed
from imu_reps.session.stream.steps import watched
from tests.legs import Leg
from tests.sets import a_rep

RECORDINGS = Path(__file__).parents[3] / "recordings"
CHUNK = 5


def _moments(limb: Limb, samples: Samples) -> list[Moment]:
    chunks = [samples[first : first + CHUNK] for first in range(0, len(samples), CHUNK)]
    return [moment for chunk in chunks for moment in limb.update(chunk)]


def _bridge(hold_s: float = 0.0) -> Limb:
    return Limb(movement_named("bridge").view(Mount.THIGH), hold_s)


def _at(moments: list[Moment], time_s: float) -> Moment:
    return next(moment for moment in moments if moment.time_s[-1] >= time_s)


@pytest.mark.parametrize("gyro", [True, False])
def test_the_phases_of_the_first_rep(gyro: bool) -> None:  # noqa: FBT001
    samples = Leg().rest(3).rep(deg=30, out=1.0, hold=2.0, back=2.0).rest(2).samples(gyro=gyro)
    moments = _moments(_bridge(), samples)
    phases = {s: _at(moments, s).phase for s in (2.5, 3.6, 5.0, 7.2, 9.0)}
    assert phases == {
        2.5: Phase.REST,
        3.6: Phase.OUT,
        5.0: Phase.HOLD,
        7.2: Phase.BACK,
        9.0: Phase.REST,
    }
    assert _at(moments, 5.0).excursion_deg[-1] == pytest.approx(30.0, abs=1.5)


def test_the_hold_is_as_long_as_it_has_lasted() -> None:
    samples = Leg().rest(3).rep(deg=30, out=1.0, hold=3.0).rest(2).samples()
    moments = _moments(_bridge(), samples)
    # Speed falls to a tenth of its peak 0.13 s before a minimum-jerk stroke of 1 s is over.
    assert _at(moments, 6.0).hold_s == pytest.approx(2.13, abs=0.15)


def test_getting_into_position_is_no_hold() -> None:
    samples = Leg().rest(3).move(80, 2.0).rest(2).rep(deg=30).samples()
    moments = _moments(_bridge(), samples)
    assert _at(moments, 6.5).phase is Phase.REST
    assert _at(moments, 8.6).phase is Phase.HOLD


def test_a_long_stay_is_the_new_rest() -> None:
    samples = Leg().rest(3).move(30, 1.0).rest(8).samples()
    moments = _moments(_bridge(hold_s=2.0), samples)
    assert _at(moments, 6.0).phase is Phase.HOLD
    assert _at(moments, 11.5).phase is Phase.REST


def test_a_rep_that_begins_above_rest_and_goes_less_far_is_one_of_its_own() -> None:
    samples = Leg().rest(3).move(32, 1.0).rest(1).move(9, 1.5).move(29, 1.0).rest(2).samples()
    moments = _moments(_bridge(), samples)
    assert _at(moments, 6.2).phase is Phase.BACK
    assert _at(moments, 7.0).phase is Phase.OUT
    assert _at(moments, 9.0).phase is Phase.HOLD
    assert _at(moments, 9.0).hold_s > 1.0


def test_a_rep_without_a_rest_before_it_does_not_move_the_rest_pose() -> None:
    body = Leg().rest(3).move(32, 1.0).rest(1).move(9, 1.5).move(32, 1.0).rest(1).move(0, 1.5)
    samples = body.rest(3).samples()
    limb = _bridge()
    until, later = samples[:1200], samples[1200:]
    _moments(limb, until)
    limb.rep(_rep(3.2, 0.7, 1.2, 6.4))
    limb.rep(_rep(6.5, 0.8, 1.2, 8.9))
    at_rest = _moments(limb, later)[0]
    assert abs(at_rest.excursion_deg[0]) < 2.0


def _rep(start_s: float, out_s: float, hold_s: float, end_s: float) -> Rep:
    back_s = end_s - start_s - out_s - hold_s
    rep = replace(a_rep(Side.LEFT), start_s=start_s, out_s=out_s, hold_s=hold_s, back_s=back_s)
    return replace(rep, end_s=end_s, rom_deg=32.0)


def test_nothing_is_known_before_the_limb_has_been_still() -> None:
    moments = _moments(_bridge(), Leg().walk(4).samples())
    assert {moment.phase for moment in moments} == {Phase.REST}


@pytest.mark.parametrize(
    "name", ["bridge-thigh-left-easy", "bridge-ankle-right-easy", "ball-curl-ankle-left-easy"]
)
def test_holds_begin_when_the_truth_says_so(name: str) -> None:
    """Against recordings with truth: at which moment would a hold of one second be called?"""
    path = RECORDINGS / f"{name}.imu.csv"
    called: list[float] = []
    with replayed(path, Wishes()) as replay:
        limb = Limb(replay.setup.movement.view(replay.setup.mount), 1.0)

        def take(item: object) -> None:
            for moment in _moments(limb, item) if isinstance(item, Samples) else []:
                is_new = not called or moment.time_s[-1] > called[-1] + 2.0
                if moment.hold_s >= 1.0 and is_new and moment.phase is Phase.HOLD:
                    called.append(float(moment.time_s[-1]))

        reps = []
        for event in replay.events(watched(replay.samples(), take)):
            if isinstance(event, Rep):
                limb.rep(event)
                reps.append(event)
    truth = json.loads(path.with_name(f"{name}.truth.json").read_text())
    held = [rep for rep in truth["reps"] if rep["hold_s"] > 1.2]
    wanted = [rep.start_s + rep.out_s + 1.0 for rep in reps]
    assert len(called) == len(held)
    assert np.abs(np.array(called) - np.array(wanted)).max() < 0.35
