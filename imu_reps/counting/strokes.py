"""The two strokes of an attempt, fitted: what sway, noise and a trembling hold leave of them.

A stroke of a limb follows the minimum-jerk curve (Flash and Hogan 1985). Two of them, out to the
far end and back, are laid through the whole attempt at once, so that sway, which no filter can
tell from a slow stroke, is averaged over all of it. Method: least squares by Levenberg-Marquardt.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from imu_reps.core.samples import Floats

ROUNDS = 12
"""So many steps at most; five or six are enough as a rule."""

ENOUGH_PART = 1e-3
"""A step that mends less of the error than this is the last one."""

SWAY_DEG = 1.0
"""What the poses are taken to be off by (domain: 0.3-1 lying, 1-5 on one leg)."""

RETURN_DEG = 0.7
"""How near to rest a stroke is taken to end that was followed only to a tenth of its way."""

SHORTEST_STROKE_S = 0.2
"""No stroke is quicker."""

_PART = np.linspace(0.0, 1.0, 513)


def progress(part: Floats) -> Floats:
    """How far (n,), 0 to 1, a minimum-jerk stroke is after these parts (n,) of its time."""
    u = np.clip(part, 0.0, 1.0)
    done: Floats = u * u * u * (10.0 - 15.0 * u + 6.0 * u * u)
    return done


def part_at(done: float) -> float:
    """The part of its time after which a stroke has come so far."""
    return float(np.interp(done, progress(_PART), _PART))


PEAK_SPEED = 1.875
"""Of a stroke of length and time one, half-way."""

SLOW_PART = float(_PART[np.argmax((_PART * (1 - _PART)) ** 2 >= 0.1 / 16)])
"""Until this part of its time, and for as long at its end, a stroke has less than 10 % of that."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Out from `rest_deg` to `far_deg`, back from there to `after_deg`: when each begins and how
    long it takes, in seconds and degrees of excursion.
    """

    out_begin_s: float
    out_s: float
    back_begin_s: float
    back_s: float
    rest_deg: float
    far_deg: float
    after_deg: float


def fitted(time_s: Floats, x_deg: Floats, first: Strokes, *, is_back: bool) -> Strokes:
    """The strokes through `x_deg` (n,) at `time_s` (n,), searched from the guess `first`.

    `is_back`: the second one went on to rest, wherever the excursions end.
    """
    weights = np.full(len(x_deg) + 1, 1.0 / SWAY_DEG)
    weights[-1] = 1.0 / RETURN_DEG if is_back else 0.0
    values = np.array(astuple(first))
    error, slopes = _errors(values, time_s, x_deg, weights)
    damping = 1e-2
    for _ in range(ROUNDS):
        square, downhill = slopes.T @ slopes, slopes.T @ error
        scale = np.diag(np.diag(square) + 1e-9)
        tried = values - np.linalg.solve(square + damping * scale, downhill)
        tried[[1, 3]] = np.maximum(tried[[1, 3]], SHORTEST_STROKE_S)
        tried_error, tried_slopes = _errors(tried, time_s, x_deg, weights)
        before, after = error @ error, tried_error @ tried_error
        if after >= before:
            damping *= 8.0
            continue
        values, error, slopes = tried, tried_error, tried_slopes
        damping *= 0.3
        if before - after < ENOUGH_PART * before:
            break
    return Strokes(*values.tolist())


def _errors(
    values: Floats, time_s: Floats, x_deg: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """How far the strokes are off (n + 1,), and how that changes with each value (n + 1, 7)."""
    out_begin_s, out_s, back_begin_s, back_s, rest_deg, far_deg, after_deg = values
    out, out_slope = _stroke((time_s - out_begin_s) / out_s)
    back, back_slope = _stroke((time_s - back_begin_s) / back_s)
    up_deg, down_deg = far_deg - rest_deg, far_deg - after_deg
    slopes = np.zeros((len(time_s) + 1, 7))
    slopes[:-1, 0] = -up_deg * out_slope / out_s
    slopes[:-1, 1] = slopes[:-1, 0] * np.clip((time_s - out_begin_s) / out_s, 0.0, 1.0)
    slopes[:-1, 2] = down_deg * back_slope / back_s
    slopes[:-1, 3] = slopes[:-1, 2] * np.clip((time_s - back_begin_s) / back_s, 0.0, 1.0)
    slopes[:-1, 4], slopes[:-1, 5], slopes[:-1, 6] = 1.0 - out, out - back, back
    slopes[-1, 6] = 1.0
    error = np.append(rest_deg + up_deg * out - down_deg * back - x_deg, after_deg)
    return error * weights, slopes * weights[:, None]


def _stroke(part: Floats) -> tuple[Floats, Floats]:
    """Progress and its slope (n,) after these parts of the time."""
    u = np.clip(part, 0.0, 1.0)
    return progress(u), 30.0 * (u * (1.0 - u)) ** 2
