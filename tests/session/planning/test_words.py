"""What a user says of a session, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from imu_reps.core.errors import BadUsage
from imu_reps.core.words import Leg
from imu_reps.session.planning.words import (
    Words,
    last_words,
    plan_of,
    plan_text,
    remember,
    words_text,
)


def test_a_number_of_sets_without_a_leg_means_both() -> None:
    (exercise,) = plan_of(Words("bridge", sets=3, reps=8, tempo="1-2-2", rest_s=45)).exercises
    assert (exercise.legs, exercise.sets, exercise.rest_s) == ((Leg.LEFT, Leg.RIGHT), 3, 45)
    assert (exercise.target.reps, exercise.target.hold_s) == (8, 2.0)


def test_a_leg_that_is_named_is_trained_alone() -> None:
    (exercise,) = plan_of(Words("bridge", leg="right", sets=2)).exercises
    assert (exercise.legs, exercise.rest_s) == ((Leg.RIGHT,), 60.0)


def test_without_a_number_of_sets_it_goes_on() -> None:
    plan = plan_of(Words("bridge", reps=8))
    assert plan.is_open
    assert plan.exercises[0].rest_s is None
    assert plan.exercises[0].target.reps == 8


def test_a_plan_file_stands_alone() -> None:
    words = Words("bridge", hold_s=2.0, order="alternating", plan="a.toml")
    with pytest.raises(BadUsage, match=r"leave out --movement and --hold and --alternate$"):
        plan_of(words)


def test_in_a_line() -> None:
    words = Words("bridge", mount="thigh", sets=3, reps=8, hold_s=2, tempo="1-2-2", rest_s=60)
    assert words_text(words) == (
        "bridge, both legs, strap on the thigh, 3 sets of 8, hold 2 s, tempo 1-2-2, rest 60 s"
    )
    assert plan_text(plan_of(words)) == "single-leg-bridge, both legs, strap on the thigh"
    assert plan_text(plan_of(Words("auto"))) == "whatever it is, left leg, strap on the thigh"


def test_what_was_said_is_known_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert last_words() is None
    words = Words("bridge", sets=3, order="alternating")
    remember(words)
    assert last_words() == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"movement": "gone"}',
        '{"unknown": 1}',
        "{",
        '{"sets": "3"}',
        '{"reps": [8]}',
        '{"hold_s": "2"}',
        '{"rest_s": "60"}',
        '{"order": 1}',
    ],
)
def test_what_makes_no_plan_any_more_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "imu-reps").mkdir()
    (tmp_path / "imu-reps" / "last.json").write_text(text)
    assert last_words() is None
