"""Names, samples and events."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import SetTotal, Summary, Warn
from imu_reps.core.samples import Samples, joined
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import all_movements, movement_named


@pytest.mark.parametrize("word", ["left", " Left ", "LEFT"])
def test_words_are_found_however_they_are_typed(word: str) -> None:
    assert Leg.named(word) is Leg.LEFT
    assert Leg.LEFT.other is Leg.RIGHT


def test_an_unknown_word_offers_the_near_ones() -> None:
    with pytest.raises(BadUsage, match="unknown mount 'fre-ankle': did you mean free-ankle"):
        Mount.named("fre-ankle")
    with pytest.raises(BadUsage, match="known are left, right"):
        Leg.named("both")


def test_movements_have_short_names() -> None:
    assert movement_named("Bridge") is all_movements()["single-leg-bridge"]
    assert movement_named("single-leg-ball-curl").short_name == "ball-curl"
    with pytest.raises(BadUsage, match="did you mean deadlift"):
        movement_named("deadlfit")


@pytest.mark.parametrize(
    ("time_s", "acc", "told"),
    [
        (np.array([0.0, 0.0]), np.zeros((2, 3)), "must increase"),
        (np.array([0.0, 1.0]), np.zeros((2, 2)), "accelerations"),
        (np.zeros((2, 1)), np.zeros((2, 3)), "times"),
    ],
)
def test_samples_are_checked_where_they_are_made(
    time_s: np.ndarray, acc: np.ndarray, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        Samples(time_s, acc)


def test_samples_are_cut_and_joined() -> None:
    samples = Samples(np.arange(5.0), np.arange(15.0).reshape(5, 3), None)
    again = joined([samples[:2], samples[2:]])
    assert again.time_s.tolist() == samples.time_s.tolist()
    assert again.gyr_rads is None


def test_events_tell_themselves_in_plain_values() -> None:
    total = SetTotal(1, "generic", Leg.LEFT, Mount.THIGH, 3, 0, 1.23456, 9.0)
    assert Summary((total,), 100, 12.000049, 0).as_dict() == {
        "event": "summary",
        "sets": [
            {
                "set": 1,
                "movement": "generic",
                "leg": "left",
                "mount": "thigh",
                "reps": 3,
                "partials": 0,
                "start_s": 1.2346,
                "end_s": 9.0,
            }
        ],
        "samples": 100,
        "duration_s": 12.0,
        "lost_samples": 0,
    }
    assert Warn("code", "text").as_dict() == {"event": "warning", "code": "code", "text": "text"}
