"""One stroke's own times, by its shape."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.counting.strokes import SLOW_PART, Stroke, bent, progress, rested_s

SHAPES = [(-0.6, -0.3), (-0.2, 0.0), (0.0, 0.0), (0.3, 0.5), (0.6, 1.0)]


@pytest.mark.parametrize(("lean", "even"), SHAPES)
@pytest.mark.parametrize("done", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_stroke_tells_when_it_has_come_so_far(lean: float, even: float, done: float) -> None:
    at_s = Stroke(2.0, 1.5, lean, even).at_s(done)
    assert 2.0 <= at_s <= 3.5
    part = np.array([(at_s - 2.0) / 1.5])
    assert progress(bent(part, lean, even))[0] == pytest.approx(done, abs=1e-3)


@pytest.mark.parametrize(("lean", "even"), SHAPES)
def test_between_its_slow_ends_a_stroke_is_never_slow(lean: float, even: float) -> None:
    part = np.linspace(0.0, 1.0, 4001)
    speed = np.gradient(progress(bent(part, lean, even)), part * 1.5)
    stroke = Stroke(2.0, 1.5, lean, even)
    first_s, last_s = stroke.brisk_s()
    brisk = 2.0 + 1.5 * part[speed >= SLOW_PART * speed.max()]
    assert (first_s, last_s) == pytest.approx((brisk[0], brisk[-1]), abs=0.004)
    assert stroke.peak_speed == pytest.approx(speed.max(), rel=1e-3)


def test_a_stroke_that_leans_is_quick_early() -> None:
    early, late = Stroke(0.0, 2.0, 0.4), Stroke(0.0, 2.0, -0.4)
    middle_s = Stroke(0.0, 2.0).at_s(0.5)
    assert middle_s == pytest.approx(1.0)
    assert early.at_s(0.5) < middle_s < late.at_s(0.5)
    assert early.at_s(0.1) == pytest.approx(2.0 - late.at_s(0.9))


def test_an_even_stroke_is_quick_at_its_ends() -> None:
    even, plain = Stroke(0.0, 2.0, 0.0, 0.8), Stroke(0.0, 2.0)
    assert even.at_s(0.1) < plain.at_s(0.1)
    assert even.at_s(0.5) == pytest.approx(plain.at_s(0.5), abs=1e-3)
    assert even.peak_speed < plain.peak_speed


@pytest.mark.parametrize("stays_s", [0.0, 0.5, 2.0])
@pytest.mark.parametrize(("back_s", "out_s"), [(1.0, 1.0), (4.0, 2.0), (2.0, 6.0)])
def test_a_rest_is_told_from_turning_slowly(stays_s: float, back_s: float, out_s: float) -> None:
    time_s = np.arange(0.0, back_s + stays_s + out_s, 0.02)
    back = progress(np.clip(time_s / back_s, 0.0, 1.0))
    out = progress(np.clip((time_s - back_s - stays_s) / out_s, 0.0, 1.0))
    assert rested_s(time_s, 10.0 + 60.0 * (1.0 - back + out)) == pytest.approx(stays_s, abs=0.05)
