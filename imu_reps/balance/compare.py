"""Left against right: Bishop's difference, its interval, and a verdict that errs on "not enough".

The difference is (right - left) / the larger of the two, in percent, + = right higher (Bishop's
percent difference for unilateral tests, signed). Its interval comes from a bootstrap of the log
ratio of the means over reps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from imu_reps.core.samples import Floats

Verdict = Literal["balanced", "left_higher", "right_higher", "not_enough_data"]

FORMULA = "Bishop: 100 * (right - left) / max(left, right); + = right higher"

BALANCED_PERCENT = 10.0
"""Healthy legs differ by about as much (single-leg bridge: 0.4 +- 9.6 %, 100 players)."""

LEAST_REPS = 3
"""Fewer have no spread to speak of."""

ALARM = 0.05
"""An interval misses the truth in 5 % of sessions; so may all the verdicts on a side together."""

RESAMPLES = 2000
SEED = 20

LEAST_PART = 0.01
"""Of the mean: resampled reps that were hardly held have a logarithm all the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of both legs; None where a value is not known. `reason` says why no verdict.

    `n` is how many values of each leg were compared; `lsi_percent` the limb symmetry index, only
    where somebody has named the involved leg.
    """

    metric: str
    left: float | None
    right: float | None
    difference_percent: float | None
    ci95: tuple[float, float] | None
    verdict: Verdict
    reason: str | None = None
    n: tuple[int, int] = (0, 0)
    lsi_percent: float | None = None

    def as_dict(self) -> dict[str, object]:
        told: dict[str, object] = {
            "metric": self.metric,
            "left": _rounded(self.left),
            "right": _rounded(self.right),
            "difference_percent": _rounded(self.difference_percent),
            "ci95": None if self.ci95 is None else [round(bound, 4) for bound in self.ci95],
            "verdict": self.verdict,
            "reason": self.reason,
            "n": list(self.n),
        }
        if self.lsi_percent is not None:
            told["lsi_percent"] = _rounded(self.lsi_percent)
        return told


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True, slots=True)
class _Ratio:
    """The logarithm of right / left, its standard error, and the error's degrees of freedom."""

    log: float
    error: float
    freedom: float

    def interval(self, alarm: float) -> tuple[float, float]:
        """The differences in percent between which the true one is, but for a part `alarm`."""
        # scipy takes a while to import: only who compares legs waits for it.
        from scipy.special import stdtrit  # noqa: PLC0415

        wide = float(stdtrit(self.freedom, 1 - alarm / 2)) * self.error if self.error else 0.0
        return percent(float(np.exp(self.log - wide))), percent(float(np.exp(self.log + wide)))


def percent(ratio: float) -> float:
    """Bishop's signed percent difference for right / left."""
    return 100.0 * (ratio - 1.0) / max(ratio, 1.0)


def difference_percent(left: float, right: float) -> float | None:
    """Bishop's signed percent difference; None where both are zero or one is negative."""
    larger = max(left, right)
    return 100.0 * (right - left) / larger if larger > 0 and min(left, right) >= 0 else None


def compare(metric: str, left: Floats, right: Floats, tells: float, rows: int = 1) -> Row:
    """The row of a metric with these values (n,), (m,) of the reps of each leg.

    `rows` is how many metrics are judged side by side: the more there are, the less each may say
    by chance, so that all of them together call a side in error in `ALARM` of sessions at most.
    """
    if not len(left) or not len(right):
        which = "one leg has no reps" if len(left) or len(right) else "neither leg has reps"
        return withheld(metric, left, right, which)
    n = len(left), len(right)
    means = float(left.mean()), float(right.mean())
    difference = difference_percent(*means)
    if difference is None or min(means) <= 0 or min(n) < LEAST_REPS:
        reason = "a mean of zero" if min(means) <= 0 else f"fewer than {LEAST_REPS} of a leg"
        return Row(metric, *means, difference, None, "not_enough_data", reason, n)
    ratio = _ratio(left, right)
    interval = ratio.interval(ALARM)
    if max(map(abs, interval)) <= BALANCED_PERCENT:
        return Row(metric, *means, difference, interval, "balanced", None, n)
    doubt = _doubt(difference, interval, left, right, tells)
    if doubt is None and _has_zero(ratio.interval(ALARM / rows)):
        sure = f"{100 * (1 - ALARM / rows):.1f} %"
        doubt = f"{rows} rows are judged together, each at {sure}, and that interval reaches zero"
    side: Verdict = "right_higher" if difference > 0 else "left_higher"
    return Row(metric, *means, difference, interval, "not_enough_data" if doubt else side, doubt, n)


def withheld(metric: str, left: Floats, right: Floats, reason: str) -> Row:
    """A row whose sides are told but not compared."""
    means = [float(side.mean()) if len(side) else None for side in (left, right)]
    n = len(left), len(right)
    return Row(metric, means[0], means[1], None, None, "not_enough_data", reason, n)


def _ratio(left: Floats, right: Floats) -> _Ratio:
    """The log ratio of the means, its error bootstrapped over each leg's reps."""
    parts = [_variance(side) for side in (left, right)]
    log = float(np.log(right.mean() / left.mean()))
    total = sum(parts)
    if not total:
        return _Ratio(log, 0.0, 1.0)
    # Welch and Satterthwaite: each leg has its own spread and its own number of reps.
    inner = sum(part**2 / (len(side) - 1) for part, side in zip(parts, (left, right), strict=True))
    return _Ratio(log, float(np.sqrt(total)), total**2 / inner)


def _variance(values: Floats) -> float:
    """The variance of the logarithm of the mean of these reps (n,)."""
    # Half a second to import, as above.
    from scipy.stats import bootstrap  # noqa: PLC0415

    if np.ptp(values) == 0:
        return 0.0
    least = LEAST_PART * values.mean()
    found = bootstrap(
        (values,),
        lambda some, axis: np.log(np.maximum(some.mean(axis=axis), least)),
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    # A resample of n reps spreads as if there were n - 1 of them.
    return float(found.standard_error) ** 2 * len(values) / (len(values) - 1)


def _has_zero(interval: tuple[float, float]) -> bool:
    return interval[0] <= 0 <= interval[1]


def _doubt(
    difference: float, interval: tuple[float, float], left: Floats, right: Floats, tells: float
) -> str | None:
    """Why this row by itself, with its 95 % interval, calls no leg higher; None where it does.

    The difference must exceed 10 %, both legs' own variation, and what the sensor can tell.
    """
    means = float(left.mean()), float(right.mean())
    varies = max(100.0 * float(side.std(ddof=1) / side.mean()) for side in (left, right))
    if _has_zero(interval):
        return "too much variation within a leg to tell it from chance"
    if abs(difference) <= 100.0 * tells / max(means):
        return "smaller than what the sensor can tell"
    if abs(difference) <= BALANCED_PERCENT:
        return "under 10 %, and the interval reaches beyond"
    if abs(difference) <= varies:
        return "smaller than a leg's own variation"
    return None
