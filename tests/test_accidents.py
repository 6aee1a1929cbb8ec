"""docs/ACCIDENTS.md: every row has its tests, and the words that it quotes are the program's."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (HOME / "docs" / "ACCIDENTS.md").read_text().splitlines()
    if re.match(r"\| \d+ \|", line)
]
CODES = re.findall(r"^\| (`[a-z_`, ]+`) \|", (HOME / "docs" / "ACCIDENTS.md").read_text(), re.M)
SHORTEST = 4
"""Letters of a fragment between two `…` that are looked for."""


def _quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def _program_words() -> str:
    """All texts of the program, what is put in between left out."""
    trees = (ast.parse(path.read_text()) for path in (HOME / "imu_reps").rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return "\n".join(text for text in texts if isinstance(text, str))


def test_there_are_all_twenty_eight() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 29))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_has_tests_that_exist(row: list[str]) -> None:
    names = _quoted(row[4])
    assert names
    for name in names:
        file, test = name.split("::")
        tree = ast.parse((HOME / file).read_text())
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_words_of_a_row_are_the_programs(row: list[str]) -> None:
    said = _quoted(row[3])
    assert said or row[3] in ("nothing", "the summary")
    for text in said:
        for fragment in text.split("…"):
            if len(fragment.strip(" .:;()")) >= SHORTEST:
                assert fragment.strip(" ()") in _program_words(), fragment


def test_every_code_of_a_warning_is_listed() -> None:
    listed = set(_quoted((HOME / "docs" / "ACCIDENTS.md").read_text().rsplit("`code` (", 1)[1]))
    rooms = ("devices", "ports", "session")
    trees = [
        ast.parse(path.read_text())
        for room in rooms
        for path in (HOME / "imu_reps" / room).rglob("*.py")
    ]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    codes = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") == "Warn" and isinstance(call.args[0], ast.Constant)
    }
    # Those of counting and of reading a file concern no sensor.
    assert codes - listed <= {"movement", "movement_unknown", "other_leg", "interrupted"}


def test_the_codes_of_warnings_are_the_programs() -> None:
    codes = [code for cell in CODES for code in _quoted(cell)]
    words = _program_words().splitlines()
    assert "blind_mount" in codes
    assert not [code for code in codes if code not in words]
