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

EVEN, LEAST_EVEN, MOST_EVEN = 0.25, -0.3, 1.0
"""How much more or less even than minimum jerk strokes are: a cosine is 0.2, one at the same speed
for three quarters of its time 0.75. Of real legs (UCI) they differ by 0.2 to 0.3, their noise in
it. In sway they are taken for rather less than that, as it looks like any shape.
"""

TEMPO_PART = 0.15
"""By how much the times of a set's strokes differ from each other."""

OVERLAP_S = 0.1
"""The way back begins after the way out has ended, or hardly before."""

SHORTEST_STROKE_S = 0.2
"""No stroke is quicker."""

BEGINS, LASTS, LEANS, EVENS = slice(0, 2), slice(2, 4), slice(4, 6), slice(6, 8)
"""Where in the eleven numbers of a fit those of the strokes, out and back, are."""

ENDS, REST, FAR, AFTER = slice(8, 11), 8, 9, 10
"""Where in them the ends are."""

KNOWN = 8
"""So many things are known beforehand: the end, two leans, two evennesses, the order, two times."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the strokes of a set take as a rule, in seconds; shorter ones take nearly as long
    (isochrony, Viviani and Terzuolo 1982).
    """

    out_s: float
    back_s: float


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
    misfit = Misfit(time_s - since_s, x_deg, known)
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
    bends = [s.out.lean, s.back.lean, s.out.even, s.back.even]
    return np.array([*begins, *lasts, *bends, s.rest_deg, s.far_deg, s.after_deg])


def _strokes(values: Floats, since_s: float) -> Strokes:
    values[BEGINS] += since_s
    numbers = values.tolist()
    return Strokes(Stroke(*numbers[0:8:2]), Stroke(*numbers[1:8:2]), *numbers[8:])


def _possible(values: Floats) -> Floats:
    values[LASTS] = np.maximum(values[LASTS], SHORTEST_STROKE_S)
    values[LEANS] = np.minimum(np.maximum(values[LEANS], -MOST_LEAN), MOST_LEAN)
    values[EVENS] = np.minimum(np.maximum(values[EVENS], LEAST_EVEN), MOST_EVEN)
    return values


class Misfit:
    """How far eleven numbers are off: at each of `n` poses, and in what is known beforehand."""

    def __init__(self, time_s: Floats, x_deg: Floats, known: Known) -> None:
        off_deg = ALIKE_TIMES * min(max(known.sway_deg, LEAST_SWAY_DEG), MOST_SWAY_DEG)
        self._off_deg = off_deg
        self._time_s, self._x = time_s, x_deg / off_deg
        self._tempo = known.tempo
        self._return_deg = RETURN_DEG if known.is_back else math.inf
        self._slopes = np.zeros((11, len(x_deg) + KNOWN))
        """Those that are the same for all values."""
        beforehand = self._slopes[:, -KNOWN:]
        beforehand[AFTER, 0] = 1 / self._return_deg
        beforehand[LEANS, 1:3], beforehand[EVENS, 3:5] = np.eye(2) / LEAN, np.eye(2) / EVEN

    def errors(self, values: Floats) -> tuple[Floats, Floats]:
        """How far the strokes are off (n + 8,), and the slopes with each value (n + 8, 11)."""
        n = len(self._x)
        error, slopes = np.empty(n + KNOWN), self._slopes.copy()
        begin_s, lasts_s, lean, even = values[: ENDS.start].reshape(4, 2, 1)
        rest, far, after = (values[ENDS] / self._off_deg).tolist()
        part = np.minimum(np.maximum((self._time_s - begin_s) / lasts_s, 0.0), 1.0)
        left = 1.0 - part
        bow = part * left
        slant = left - part
        straight = part + bow * (lean + even * slant)
        done, by_bend = progress(straight), pace(straight) * [[far - rest], [after - far]]
        turn = 1.0 + lean * slant + even * (1.0 - 6.0 * bow)
        slopes[BEGINS, :n] = begins = by_bend * turn / -lasts_s
        slopes[LASTS, :n] = begins * part
        slopes[LEANS, :n] = leans = by_bend * bow
        slopes[EVENS, :n] = leans * slant
        out, back = done / self._off_deg
        slopes[REST, :n], slopes[FAR, :n], slopes[AFTER, :n] = (
            1.0 / self._off_deg - out,
            out - back,
            back,
        )
        error[:n] = values[ENDS] @ slopes[ENDS, :n] - self._x
        error[n:] = self._known(values.tolist(), slopes[:, n:])
        return error, slopes.T

    def _known(self, values: Sequence[float], slopes: Floats) -> list[float]:
        """How far the strokes are from what is known of people beforehand (8,), with its slopes."""
        begin_s, back_s, out_lasts_s, back_lasts_s, out_lean, back_lean, out_even, back_even = (
            values[: ENDS.start]
        )
        overlap_s = max(begin_s + out_lasts_s - back_s, 0.0)
        error = [
            values[AFTER] / self._return_deg,
            out_lean / LEAN,
            back_lean / LEAN,
            out_even / EVEN,
            back_even / EVEN,
            overlap_s / OVERLAP_S,
        ]
        if overlap_s > 0.0:
            slopes[:3, 5] = 1.0 / OVERLAP_S, -1.0 / OVERLAP_S, 1.0 / OVERLAP_S
        usual = self._tempo
        if usual is None:
            return [*error, 0.0, 0.0]
        slopes[2, 6], slopes[3, 7] = (
            1.0 / (out_lasts_s * TEMPO_PART),
            1.0 / (back_lasts_s * TEMPO_PART),
        )
        return [
            *error,
            math.log(out_lasts_s / usual.out_s) / TEMPO_PART,
            math.log(back_lasts_s / usual.back_s) / TEMPO_PART,
        ]
