"""Truth files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.truth import TrueRep, Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.truth import read_truth, truth_path, write_truth

TRUTH = Truth(
    "single-leg-bridge",
    Leg.LEFT,
    Mount.THIGH,
    (TrueRep("rep", 1.0, 4.5, 1.2, 33.0), TrueRep("partial", 6.0, 8.0, 0.5, 12.0)),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_truth(tmp_path / "a.truth.json", TRUTH)
    assert read_truth(tmp_path / "a.truth.json") == TRUTH
    assert json.loads((tmp_path / "a.truth.json").read_text())["reps"][1]["kind"] == "partial"


def test_what_else_a_truth_file_tells_is_left_alone(tmp_path: Path) -> None:
    write_truth(tmp_path / "a.truth.json", TRUTH)
    told = json.loads((tmp_path / "a.truth.json").read_text())
    told["athlete"], told["reps"][0]["out_s"] = "nobody", 1.1
    (tmp_path / "a.truth.json").write_text(json.dumps(told))
    assert read_truth(tmp_path / "a.truth.json") == TRUTH


def test_a_set_without_reps_is_written(tmp_path: Path) -> None:
    write_truth(tmp_path / "a.truth.json", Truth("generic", Leg.LEFT, Mount.THIGH, ()))
    assert read_truth(tmp_path / "a.truth.json").reps == ()


@pytest.mark.parametrize("name", ["left.imu.csv", "left.imu.raw", "left.csv"])
def test_it_stands_beside_its_recording(name: str) -> None:
    assert truth_path(Path("some") / name) == Path("some/left.truth.json")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"movement": "x", "leg": "up"}', "[" * 100_000])
def test_what_is_no_truth_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.truth.json").write_text(text)
    with pytest.raises(BadInput, match="not a truth file"):
        read_truth(tmp_path / "a.truth.json")


NUMBER = '"hold_s": 1.2'


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (NUMBER, '"hold_s": null', "rep 1: hold_s is None"),
        (NUMBER, '"hold_s": "1.5"', "rep 1: hold_s is '1.5'"),
        (NUMBER, '"hold_s": [1]', "rep 1: hold_s is [1]"),
        (NUMBER, '"hold_s": true', "rep 1: hold_s is True"),
        (NUMBER, '"hold_s": NaN', "rep 1: hold_s is nan"),
        (NUMBER, '"hold_s": -Infinity', "rep 1: hold_s is -inf"),
        (NUMBER, '"hold_s": -1', "rep 1: it ends before it starts, or its hold"),
        (NUMBER, f'"hold_s": 1{"0" * 400}', "rep 1: hold_s is 1000"),
        (NUMBER, f'"hold_s": 1{"0" * 5000}', "not a truth file"),
        (NUMBER, '"hold": 1', "rep 1: hold_s is None"),
        ('"end_s": 8.0', '"end_s": 5.9', "rep 2: it ends before it starts"),
        ('"kind": "partial"', '"kind": "foo"', "rep 2: kind is 'foo'"),
        ('"kind": "partial"', '"kind": ["partial"]', "rep 2: kind is ['partial']"),
        ('"reps": [', '"reps": {}, "more": [', "reps is {}"),
        ('"reps": [', '"reps": null, "more": [', "reps is None"),
        ('"reps": [', '"reps": [5,', "rep 1: 5 is none"),
        ('"single-leg-bridge"', "null", "it does not say the movement"),
        ('"left"', "7", "leg is 7"),
        ('"thigh"', '"wrist"', "unknown mount 'wrist'"),
    ],
)
def test_what_is_wrong_is_named(good: str, bad: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.truth.json"
    write_truth(path, TRUTH)
    assert good in path.read_text()
    path.write_text(path.read_text().replace(good, bad, 1))
    with pytest.raises(BadInput, match=r"a\.truth\.json: not a truth file") as error:
        read_truth(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400
