"""Two strokes laid through excursions: what comes back of those that made them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.samples import Floats
from imu_reps.counting import fit
from imu_reps.counting.fit import Known, Misfit, Tempo, fitted
from imu_reps.counting.strokes import Stroke, Strokes, bent, progress

TIME_S = np.arange(0.0, 7.0, 0.04)
TRUE = Strokes(Stroke(0.8, 1.4, 0.2, 0.3), Stroke(3.6, 2.2, -0.15), 0.5, 32.0, 0.0)
GUESS = Strokes(Stroke(0.6, 1.9), Stroke(3.9, 1.8), 0.0, 30.0, 2.0)
TEMPO = Tempo(1.4, 2.2)


def excursions(strokes: Strokes) -> Floats:
    out, back = (_done(one) for one in (strokes.out, strokes.back))
    ends = strokes.rest_deg, strokes.far_deg, strokes.after_deg
    x: Floats = ends[0] * (1 - out) + ends[1] * (out - back) + ends[2] * back
    return x


def _done(stroke: Stroke) -> Floats:
    part = np.clip((TIME_S - stroke.begin_s) / stroke.lasts_s, 0.0, 1.0)
    return progress(bent(part, stroke.lean, stroke.even))


def sway(seed: int) -> Floats:
    """Two degrees, up and down within seconds, as nobody can tell from a slow stroke."""
    rng = np.random.default_rng(seed)
    waves = np.sin(np.outer(TIME_S, rng.uniform(2.0, 6.0, 4)) + rng.uniform(0.0, 6.3, 4))
    return np.asarray(2.0 * waves.mean(axis=1) / 0.35)


def test_strokes_without_sway_come_back_lean_and_all() -> None:
    found = fitted(TIME_S, excursions(TRUE), GUESS, Known(0.3, is_back=True))
    assert found.far_deg == pytest.approx(32.0, abs=0.2)
    for one, true in ((found.out, TRUE.out), (found.back, TRUE.back)):
        assert one.at_s(0.1) == pytest.approx(true.at_s(0.1), abs=0.03)
        assert one.at_s(0.9) == pytest.approx(true.at_s(0.9), abs=0.03)
        assert one.lean * true.lean > 0
    assert found.hold_s == pytest.approx(TRUE.hold_s, abs=0.06)


def test_the_tempo_of_the_set_steadies_strokes_in_sway() -> None:
    off_s: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(30):
        x = excursions(TRUE) + sway(seed)
        for known, tempo in ((True, TEMPO), (False, None)):
            found = fitted(TIME_S, x, GUESS, Known(0.9, is_back=True, tempo=tempo))
            off_s[known].append(abs(found.hold_s - TRUE.hold_s))
    assert np.mean(off_s[True]) < 0.75 * np.mean(off_s[False])


def test_a_rep_that_is_slower_than_its_set_stays_so() -> None:
    slow = replace(TRUE, out=Stroke(0.8, 2.0), back=Stroke(3.6, 3.0))
    found = fitted(TIME_S, excursions(slow), GUESS, Known(0.3, is_back=True, tempo=TEMPO))
    for one, true in ((found.out, slow.out), (found.back, slow.back)):
        way_s = one.at_s(0.9) - one.at_s(0.1)
        assert way_s == pytest.approx(true.at_s(0.9) - true.at_s(0.1), rel=0.08)


def test_who_turns_at_once_is_not_told_to_have_gone_farther() -> None:
    # Both ends are flat, and what sways at the top may look like two strokes across each other.
    touch = replace(TRUE, back=Stroke(TRUE.out.end_s, 2.2, -0.15))
    over_deg, across_s = [], []
    for seed in range(30):
        x = excursions(touch) + sway(seed)
        guess = replace(GUESS, back=Stroke(2.3, 1.8))
        found = fitted(TIME_S, x, guess, Known(0.9, is_back=True))
        over_deg.append(found.far_deg - 32.0)
        across_s.append(found.out.end_s - found.back.begin_s)
    assert np.mean(over_deg) < 0.5
    assert max(across_s) < 0.3


def test_the_hold_between_strokes_of_even_speed_is_seen_better_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Slow strokes go at the same speed for much of their time: they end where the hold begins.
    even = replace(TRUE, out=Stroke(0.5, 2.0, 0.0, 0.5), back=Stroke(4.0, 2.5, 0.0, 0.5))
    x, known = excursions(even), Known(0.3, is_back=True)
    found = fitted(TIME_S, x, GUESS, known)
    assert min(found.out.even, found.back.even) > 0.1
    monkeypatch.setattr(fit, "EVEN", 1e-6)
    plain = fitted(TIME_S, x, GUESS, known)
    assert abs(found.hold_s - even.hold_s) < 0.75 * abs(plain.hold_s - even.hold_s)


@pytest.mark.parametrize("tempo", [None, TEMPO])
@pytest.mark.parametrize("back_begin_s", [1.9, 3.4])
def test_the_slopes_are_those_of_the_errors(tempo: Tempo | None, back_begin_s: float) -> None:
    misfit = Misfit(TIME_S, excursions(TRUE), Known(0.5, is_back=True, tempo=tempo))
    values = np.array([0.71, back_begin_s, 1.5, 2.1, 0.1, -0.2, 0.4, -0.1, 1.0, 31.0, 0.7])
    slopes = misfit.errors(values)[1]
    steps = 1e-6 * np.eye(11)
    rises = [(misfit.errors(values + d)[0] - misfit.errors(values - d)[0]) / 2e-6 for d in steps]
    assert slopes == pytest.approx(np.stack(rises).T, abs=1e-5)
