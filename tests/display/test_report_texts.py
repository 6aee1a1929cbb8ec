"""The report's sentences say what its numbers say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from imu_reps.balance import balance
from imu_reps.balance.sets import sets_of
from imu_reps.core.words import Leg, Mount
from imu_reps.display.balance_table import balance_lines
from imu_reps.display.comparison import signed
from imu_reps.display.report.tables import verdicts
from imu_reps.display.report.texts import days, unseen
from imu_reps.formats.native import create
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.summarize import Asked, Compared, compared
from imu_reps.session.history import history, sessions_of
from imu_reps.session.setup import Wishes
from imu_reps.simulate import Imu, Strap, easy, simulate
from tests.sets import a_rep, a_set


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_new_york")
def test_the_report_is_of_the_day_that_the_history_tells(tmp_path: Path) -> None:
    """Eight in the evening there is the next day in UTC."""
    movement = movement_named("bridge")
    plan, _ = easy(movement, 4, np.random.default_rng(2))
    made = simulate(Strap(movement, Leg.LEFT, Mount.THIGH), plan, Imu(rate_hz=50.0), seed=4)
    path = tmp_path / "evening.imu.csv"
    with create(path, replace(made.header, started_utc="2026-03-02T01:00:00+00:00")) as writer:
        writer.write(made.frames)
    with history(tmp_path / "history.sqlite") as known:
        known.take_in([path])
        (session,) = sessions_of(known.kept())
    assert days(compared([path], Wishes(), Asked())) == session.day == "2026-03-01"


def test_a_rep_without_a_dot_is_told() -> None:
    whole = [a_rep(Leg.LEFT, number) for number in (1, 2)]
    assert unseen(sets_of(whole)) == []
    (told,) = unseen(sets_of([*whole, a_rep(Leg.LEFT, 3, peak_back_dps=0.0)]))
    assert told.startswith("1 rep was not seen to the end: counted, but left out")


def test_the_difference_follows_from_the_sides_that_are_shown() -> None:
    """One decimal would say 0.7 and 0.8 s, and 4 %."""
    pairs = zip(Leg, (0.727, 0.756), strict=True)
    events = [e for leg, out_s in pairs for e in a_set(leg, [1.0, 1.1, 1.2], out_s=out_s)]
    found = balance("single-leg-bridge", events)
    told = list(balance_lines(Compared(movement_named("bridge"), 1.5, (), found)))
    assert any("out: left 0.73 s and right 0.76 s, difference +4 %" in line for line in told)
    (row,) = [row for row in verdicts(found).rows if row[0] == "out (s)"]
    assert row[2:5] == ["0.73", "0.76", "+4 %"]


@pytest.mark.parametrize("right_s", [1.0, 1.003, 0.997])
def test_a_difference_that_rounds_to_nothing_has_no_sign(right_s: float) -> None:
    pairs = zip(Leg, (1.0, right_s), strict=True)
    events = [e for leg, out_s in pairs for e in a_set(leg, [1.0, 1.0, 1.0], out_s=out_s)]
    found = balance("single-leg-bridge", events)
    told = list(balance_lines(Compared(movement_named("bridge"), 1.5, (), found)))
    assert any("difference 0 %, 95 % interval 0 to 0 %" in line for line in told)
    (row,) = [row for row in verdicts(found).rows if row[0] == "out (s)"]
    assert row[4:6] == ["0 %", "0 % to 0 %"]
    assert [signed(value) for value in (0.4, -0.4, 0.6, -0.6)] == ["0", "0", "+1", "-1"]
