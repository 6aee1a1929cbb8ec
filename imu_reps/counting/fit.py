"""The two strokes of an attempt, fitted: what sway, noise and a trembling hold leave of them.

Both strokes are laid through the whole attempt at once, so that sway, which no filter can tell
from a slow stroke, is averaged over all of it. What is known of people's strokes beforehand
steadies them where the sway is large. Method: least squares by Levenberg-Marquardt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.strokes import Stroke, Strokes, pace, progress

ROUNDS = 12
"""So many steps at most; five or six are enough as a rule."""

ENOUGH_PART = 1e-2
"""A step that mends less of the error than this is the last one."""

LEAST_SWAY_DEG, MOST_SWAY_DEG = 0.3, 0.9
"""Poses are taken to be off along the way by what they go aside, within these: nobody is steadier
(domain: 0.3-1 degrees lying), and who goes aside by more goes in an arc.
"""

ALIKE_TIMES = 4.2
"""As neighbours sway alike, the 18 poses of 1.4 s, a period of sway, tell no more than one."""

RETURN_DEG = 1.75
"""How near to rest a stroke is taken to end that was followed only to a tenth of its way."""

LEAN = 0.25
"""How far people's strokes lean: their peak speed comes at 45 to 55 % of the time as a rule."""

MOST_LEAN = 0.6
"""No stroke leans more: from 1 on it would begin or end at full speed."""

TEMPO_PART = 0.15
"""By how much the times of a set's strokes differ from each other."""

WAY_POWER = 0.15
"""Time grows with the way by this power, give or take as much: people take nearly the same time for
a shorter way (isochrony, Viviani and Terzuolo 1982); it would be the root at the same force.
"""

OVERLAP_S = 0.1
"""The way back begins after the way out has ended, or hardly before."""

SHORTEST_STROKE_S = 0.2
"""No stroke is quicker."""

BEGINS, LASTS, LEANS, REST, FAR, AFTER = slice(0, 2), slice(2, 4), slice(4, 6), 6, 7, 8
"""Where in the nine numbers of a fit those of the strokes, out and back, and the ends are."""


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """The times (2,) of a way out and a way back, in seconds, and by which part they differ."""

    usual_s: Floats
    differ_part: float


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the strokes of a set take as a rule, in seconds, and how far they go."""

    out_s: float
    back_s: float
    far_deg: float

    def expected(self, far_deg: float) -> Expected:
        """What strokes that go so far are expected to take."""
        longer = WAY_POWER * float(np.log(far_deg / self.far_deg))
        usual_s = np.array([self.out_s, self.back_s]) * np.exp(longer)
        return Expected(usual_s, float(np.hypot(TEMPO_PART, longer)))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an attempt before its strokes are: how far the segment went aside (RMS),
    whether it went back to rest, wherever the poses end, and the tempo of its set where there is
    one.
    """

    sway_deg: float
    is_back: bool
    tempo: Tempo | None = None


def fitted(time_s: Floats, x_deg: Floats, first: Strokes, known: Known) -> Strokes:
    """The strokes through `x_deg` (n,) at `time_s` (n,), searched from the guess `first`."""
    misfit = Misfit(time_s, x_deg, known, first.far_deg)
    values = np.array(_numbers(first))
    error, slopes = misfit.errors(values)
    damping = 1e-3
    for _ in range(ROUNDS):
        square, downhill = slopes.T @ slopes, slopes.T @ error
        square.flat[:: len(square) + 1] *= 1.0 + damping
        square.flat[:: len(square) + 1] += 1e-9
        tried = _possible(values - np.linalg.solve(square, downhill))
        tried_error, tried_slopes = misfit.errors(tried)
        before, after = error @ error, tried_error @ tried_error
        if after >= before:
            damping *= 8.0
            continue
        values, error, slopes = tried, tried_error, tried_slopes
        damping *= 0.3
        if before - after < ENOUGH_PART * before:
            break
    return _strokes(values)


def _numbers(s: Strokes) -> list[float]:
    begins, lasts = [s.out.begin_s, s.back.begin_s], [s.out.lasts_s, s.back.lasts_s]
    return [*begins, *lasts, s.out.lean, s.back.lean, s.rest_deg, s.far_deg, s.after_deg]


def _strokes(values: Floats) -> Strokes:
    numbers = values.tolist()
    return Strokes(Stroke(*numbers[0:6:2]), Stroke(*numbers[1:6:2]), *numbers[6:])


def _possible(values: Floats) -> Floats:
    values[LASTS] = np.maximum(values[LASTS], SHORTEST_STROKE_S)
    values[LEANS] = np.clip(values[LEANS], -MOST_LEAN, MOST_LEAN)
    return values


class Misfit:
    """How far nine numbers are off: at each of `n` poses, and in six things known beforehand."""

    def __init__(self, time_s: Floats, x_deg: Floats, known: Known, far_deg: float) -> None:
        self._time_s = time_s
        self._x = x_deg
        self._off_deg = ALIKE_TIMES * min(max(known.sway_deg, LEAST_SWAY_DEG), MOST_SWAY_DEG)
        self._expected = known.tempo.expected(far_deg) if known.tempo else None
        self._is_back = known.is_back

    def errors(self, values: Floats) -> tuple[Floats, Floats]:
        """How far the strokes are off (n + 6,), and the slopes with each value (n + 6, 9)."""
        n = len(self._x)
        error, slopes = np.zeros(n + 6), np.zeros((9, n + 6))
        begin_s, lasts_s, lean = values[:6].reshape(3, 2, 1)
        rest_deg, far_deg, after_deg = values[6:].tolist()
        way_deg = np.array([[far_deg - rest_deg], [after_deg - far_deg]])
        part = np.minimum(np.maximum((self._time_s - begin_s) / lasts_s, 0.0), 1.0)
        left = 1.0 - part
        straight = part * (1.0 + lean * left)
        done, by_bend = progress(straight), way_deg * pace(straight)
        slopes[BEGINS, :n] = by_bend * (1.0 + lean * (left - part)) / -lasts_s
        slopes[LASTS, :n] = slopes[BEGINS, :n] * part
        slopes[LEANS, :n] = by_bend * part * left
        slopes[REST, :n], slopes[FAR, :n], slopes[AFTER, :n] = (
            1.0 - done[0],
            done[0] - done[1],
            done[1],
        )
        error[:n] = values[6:] @ slopes[6:, :n] - self._x
        error[:n] /= self._off_deg
        slopes[:, :n] /= self._off_deg
        self._known(values, error[n:], slopes[:, n:])
        return error, slopes.T

    def _known(self, values: Floats, error: Floats, slopes: Floats) -> None:
        """Put in how far the strokes are from what is known of people beforehand."""
        if self._is_back:
            error[0], slopes[AFTER, 0] = values[AFTER] / RETURN_DEG, 1.0 / RETURN_DEG
        error[1:3] = values[LEANS] / LEAN
        slopes[4, 1] = slopes[5, 2] = 1.0 / LEAN
        overlap_s = values[0] + values[2] - values[1]
        if overlap_s > 0.0:
            error[3] = overlap_s / OVERLAP_S
            slopes[:3, 3] = np.array([1.0, -1.0, 1.0]) / OVERLAP_S
        if self._expected is not None:
            differ_part = self._expected.differ_part
            error[4:] = np.log(values[LASTS] / self._expected.usual_s) / differ_part
            slopes[2, 4], slopes[3, 5] = 1.0 / (values[LASTS] * differ_part)
