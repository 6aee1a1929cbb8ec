"""The two strokes of an attempt, fitted: what sway, noise and a trembling hold leave of them.

Both strokes are laid through the whole attempt at once, so that sway, which no filter can tell
from a slow stroke, is averaged over all of it. What is known of people's strokes beforehand
steadies them where the sway is large. Method: least squares by Levenberg-Marquardt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Expected:
    """The times of a way out and a way back, in seconds, and by which part they differ."""

    out_s: float
    back_s: float
    differ_part: float


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the strokes of a set take as a rule, in seconds, and how far they go."""

    out_s: float
    back_s: float
    far_deg: float

    def expected(self, far_deg: float) -> Expected:
        """What strokes that go so far are expected to take."""
        longer = WAY_POWER * math.log(far_deg / self.far_deg)
        times = math.exp(longer)
        return Expected(self.out_s * times, self.back_s * times, math.hypot(TEMPO_PART, longer))


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
    # Seconds since long ago would cost the fit its last digits.
    since_s = float(time_s[0])
    misfit = Misfit(time_s - since_s, x_deg, known, first.far_deg)
    values = _numbers(first, since_s)
    error, slopes = misfit.errors(values)
    before, damping = float(error @ error), 1e-3
    for _ in range(ROUNDS):
        square = slopes.T @ slopes
        diagonal = square.reshape(-1)[:: len(square) + 1]
        diagonal *= 1.0 + damping
        diagonal += 1e-9
        tried = _possible(values - np.linalg.solve(square, slopes.T @ error))
        tried_error, tried_slopes = misfit.errors(tried)
        after = float(tried_error @ tried_error)
        if after >= before:
            damping *= 8.0
            continue
        mended, before = before - after, after
        values, error, slopes = tried, tried_error, tried_slopes
        damping *= 0.3
        if mended < ENOUGH_PART * (before + mended):
            break
    return _strokes(values, since_s)


def _numbers(s: Strokes, since_s: float) -> Floats:
    begins, lasts = (
        [s.out.begin_s - since_s, s.back.begin_s - since_s],
        [s.out.lasts_s, s.back.lasts_s],
    )
    return np.array([*begins, *lasts, s.out.lean, s.back.lean, s.rest_deg, s.far_deg, s.after_deg])


def _strokes(values: Floats, since_s: float) -> Strokes:
    values[BEGINS] += since_s
    numbers = values.tolist()
    return Strokes(Stroke(*numbers[0:6:2]), Stroke(*numbers[1:6:2]), *numbers[6:])


def _possible(values: Floats) -> Floats:
    values[LASTS] = np.maximum(values[LASTS], SHORTEST_STROKE_S)
    values[LEANS] = np.minimum(np.maximum(values[LEANS], -MOST_LEAN), MOST_LEAN)
    return values


class Misfit:
    """How far nine numbers are off: at each of `n` poses, and in six things known beforehand."""

    def __init__(self, time_s: Floats, x_deg: Floats, known: Known, far_deg: float) -> None:
        off_deg = ALIKE_TIMES * min(max(known.sway_deg, LEAST_SWAY_DEG), MOST_SWAY_DEG)
        self._off_deg = off_deg
        self._time_s, self._x = time_s, x_deg / off_deg
        self._expected = known.tempo.expected(far_deg) if known.tempo else None
        self._return_deg = RETURN_DEG if known.is_back else math.inf
        self._slopes = np.zeros((9, len(x_deg) + 6))
        """Those that are the same for all values."""
        self._slopes[[AFTER, 4, 5], [-6, -5, -4]] = 1 / self._return_deg, 1 / LEAN, 1 / LEAN

    def errors(self, values: Floats) -> tuple[Floats, Floats]:
        """How far the strokes are off (n + 6,), and the slopes with each value (n + 6, 9)."""
        n = len(self._x)
        error, slopes = np.empty(n + 6), self._slopes.copy()
        begin_s, lasts_s, lean = values[:6].reshape(3, 2, 1)
        rest, far, after = (values[6:] / self._off_deg).tolist()
        part = np.minimum(np.maximum((self._time_s - begin_s) / lasts_s, 0.0), 1.0)
        left = 1.0 - part
        bow = part * left
        straight = part + lean * bow
        done, by_bend = progress(straight), pace(straight) * [[far - rest], [after - far]]
        slopes[BEGINS, :n] = begins = by_bend * (1.0 + lean * (left - part)) / -lasts_s
        slopes[LASTS, :n] = begins * part
        slopes[LEANS, :n] = by_bend * bow
        out, back = done / self._off_deg
        slopes[REST, :n], slopes[FAR, :n], slopes[AFTER, :n] = (
            1.0 / self._off_deg - out,
            out - back,
            back,
        )
        error[:n] = values[6:] @ slopes[6:, :n] - self._x
        error[n:] = self._known(values.tolist(), slopes[:, n:])
        return error, slopes.T

    def _known(self, values: Sequence[float], slopes: Floats) -> list[float]:
        """How far the strokes are from what is known of people beforehand (6,), with its slopes."""
        begin_s, back_s, out_lasts_s, back_lasts_s, out_lean, back_lean, _, _, after_deg = values
        overlap_s = max(begin_s + out_lasts_s - back_s, 0.0)
        error = [
            after_deg / self._return_deg,
            out_lean / LEAN,
            back_lean / LEAN,
            overlap_s / OVERLAP_S,
        ]
        if overlap_s > 0.0:
            slopes[:3, 3] = 1.0 / OVERLAP_S, -1.0 / OVERLAP_S, 1.0 / OVERLAP_S
        if self._expected is None:
            return [*error, 0.0, 0.0]
        usual, differ_part = self._expected, self._expected.differ_part
        slopes[2, 4], slopes[3, 5] = (
            1.0 / (out_lasts_s * differ_part),
            1.0 / (back_lasts_s * differ_part),
        )
        return [
            *error,
            math.log(out_lasts_s / usual.out_s) / differ_part,
            math.log(back_lasts_s / usual.back_s) / differ_part,
        ]
