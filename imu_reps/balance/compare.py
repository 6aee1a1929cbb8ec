"""Left against right: Bishop's difference, its interval, and a verdict that errs on "not enough".

The difference is (right - left) / the larger of the two, in percent, + = right higher (Bishop's
percent difference for unilateral tests, signed). Its interval comes from a bootstrap of the log
ratio of the means over reps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import bootstrap

from imu_reps.core.samples import Floats

Verdict = Literal["balanced", "left_higher", "right_higher", "not_enough_data"]

FORMULA = "Bishop: 100 * (right - left) / max(left, right); + = right higher"

BALANCED_PERCENT = 10.0
"""Healthy legs differ by about as much (single-leg bridge: 0.4 +- 9.6 %, 100 players)."""

LEAST_REPS = 3
"""Fewer have no spread to speak of."""

RESAMPLES = 2000
SEED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of both legs; None where a value is not known. `reason` says why no verdict."""

    metric: str
    left: float | None
    right: float | None
    difference_percent: float | None
    ci95: tuple[float, float] | None
    verdict: Verdict
    reason: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "metric": self.metric,
            "left": _rounded(self.left),
            "right": _rounded(self.right),
            "difference_percent": _rounded(self.difference_percent),
            "ci95": None if self.ci95 is None else [round(bound, 4) for bound in self.ci95],
            "verdict": self.verdict,
            "reason": self.reason,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def percent(ratio: float) -> float:
    """Bishop's signed percent difference for right / left."""
    return 100.0 * (ratio - 1.0) / max(ratio, 1.0)


def difference_percent(left: float, right: float) -> float | None:
    """Bishop's signed percent difference; None where both are zero or one is negative."""
    larger = max(left, right)
    return 100.0 * (right - left) / larger if larger > 0 and min(left, right) >= 0 else None


def compare(metric: str, left: Floats, right: Floats, tells: float) -> Row:
    """The row of a metric with these values (n,), (m,) of the reps of each leg."""
    if not len(left) or not len(right):
        return withheld(metric, left, right, "one leg has no reps")
    means = float(left.mean()), float(right.mean())
    difference = difference_percent(*means)
    if difference is None or min(means) <= 0 or min(len(left), len(right)) < LEAST_REPS:
        reason = "a mean of zero" if min(means) <= 0 else f"fewer than {LEAST_REPS} of a leg"
        return Row(metric, *means, difference, None, "not_enough_data", reason)
    interval = _interval(left, right)
    verdict = _verdict(difference, interval, _least_percent(left, right, tells))
    unclear = "the reps differ too much among themselves"
    return Row(
        metric,
        *means,
        difference,
        interval,
        verdict,
        unclear if verdict == "not_enough_data" else None,
    )


def withheld(metric: str, left: Floats, right: Floats, reason: str) -> Row:
    """A row whose sides are told but not compared."""
    means = [float(side.mean()) if len(side) else None for side in (left, right)]
    return Row(metric, means[0], means[1], None, None, "not_enough_data", reason)


def _interval(left: Floats, right: Floats) -> tuple[float, float]:
    if np.ptp(left) == 0 and np.ptp(right) == 0:
        bound = percent(float(right[0] / left[0]))
        return bound, bound
    found = bootstrap(
        (left, right),
        lambda some, others, axis: np.log(others.mean(axis=axis) / some.mean(axis=axis)),
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return percent(float(np.exp(found.low))), percent(float(np.exp(found.high)))


def _least_percent(left: Floats, right: Floats, tells: float) -> float:
    """What a difference must exceed: 10 %, both legs' own variation, what the sensor can tell."""
    varies = [100.0 * float(side.std(ddof=1) / side.mean()) for side in (left, right)]
    told = 100.0 * tells / max(float(left.mean()), float(right.mean()))
    return max(BALANCED_PERCENT, *varies, told)


def _verdict(difference: float, interval: tuple[float, float], least_percent: float) -> Verdict:
    low, high = interval
    if max(abs(low), abs(high)) <= BALANCED_PERCENT:
        return "balanced"
    excludes_zero = low > 0 or high < 0
    if excludes_zero and abs(difference) > least_percent:
        return "right_higher" if difference > 0 else "left_higher"
    return "not_enough_data"
