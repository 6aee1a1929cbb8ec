"""Which movement it is, told from reps in numbers."""

from __future__ import annotations

import pytest

from imu_reps.core.events import Rep, SetEnd, SetStart, Warn
from imu_reps.core.words import Leg, Mount
from imu_reps.session.auto import AutoNamer, guesses


def rep(number: int, rom_deg: float, out_s: float, hold_s: float, back_s: float) -> Rep:
    start_s = 10.0 * number
    end_s = start_s + out_s + hold_s + back_s
    return Rep(
        1, number, "generic", Leg.LEFT, Mount.ANKLE, start_s, out_s, hold_s, back_s, end_s,
        rom_deg, 0.6, 60.0, 40.0,
    )  # fmt: skip


START = SetStart(1, "generic", Leg.LEFT, Mount.ANKLE, 10.0)
# A curl at its usual tempo: 1.5 and 3 s of strokes, of which two thirds count to out and back.
CURLS = [rep(number, 62.0, 1.0, 1.4, 2.0) for number in (1, 2)]


def test_a_curl_at_the_ankle_is_named() -> None:
    best = guesses(CURLS, Mount.ANKLE)[0]
    assert best.movement.name == "single-leg-ball-curl"
    assert best.mount is Mount.ANKLE
    assert best.confidence > 0.7


def test_shares_add_up_to_one() -> None:
    assert sum(guess.confidence for guess in guesses(CURLS, Mount.ANKLE)) == pytest.approx(1.0)


def test_a_strap_on_the_other_leg_is_told() -> None:
    # So far the standing leg never turns: the free one does.
    hinges = [rep(number, 66.0, 2.0, 1.9, 1.4) for number in (1, 2)]
    warning = next(iter(AutoNamer(Mount.THIGH).update([START, *hinges])))
    assert isinstance(warning, Warn)
    assert "single-leg-deadlift" in warning.text
    assert "free-thigh rather than on the thigh" in warning.text


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
    odd = [rep(number, 47.0, 1.0, 1.9, 2.0) for number in (1, 2)]
    found = guesses(odd, Mount.ANKLE)
    warning = next(iter(AutoNamer(Mount.ANKLE).update([START, *odd])))
    assert isinstance(warning, Warn)
    assert (warning.code == "movement_unknown") == (found[0].confidence < 0.7)
