"""How likely is it that a segment lies like this, at the rest end and at the far end of a rep?

Two witnesses tell how it lies, each by an angle from upright and neither whether forwards or back:
the steps of a walk before, and the way from the axis to the sensor, which lies along a segment
that turns about a joint at its end. A strap may have been pulled after the walk, and a leg may
turn about something else than its own joint: so either may be wrong altogether.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from imu_reps.core.movement import Axis, View
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount

Leans = tuple[float, float]
"""Degrees from upright, 0 to 180, at the rest end and at the far end."""

LEAN_SPREAD_DEG, FREE_SPREAD_DEG = 20.0, 25.0
"""How differently people lie and stand, and hold a leg that bears nothing."""

ANYHOW = 0.05
"""How likely somebody lies as nobody else does."""

OTHER_WAY = 0.2
"""How likely a free leg turns against its profile: it may go with the pelvis, or beside the leg
that works."""

WALK_ERROR_DEG, NO_WALK = 10.0, 0.25
"""How far a limb's mean lean in a walk is from upright (it bends at hip and knee); and how likely
what looked like a walk was none, or the strap has been pulled since."""

AXIS_ERROR_DEG = 15.0
"""A strap sits on the flesh, some centimetres beside the bone's line, 10 to 40 from the joint."""

NO_AXIS: dict[Axis, float] = {"lower": 0.05, "either": 0.1, "carried": 0.2}
"""How likely a segment does not turn about its own end after all: least where a heel is planted
or a hip stands, most where the joints themselves are carried along.
"""

FREE = (Mount.FREE_THIGH, Mount.FREE_ANKLE)

_ROUND_DEG = np.arange(-180.0, 180.0, 3.0)


def lean_likelihood(
    view: View, place: Mount, turn_deg: float, walk: Leans | None, axis: Leans | None
) -> float:
    """How likely such leans are, up to a factor that is the same for all views and places.

    `walk` are those of the segment, as a walk tells them, `axis` those of the way from the axis to
    the sensor; None where nothing tells them. `turn_deg` is the angle between the two ends.
    """
    seen = _lies(view, place)
    if walk is not None:
        seen = seen * _witness(_fit(walk, turn_deg, WALK_ERROR_DEG), NO_WALK)
    if axis is not None:
        seen = seen * _witness(_axis_fit(view, axis, turn_deg), NO_AXIS[view.axis])
    return float(seen.sum())


@cache
def _lies(view: View, place: Mount) -> Floats:
    """How likely (2, n) a rest end leans back by each of `_ROUND_DEG`, and the turn goes back from
    there, or forwards.
    """
    if view.pitch_deg is None:
        return np.full((2, len(_ROUND_DEG)), 0.5 / len(_ROUND_DEG))
    spread_deg, other = (FREE_SPREAD_DEG, OTHER_WAY) if place in FREE else (LEAN_SPREAD_DEG, 0.0)
    off_deg = (_ROUND_DEG - view.pitch_deg[0] + 180.0) % 360.0 - 180.0
    usual = np.exp(-0.5 * (off_deg / spread_deg) ** 2)
    rest = (1.0 - ANYHOW) * usual / usual.sum() + ANYHOW / len(usual)
    ways = [1.0 - other, other] if view.pitch_deg[1] > view.pitch_deg[0] else [other, 1.0 - other]
    lies: Floats = np.outer(ways, rest)
    return lies


def _axis_fit(view: View, leans: Leans, turn_deg: float) -> Floats:
    """How well (2, n) the way from the axis agrees with how the segment lies: it points up along
    the segment from a joint at its lower end, down from one at its upper end.
    """
    fit = _fit(leans, turn_deg, AXIS_ERROR_DEG)
    if view.axis == "lower":
        return fit
    both: Floats = (fit + _fit((180.0 - leans[0], 180.0 - leans[1]), turn_deg, AXIS_ERROR_DEG)) / 2
    return both


def _fit(leans: Leans, turn_deg: float, error_deg: float) -> Floats:
    """How well (2, n) leans agree with a rest end at `_ROUND_DEG` and a turn back or forwards."""
    rest_miss = (leans[0] - np.abs(_ROUND_DEG)) / error_deg
    ends_deg = _ROUND_DEG + np.array([[turn_deg], [-turn_deg]])
    far_miss = (leans[1] - _from_upright_deg(ends_deg)) / error_deg
    fit: Floats = np.exp(-0.5 * (rest_miss * rest_miss + far_miss * far_miss))
    return fit


def _witness(fit: Floats, wrong: float) -> Floats:
    """The fit (2, n) as told by a witness who is wrong so often, and then says anything."""
    mixed: Floats = (1.0 - wrong) * fit + wrong * fit.mean()
    return mixed


def _from_upright_deg(lean_deg: Floats) -> Floats:
    """The angle from upright, 0 to 180, of a lean to any side."""
    round_deg: Floats = np.abs(lean_deg) % 360.0
    return np.minimum(round_deg, 360.0 - round_deg)
