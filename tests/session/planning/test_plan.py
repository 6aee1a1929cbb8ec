"""Plans, and the file that holds one."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.errors import BadInput, BadUsage, ImuRepsError
from imu_reps.core.movement import Tempo
from imu_reps.core.words import Leg, Mount
from imu_reps.session.coaching.cues import change_text
from imu_reps.session.planning.plan import target, tempo_named, tempo_text
from imu_reps.session.planning.plan_file import read_plan

TWO = """
[[exercise]]
movement = "bridge"
sets = 3
reps = 8
tempo = "1-2-2"
rest_s = 45

[[exercise]]
movement = "ball-curl"
mount = "ankle"
legs = ["right"]
reps = 10
"""


def _read(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.toml").write_text(text)
    read_plan(tmp_path / "plan.toml")


def test_two_movements(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(TWO)
    first, second = read_plan(tmp_path / "plan.toml").exercises
    assert (first.setup.movement.short_name, first.setup.mount) == ("bridge", Mount.THIGH)
    assert (first.legs, first.sets, first.rest_s) == ((Leg.LEFT, Leg.RIGHT), 3, 45.0)
    assert (first.target.reps, first.target.hold_s) == (8, 2.0)
    assert (second.legs, second.sets, second.rest_s) == ((Leg.RIGHT,), 1, 60.0)
    assert second.target.hold_s is None


def test_what_is_to_be_moved_between_them(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(TWO)
    steps = read_plan(tmp_path / "plan.toml").steps()
    changes = [change_text(a, b) for a, b in pairwise(steps)]
    assert changes == [
        None,
        None,
        "now the right leg: move the strap",
        None,
        None,
        "next the ball-curl, right leg: strap on the ankle",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"has no \[\[exercise\]\]"),
        ("[[exercise]\n", "is no TOML"),
        ("[[exercise]]\nsets = 2", "exercise 1: names no movement"),
        ("[[exercise]]\nmovement = 'brigde'", "did you mean bridge"),
        ("[[exercise]]\nmovement = 'bridge'\nrep = 8", "unknown key 'rep': did you mean reps"),
        ("[[exercise]]\nmovement = 'bridge'\nreps = 8.5", "reps = 8.5 is no whole number"),
        ("[[exercise]]\nmovement = 'bridge'\nsets = 0", "sets = 0 is not between 1 and 50"),
        ("[[exercise]]\nmovement = 'bridge'\nhold_s = true", "hold_s = True is no number"),
        ("[[exercise]]\nmovement = 'bridge'\ntempo = '1-2'", "'1-2' is no tempo"),
        ("[[exercise]]\nmovement = 'bridge'\nlegs = ['left', 'left']", "twice"),
        ("[[exercise]]\nmovement = 'bridge'\nlegs = 3", "legs is no list"),
        ("[[exercise]]\nmovement = 'bridge'\norder = 'mixed'", "unknown order 'mixed'"),
        ("exercise = [3]", "exercise 1: is no table"),
        ("[[exercise]]\nmovement = 'bridge'\nhold_s = 3\ntempo = '1-2-2'", "differ"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        _read(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.toml: cannot be read"):
        read_plan(tmp_path / "none.toml")


@given(
    st.dictionaries(
        st.sampled_from(["movement", "mount", "legs", "sets", "reps", "hold_s", "tempo", "x"]),
        st.one_of(st.integers(), st.booleans(), st.sampled_from(["bridge", "1-2-2", "thigh"])),
    )
)
def test_no_file_makes_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, object]
) -> None:
    lines = [f"{key} = {str(value).lower()!r}".replace("'", '"') for key, value in told.items()]
    plain = [line.replace('"true"', "true").replace('"false"', "false") for line in lines]
    with suppress(ImuRepsError):
        _read(tmp_path_factory.mktemp("plan"), "[[exercise]]\n" + "\n".join(plain))


def test_tempo() -> None:
    assert tempo_named("1-1.5-2") == Tempo(1.0, 1.5, 2.0)
    assert tempo_text(Tempo(1.0, 1.5, 2.0)) == "1-1.5-2"
    for wrong in ("", "1-2", "a-b-c", "0-1-1", "1-nan-1", "1--1-1"):
        with pytest.raises(BadUsage, match="is no tempo"):
            tempo_named(wrong)


def test_hold_and_tempo_must_agree() -> None:
    assert target(8, 2.0, tempo_named("1-2-2")).hold_s == 2.0
    assert target(8, None, tempo_named("1-2-2")).hold_s == 2.0
    with pytest.raises(BadUsage, match="differ"):
        target(8, 3.0, tempo_named("1-2-2"))
