"""How still a segment is and how it is shaken, worked out for many poses at a time, once asked for.

Live few poses are ever asked about, and a call of numpy takes as long for five as for a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats
from imu_reps.motion.filters import RunningMean
from imu_reps.motion.vectors import lengths, spread_deg

STILL_S = 0.6
"""The window in which stillness is judged: the shortest pause that a person would call one."""

SHAKE_S = 1.5
"""The window in which shaking is judged: at least two steps of a walk, longer than one bump."""

SHAKE_LIMIT_MS2 = 4.0
"""What one instant can add to the shaking: a heel on the floor, or a leg dropped on the bench."""

MOST_ROWS = 512
"""So many samples wait until somebody asks, then they are worked out anyhow: memory stays flat."""


class Steadiness(Protocol):
    """What `Poses` tell of `n` poses, beside where they point."""

    @property
    def known(self) -> Steady: ...


@dataclass(frozen=True, slots=True, eq=False)
class Steady:
    """Steadiness that is known: `mean_up` (n, 3), the others (n,)."""

    mean_up: Floats
    spread_deg: Floats
    shake_ms2: Floats
    felt_deg: Floats
    lift_ms2: Floats

    @property
    def known(self) -> Steady:
        return self


class Stillness:
    """How still one was until a moment ago, pose by pose, in one stretch."""

    def __init__(self, rate_hz: float) -> None:
        self._means = RunningMean(STILL_S * rate_hz)

    def update(self, up: Floats) -> tuple[Floats, Floats]:
        """The mean direction (n, 3) and the spread in degrees (n,) until each of poses (n, 3)."""
        means = self._means.update(np.concatenate([up, up * up], axis=1))
        return means[:, :3], spread_deg(means[:, :3], means[:, 3:])


class Windows:
    """What was felt in one stretch until a moment ago; every so many of its samples is a pose."""

    def __init__(self, rate_hz: float, keep_every: int) -> None:
        self._shake = RunningMean(SHAKE_S * rate_hz)
        self._stillness = Stillness(rate_hz / keep_every)
        self._keep_every = keep_every
        self._rows = 0

    def update(self, up: Floats, acc_ms2: Floats) -> Steady:
        """The steadiness of the next poses `up` (n, 3), by all the samples' `acc_ms2` (m, 3)."""
        keep = slice(-self._rows % self._keep_every, None, self._keep_every)
        self._rows += len(acc_ms2)
        excess = np.minimum(np.abs(lengths(acc_ms2) - GRAVITY_MS2), SHAKE_LIMIT_MS2)
        mean_up, felt_deg = self._stillness.update(up)
        shake_ms2 = self._shake.update(excess[:, None])[keep, 0]
        lift_ms2 = (acc_ms2[keep] * up).sum(axis=1) - GRAVITY_MS2
        return Steady(mean_up, felt_deg, shake_ms2, felt_deg, lift_ms2)


class Unasked:
    """Steadiness of poses that follow each other in a stretch, not worked out before it is asked.

    Those that came before them in the stretch must be known.
    """

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._up: list[Floats] = []
        self._acc_ms2: list[Floats] = []
        self._rows = 0
        self.poses = 0
        self.is_asked = False

    def add(self, up: Floats, acc_ms2: Floats) -> None:
        """Some more poses `up` (n, 3), and the accelerations (m, 3) of all samples until then."""
        self._up.append(up)
        self._acc_ms2.append(acc_ms2)
        self._rows += len(acc_ms2)
        self.poses += len(up)

    @cached_property
    def known(self) -> Steady:
        self.is_asked = True
        known = self._windows.update(np.concatenate(self._up), np.concatenate(self._acc_ms2))
        self._up, self._acc_ms2 = [], []
        return known

    def next(self) -> Unasked:
        """Where the poses belong that follow: here, unless these were asked for or are many."""
        if self._rows >= MOST_ROWS:
            _ = self.known
        return Unasked(self._windows) if self.is_asked else self
