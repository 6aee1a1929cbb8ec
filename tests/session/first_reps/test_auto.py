"""Which movement it is, told from reps in numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.events import Rep, SetEnd, SetStart, Warn
from imu_reps.core.frames import Header, Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.session.first_reps.auto import AutoNamer
from imu_reps.session.setup import Wishes, setup
from imu_reps.session.stream.counted import counted
from imu_reps.simulate import Imu, Plan, Strap, easy, simulate


def rep(number: int, rom_deg: float, out_s: float, hold_s: float, back_s: float) -> Rep:
    start_s = 10.0 * number
    end_s = start_s + out_s + hold_s + back_s
    return Rep(
        1, number, "generic", Leg.LEFT, Mount.ANKLE, start_s, out_s, hold_s, back_s, end_s,
        rom_deg, 0.6, 60.0, 40.0,
    )  # fmt: skip


AUTO_THIGH = setup(Wishes("auto", "left", "thigh"), Header())


def sampled(strap: Strap, plan: Plan, seed: int) -> Samples:
    made = simulate(strap, plan, Imu(), seed)
    assert made.header.scale is not None
    return DeviceClock(made.header.scale, 100.0).update(made.frames)


START = SetStart(1, "generic", Leg.LEFT, Mount.ANKLE, 10.0)
# A curl at its usual tempo: 1.5 and 3 s of strokes, of which two thirds count to out and back.
CURLS = [rep(number, 62.0, 1.0, 1.4, 2.0) for number in (1, 2)]


def test_a_strap_on_the_other_leg_is_told() -> None:
    # So far the standing leg never turns: the free one does.
    hinges = [rep(number, 66.0, 2.0, 1.9, 1.4) for number in (1, 2)]
    warning = next(iter(AutoNamer(Mount.THIGH).update([START, *hinges])))
    assert isinstance(warning, Warn)
    assert "single-leg-deadlift" in warning.text
    assert "free-thigh rather than on the thigh" in warning.text


def test_which_leg_wears_it_is_not_guessed() -> None:
    # A range half-way between what a curl turns the free shank by and what it turns the other by.
    between = [rep(number, 58.0, 1.0, 1.4, 2.0) for number in (1, 2)]
    warning = next(iter(AutoNamer(Mount.FREE_ANKLE).update([START, *between])))
    assert isinstance(warning, Warn)
    assert "single-leg-ball-curl" in warning.text
    assert "rather than" not in warning.text


def test_the_set_waits_for_its_name_and_is_told_whole() -> None:
    namer = AutoNamer(Mount.ANKLE)
    assert list(namer.update([START, CURLS[0]])) == []
    told = list(namer.update([CURLS[1]]))
    assert [type(event) for event in told] == [Warn, SetStart, Rep, Rep]
    assert {event.movement for event in told if isinstance(event, SetStart | Rep)} == {
        "single-leg-ball-curl"
    }
    after = list(namer.update([rep(3, 60.0, 1.0, 1.4, 2.0)]))
    assert isinstance(after[0], Rep)
    assert after[0].movement == "single-leg-ball-curl"


def test_a_set_of_one_rep_is_not_kept_back() -> None:
    end = SetEnd(1, 1, 0, 14.4)
    told = list(AutoNamer(Mount.ANKLE).update([START, CURLS[0], end]))
    assert told[-1] == end


def test_what_no_movement_fits_is_said() -> None:
    # Half-way between bridge and curl, in range as in rhythm.
    odd = [rep(number, 46.0, 0.8, 1.55, 1.6) for number in (1, 2)]
    told = list(AutoNamer(Mount.ANKLE).update([START, *odd]))
    assert isinstance(told[0], Warn)
    assert told[0].code == "movement_unknown"
    assert isinstance(told[1], SetStart)
    assert told[1].movement == "generic"


@pytest.mark.parametrize("rows", [11, 100_000])
def test_the_strap_s_leg_is_told_from_the_samples(rows: int) -> None:
    # A strap that the user believes on the working ankle, on the ankle that goes with the pelvis.
    bridge = movement_named("bridge")
    plan, _ = easy(bridge, 6, np.random.default_rng(5))
    samples = sampled(Strap(bridge, Leg.LEFT, Mount.FREE_ANKLE), plan, 5)
    chosen = setup(Wishes("auto", "left", "ankle"), Header())
    pieces = [samples[begin : begin + rows] for begin in range(0, len(samples), rows)]
    events = list(counted(pieces, chosen, lambda: 0))
    told = [event.text for event in events if isinstance(event, Warn)]
    assert len(told) == 1
    assert "single-leg-bridge" in told[0]
    assert "on the free-ankle rather than on the ankle" in told[0]
    assert {event.movement for event in events if isinstance(event, Rep)} == {"single-leg-bridge"}


def test_a_strap_that_was_put_on_anew_is_not_judged_by_an_old_walk() -> None:
    curl = movement_named("ball-curl")
    plan, _ = easy(curl, 4, np.random.default_rng(5))
    strap = Strap(curl, Leg.RIGHT, Mount.THIGH)
    walk = sampled(strap, replace(plan, sets=(), walk_s=20.0), 6)
    curls = sampled(strap, plan, 5)
    later = replace(curls, time_s=curls.time_s + 30.0)
    streams: list[list[Samples | Note]] = [[curls], [walk, Note(0, "leg", {"leg": "right"}), later]]
    told = [
        [event for event in counted(stream, AUTO_THIGH, lambda: 0) if isinstance(event, Warn)]
        for stream in streams
    ]
    assert [warn.code for warn in told[0]] == ["movement"]
    assert [warn for warn in told[1] if warn.code == "movement"] == told[0]
