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


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"movement": "x", "leg": "up"}'])
def test_what_is_no_truth_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.truth.json").write_text(text)
    with pytest.raises(BadInput, match="not a truth file"):
        read_truth(tmp_path / "a.truth.json")
