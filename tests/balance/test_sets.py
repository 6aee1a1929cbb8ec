"""Metrics of reps, sets and legs, with numbers that one can work out by hand."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from imu_reps.balance import balance
from imu_reps.balance.metrics import METRICS, mean_back_dps, smoothness
from imu_reps.balance.poses import apart_deg
from imu_reps.balance.sets import SET_METRICS, leg_numbers, sets_of
from imu_reps.core.events import Event
from imu_reps.core.words import Leg
from tests.sets import a_partial, a_rep, a_set

VALUE = {metric.name: metric.of(a_rep(Leg.LEFT)) for metric in METRICS}


def _numbers(events: list[Event], target_s: float = 1.0) -> dict[str, float | int | None]:
    return leg_numbers(sets_of(events), target_s)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hold_s", 1.0),
        ("tension_s", 4.0),
        ("mean_out_dps", 27.0),
        ("mean_back_dps", 13.5),
        ("smoothness", (27 / 50 + 13.5 / 30) / 2),
    ],
)
def test_what_a_rep_is_measured_by(name: str, value: float) -> None:
    assert VALUE[name] == pytest.approx(value)


def test_a_rep_that_was_not_seen_to_its_end_counts_and_is_not_compared() -> None:
    reps: list[Event] = [a_rep(Leg.LEFT, number) for number in (1, 2, 3)]
    cut = a_rep(Leg.LEFT, 4, 0.2, back_s=0.1, peak_back_dps=0.0)
    whole, told = _numbers(reps), _numbers([*reps, cut])
    assert told["reps"] == 4
    unlike = {name for name, value in whole.items() if told[name] != value}
    assert unlike == {"reps", "tension_total_s"}
    assert mean_back_dps(cut) == 0
    assert smoothness(cut) == pytest.approx(0.9 * 30 / 50)
    assert _numbers([cut])["hold_s"] is None


def test_a_leg_without_a_whole_rep_is_told_so() -> None:
    cut = a_rep(Leg.RIGHT, 1, back_s=0.1, peak_back_dps=0.0)
    rows = balance("single-leg-bridge", [*a_set(Leg.LEFT, [1.0, 1.0, 1.0]), cut]).rows
    hold = next(row for row in rows if row.metric == "hold_s")
    assert hold.reason == "a leg has no rep seen to its end"


def test_a_stroke_that_took_no_time_has_no_speed() -> None:
    rep = a_rep(Leg.LEFT, out_s=0.0, peak_out_dps=0.0)
    assert next(m for m in METRICS if m.name == "mean_out_dps").of(rep) == 0.0
    assert next(m for m in METRICS if m.name == "smoothness").of(rep) == pytest.approx(0.225)


def test_what_a_leg_is_told_by() -> None:
    told = _numbers([*a_set(Leg.LEFT, [2.0, 1.5, 1.0, 0.5])[:-1], a_partial(Leg.LEFT, 70.0)])
    assert (told["sets"], told["reps"], told["partials"]) == (1, 4, 1)
    assert (told["hold_s"], told["hold_least_s"], told["hold_reached_percent"]) == (1.25, 0.5, 75.0)
    assert told["tension_total_s"] == 17.0
    assert told["out_varies_percent"] == 0.0
    assert told["hold_varies_percent"] == pytest.approx(100 * 0.6455 / 1.25, abs=0.01)


@pytest.mark.parametrize(
    ("holds_s", "fade"),
    [
        ([2.0, 1.0], None),
        ([2.0, 7.0, 1.0], -50.0),
        ([1, 3, 9, 9, 9, 1, 2, 3], -37.5 + 62.5),
        ([0.0, 0.0, 1.0], None),
    ],
)
def test_fade_is_the_last_third_against_the_first(holds_s: list[float], fade: float | None) -> None:
    assert _numbers(a_set(Leg.LEFT, holds_s))["hold_s_fade_percent"] == fade


def test_several_sets_fade_each_for_itself() -> None:
    events = a_set(Leg.LEFT, [2.0, 2.0, 1.0]) + a_set(Leg.LEFT, [1.0, 1.0, 1.0])
    told = _numbers(events)
    assert (told["sets"], told["hold_s_fade_percent"]) == (2, -25.0)


def test_a_leg_that_did_nothing_is_told_so() -> None:
    told = _numbers([])
    assert told["reps"] == 0
    assert {value for name, value in told.items() if name.endswith(("_s", "_percent"))} == {None}


def test_no_target_no_share() -> None:
    assert _numbers(a_set(Leg.LEFT, [1.0]), target_s=0.0)["hold_reached_percent"] is None


@pytest.mark.parametrize(
    ("one", "other", "angle"),
    [([1, 0, 0], [-1, 0, 0], 0), ([0.6, 0.8, 0], [0.6, -0.8, 0], 0), ([1, 0, 0], [0, 1, 0], 90)],
)
def test_rest_poses_are_compared_mirrored(
    one: list[float], other: list[float], angle: float
) -> None:
    assert apart_deg([np.array(one), np.array(other)]) == pytest.approx(angle, abs=0.01)
    assert apart_deg([np.array(one)]) == 0.0


def test_the_page_has_every_definition() -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    page = (docs / "METRICS.md").read_text(encoding="utf-8")
    assert runpy.run_path(str(docs / "make_metrics.py"))["page"]() == page
    for of in [*(metric.of for metric in METRICS), *SET_METRICS]:
        assert f"| `{of.__name__}` | {' '.join((of.__doc__ or '').split())} |" in page
