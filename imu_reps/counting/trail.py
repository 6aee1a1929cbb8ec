"""An attempt as a trail of excursions over time, from the rest before it until it was over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.fit import Known, Tempo, fitted
from imu_reps.counting.limits import HOME_PART
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.strokes import BETWEEN_PART, Stroke, Strokes
from imu_reps.counting.track import Track

BEFORE_S = 0.7
"""The rest before an attempt that the fit sees: enough to know the level it sets out from."""

FIT_STEP_S = 0.08
"""Strokes of half a second and more are known as well from a dozen poses a second as from all."""

LEAST_DEG = 0.1
"""No stroke is smaller, whatever the pose of a single row says."""

LIKELY_PART = 0.75
"""Of the peak as it was seen: a fit that is off by more has not found the strokes."""


def first_row(track: Track, attempt: Attempt) -> int:
    """The row at which the trail of an attempt begins."""
    return track.row_at(track.at_s(attempt.left) - BEFORE_S)


def trail_of(track: Track, attempt: Attempt, sway_deg: float) -> Trail:
    """The trail of an attempt whose rows the track still knows, in which it swayed so far."""
    first = first_row(track, attempt)
    time_s = track.time_s(first, attempt.row + 1)
    x = attempt.plane.excursion_deg(track.up(first, attempt.row + 1))
    is_back = attempt.cut or bool(x[-1] < 1.5 * HOME_PART * attempt.peak_deg)
    return Trail(time_s, x, attempt.far - first, sway_deg, is_back)


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """The excursions (n,), in degrees, at `time_s` (n,), the peak in row `far` of them.

    `sway_deg` and `is_back` are as in `fit.Known`.
    """

    time_s: Floats
    x_deg: Floats
    far: int
    sway_deg: float
    is_back: bool

    def strokes(self) -> Strokes:
        """The two strokes as they are without a look at any other attempt."""
        return self._fitted(_guess(self.time_s, self.x_deg, self.far), None)

    def steadied(self, strokes: Strokes, tempo: Tempo) -> Strokes:
        """These strokes with the tempo of their set to steady them."""
        return self._fitted(strokes, tempo)

    def _fitted(self, first: Strokes, tempo: Tempo | None) -> Strokes:
        """The strokes near the first ones; these themselves where the fit is an unlikely one."""
        known = Known(self.sway_deg, is_back=self.is_back, tempo=tempo)
        lasts_s = float(self.time_s[-1] - self.time_s[0])
        step = max(1, round(FIT_STEP_S * (len(self.time_s) - 1) / lasts_s))
        found = fitted(self.time_s[::step], self.x_deg[::step], first, known)
        return found if self._is_likely(found, first, lasts_s) else first

    def _is_likely(self, strokes: Strokes, guess: Strokes, lasts_s: float) -> bool:
        """Whether the fit tells of the same two strokes as the guess, one after the other."""
        s = strokes
        return (
            LIKELY_PART < s.far_deg / guess.far_deg < 1.0 / LIKELY_PART
            and max(abs(s.rest_deg), abs(s.after_deg)) < guess.far_deg / 2
            and max(s.out.lasts_s, s.back.lasts_s) < 2.0 * lasts_s
            and self.time_s[0] < s.out.middle_s < s.back.middle_s < self.time_s[-1]
        )


def _guess(time_s: Floats, x: Floats, far: int) -> Strokes:
    """Strokes through a quarter and three quarters of the way, before and after the far end."""
    far = min(max(far, 1), len(x) - 2)
    rest_deg, far_deg = float(x[: max(1, far // 4)].min()), max(float(x[far]), LEAST_DEG)
    return Strokes(
        out=_middle(time_s[: far + 1], x[: far + 1], far_deg),
        back=_middle(time_s[far:][::-1], x[far:][::-1], far_deg),
        rest_deg=rest_deg if abs(rest_deg) < far_deg / 2 else 0.0,
        far_deg=far_deg,
        after_deg=min(float(x[-1]), far_deg / 2),
    )


def _middle(time_s: Floats, x: Floats, far_deg: float) -> Stroke:
    """The stroke that ends in the last row, in time or against it."""
    high = int(np.argmax(x >= 0.75 * far_deg))
    below = np.flatnonzero(x[: high + 1] <= 0.25 * far_deg)
    low = int(below[-1]) if len(below) else 0
    lasts_s = max(abs(float(time_s[high] - time_s[low])) / BETWEEN_PART, 0.3)
    return Stroke(float(time_s[low] + time_s[high]) / 2 - lasts_s / 2, lasts_s)
