"""Recordings of real legs, where they are: every file by its index, and the table of results.

They are kept outside of the project (their licences are not stated); without them these tests
are skipped.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imu_reps.core.events import Rep, Summary
from imu_reps.session.stream.replay import replay

FOLDER = Path(__file__).parent.parent.parent / "shared" / "real"

pytestmark = pytest.mark.skipif(
    not (FOLDER / "index.json").exists(), reason="the recordings of real legs are not here"
)

Counted = list[tuple[str, int, int, float]]


@cache
def _results() -> dict[tuple[str, str, bool], Counted]:
    """File, true count, count and hours, by set, kind and whether it starts in a movement."""
    told: Any = json.loads((FOLDER / "index.json").read_text())
    results: dict[tuple[str, str, bool], Counted] = defaultdict(list)
    for row in told if isinstance(told, list) else told["files"]:
        events = list(replay(FOLDER / row["file"], movement="generic"))
        summary = events[-1]
        assert isinstance(summary, Summary)
        reps = sum(isinstance(event, Rep) for event in events)
        key = (row["set"], row["kind"], bool(row.get("starts_moving")))
        hours = summary.duration_s / 3600
        results[key].append((row["file"], row.get("count") or 0, reps, hours))
    return results


def _table() -> str:
    lines = ["", f"{'set':24}{'kind':12}{'moving':8}{'files':>6}{'exact':>6}{'±1':>4}{'reps/h':>9}"]
    for (name, kind, moving), rows in sorted(_results().items()):
        exact = sum(true == found for _, true, found, _ in rows)
        near = sum(abs(true - found) <= 1 for _, true, found, _ in rows)
        rate = sum(found for _, _, found, _ in rows) / sum(hours for *_, hours in rows)
        counts = f"{len(rows):>6}{exact:>6}{near:>4}{rate:>9.1f}"
        lines.append(f"{name:24}{kind:12}{'yes' if moving else '':8}{counts}")
    return "\n".join(lines)


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(_table())
    assert _results()


def test_reps_that_start_at_rest() -> None:
    rows = _results()["uci_physical_therapy", "positive", False]
    assert sum(true == found for _, true, found, _ in rows) >= 0.9 * len(rows)
    assert sum(abs(true - found) <= 1 for _, true, found, _ in rows) >= 0.98 * len(rows)


def test_bridges_by_accelerometer_alone() -> None:
    rows = _results()["mex_bridge", "positive", False]
    assert sum(true == found for _, true, found, _ in rows) >= 0.9 * len(rows)


@pytest.mark.parametrize("name", ["uci_physical_therapy", "ncsu_walk", "mobifall_pocket"])
def test_false_reps_are_rare(name: str) -> None:
    rows = _results()[name, "negative", False]
    assert sum(found for _, _, found, _ in rows) <= 2 * sum(hours for *_, hours in rows)
