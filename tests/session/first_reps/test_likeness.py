"""Which movement reps are like, in numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imu_reps.core.words import Mount
from imu_reps.movements import movement_named
from imu_reps.session.first_reps.first_look import Look
from imu_reps.session.first_reps.likeness import SURE, Guess, by_movement, elsewhere, guesses, named


def look(out_s: float, hold_s: float, back_s: float, rom_deg: float, wobble_deg: float) -> Look:
    return Look(2 * [out_s], 2 * [hold_s], 2 * [back_s], [1.0], 2 * [rom_deg], 2 * [wobble_deg])


# At their usual tempo: of 1.5 and 3 s of strokes two thirds count to out and back.
CURL = look(1.0, 1.4, 2.0, 62.0, 0.6)
BRIDGE = look(0.67, 1.76, 1.33, 34.0, 0.6)
# As long a hold as between the two, as far as both.
EITHER = look(0.8, 1.55, 1.6, 30.0, 0.6)


def best(seen: Look, mount: Mount) -> tuple[str, float]:
    movement, share = by_movement(guesses(seen, mount))[0]
    return movement.short_name, share


def test_a_curl_at_the_ankle_is_named() -> None:
    name, share = best(CURL, Mount.ANKLE)
    assert name == "ball-curl"
    assert share > SURE
    assert guesses(CURL, Mount.ANKLE)[0].mount is Mount.ANKLE


def test_shares_add_up_to_one() -> None:
    assert sum(guess.confidence for guess in guesses(CURL, Mount.ANKLE)) == pytest.approx(1.0)


def test_how_the_thigh_lies_decides_where_the_rhythm_does_not() -> None:
    assert best(EITHER, Mount.THIGH)[1] < SURE
    lowered = replace(EITHER, leans=(125.0, 95.0))
    raised = replace(EITHER, leans=(90.0, 120.0))
    assert best(lowered, Mount.THIGH)[0] == "bridge"
    assert best(raised, Mount.THIGH)[0] == "ball-curl"
    assert min(best(lowered, Mount.THIGH)[1], best(raised, Mount.THIGH)[1]) > SURE


# Just above the heel, on a shank that comes upright; far from the hip, on one that does not.
PLANTED = replace(BRIDGE, reach_m=0.12, axis_leans=(32.0, 2.0))
FREE = replace(BRIDGE, reach_m=0.8, axis_leans=(60.0, 94.0))


@pytest.mark.parametrize(("seen", "place"), [(PLANTED, Mount.ANKLE), (FREE, Mount.FREE_ANKLE)])
@pytest.mark.parametrize("said", [Mount.ANKLE, Mount.FREE_ANKLE])
def test_a_planted_foot_is_told_from_a_free_one(seen: Look, place: Mount, said: Mount) -> None:
    found = guesses(seen, said)
    assert found[0].mount is place
    assert (elsewhere(found, said) is None) is (said is place)


@pytest.mark.parametrize(("share", "is_told"), [(0.6, False), (0.8, True)])
def test_the_user_s_word_is_doubted_only_surely(share: float, is_told: bool) -> None:  # noqa: FBT001
    bridge = movement_named("bridge")
    found = [Guess(bridge, Mount.FREE_ANKLE, share), Guess(bridge, Mount.ANKLE, 1.0 - share)]
    assert (elsewhere(found, Mount.ANKLE) is not None) is is_told
    assert elsewhere(found, Mount.FREE_ANKLE) is None


def test_what_is_like_nothing_that_is_known_has_no_name() -> None:
    nod = look(0.8, 0.4, 0.8, 8.0, 0.3)
    found = guesses(nod, Mount.CHEST)
    assert named(found) is None
    assert found[0].movement.short_name == "generic"


def test_a_bridge_from_a_box_is_no_surely_another_movement() -> None:
    low = named(guesses(replace(BRIDGE, rom_deg=[12.0, 13.0]), Mount.THIGH))
    assert low is None or low[0].short_name == "bridge"


def test_no_single_figure_outvotes_the_rest() -> None:
    missed = replace(CURL, hold_s=[0.1, 0.1], pauses_s=[0.1])
    assert best(missed, Mount.ANKLE)[0] == "ball-curl"


def test_reps_read_from_the_far_end_are_not_surely_another_movement() -> None:
    # Out slower than back and next to no hold: a back extension, or a curl from its far end.
    backwards = replace(look(3.0, 0.5, 1.5, 80.0, 0.6), pauses_s=[2.1])
    assert guesses(replace(backwards, pauses_s=[]), Mount.ANKLE)[0].confidence > SURE
    name, share = best(backwards, Mount.ANKLE)
    assert name == "ball-curl" or share < SURE


def test_reps_seen_differently_tell_less() -> None:
    either_way = replace(CURL, hold_s=[0.5, 3.9])
    assert best(either_way, Mount.THIGH)[1] < best(CURL, Mount.THIGH)[1]
