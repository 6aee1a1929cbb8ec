"""Does the gyro tell of the same turns as gravity does?

Whoever follows a sensor's turns by a sound gyro feels gravity stand still, while it goes to and fro
in the sensor's own frame. With a wrong scale, swapped axes or a dead gyro it goes on moving; tilt
from such a gyro is worse than tilt without. What pushes a limb beside gravity comes and goes within
a stroke, and what a bias adds up to goes one way. Found in 18 of 64 thigh and ankle recordings of
the UCI physical therapy set (all on two persons' thighs): gravity moves by 1.2 to 4.7 times as far
there, in the others by 0.05 to 0.5.
"""

from __future__ import annotations

import math
import sys
from enum import Enum

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples, joined
from imu_reps.motion.turning import followed
from imu_reps.motion.vectors import lengths, unit

WINDOW_S, BLOCK_S = 4.8, 0.8
"""A rep or most of one, seen as so many means: what pushes a limb is less in them, its turn is not.
With means of 0.4 s one sound gyro of forty was taken for a lying one, as people swayed; with these
none of 952 stretches without a gap.
"""

STEP_S = 0.04
"""Turns are added up by their means over so long: a limb's axis stands as good as still in it."""

LEVEL_DEG, PUSHED_PART, SOUND_PART = 0.8, 0.65, 0.12
"""So far gravity seems to move, RMS, with a sound gyro: by itself, by a part of what the limb is
pushed beside it, and by a part of how far it moves in the sensor's frame. Where that is 8 degrees
and more, 98 of 100 windows of simulated training and walking are below 0.22 of it, and of real legs
below 0.26.
"""

TURN_TIMES = 3.0
"""What moves by less than so many times that part of it tells nothing: sway, or a walk."""

WRONG_PART, ODD_PART = 1.5, 0.05
"""With a lying gyro it moves anyhow within so large a part, or more; so it seems with sound ones in
so many windows, as a limb may be pushed for long.
"""

MORE_PART = 1.2
"""It never moves by more than that with a sound one (1.03 at most in 7,000 windows)."""

SOUND_WEIGHT, LIES_WEIGHT = 1.0, -4.0
"""Natural logarithm: a sound gyro is as good as known after one clear window, a lying one, as there
are few, when it is fifty times likelier, after two, or one in which gravity moves all the more.
"""

QUIET_DEG, UNTOLD = 2.5, 3
"""RMS about the mean of who does not turn; and so many windows in which somebody does, unpushed, by
too little to tell: then the gyro is believed until something speaks against it.
"""

ALL = sys.maxsize
"""More rows than there will be."""


class Verdict(Enum):
    """What is known of a gyro."""

    OPEN = "open"
    SOUND = "sound"
    LIES = "lies"


class GyroCheck:
    """Samples of a stretch in; a verdict, and since which row it holds."""

    def __init__(self, rate_hz: float, weight: float = 0.0) -> None:
        self.verdict = Verdict.OPEN
        self.weight = weight
        """How much likelier it is sound (natural logarithm), by an earlier stretch at first."""
        self.rows = 0
        """Rows judged until the verdict, or so far."""
        self.believed = 0
        """Up to this row nothing has spoken against the gyro, `ALL` while nothing is asked."""
        self._untold = 0
        self._rate_hz = rate_hz
        self._block = _block(rate_hz)
        self._window = round(WINDOW_S / BLOCK_S) * self._block
        self._waiting: list[Samples] = []
        self._waits = 0

    def update(self, samples: Samples) -> None:
        """Judge by these samples, window by window, until a verdict is found."""
        if self.verdict is not Verdict.OPEN:
            return
        self._waiting.append(samples)
        self._waits += len(samples)
        if self._waits < self._window:
            return
        known = joined(self._waiting)
        while self._waits >= self._window and self.verdict is Verdict.OPEN:
            self._judge(known[: self._window])
            known = known[self._window :]
            self._waits -= self._window
        self._waiting = [known]

    def _judge(self, window: Samples) -> None:
        self.rows += len(window)
        level_deg, directions = self._level_deg(window), _directions(window.acc_ms2, self._block)
        told = self._weight_of(window, _moves_deg(directions), level_deg)
        self.weight += told
        if self.weight > SOUND_WEIGHT:
            self.verdict = Verdict.SOUND
        elif self.weight < LIES_WEIGHT:
            self.verdict = Verdict.LIES
        elif self.weight < 0.0:
            self.believed = min(self.believed, self.rows)
        elif told > 0.0 or _goes_deg(directions) < QUIET_DEG:
            # Who is about to turn may have begun to in the last moment.
            self.believed = max(self.believed, self.rows - self._block)
        elif level_deg < 2.0 * LEVEL_DEG:
            self._untold += 1
            if self._untold >= UNTOLD:
                self.believed = ALL

    def _level_deg(self, window: Samples) -> float:
        """How far gravity seems to move because the limb is pushed, and by itself."""
        felt_ms2 = lengths(window.acc_ms2).reshape(-1, self._block)
        pushed_ms2 = np.abs(felt_ms2 - felt_ms2.mean(axis=1, keepdims=True)).mean()
        return math.hypot(LEVEL_DEG, PUSHED_PART * math.degrees(pushed_ms2 / GRAVITY_MS2))

    def _weight_of(self, window: Samples, turns_deg: float, level_deg: float) -> float:
        """How much likelier a sound gyro is after this (natural logarithm)."""
        least_deg = TURN_TIMES * level_deg
        assert window.gyr_rads is not None
        if max(turns_deg, self._turned_deg(window.gyr_rads)) < least_deg:
            return 0.0
        moves_deg = _moves_deg(_followed(self._rate_hz, window.gyr_rads, window.acc_ms2))
        if moves_deg > MORE_PART * max(turns_deg, least_deg):
            return LIES_WEIGHT - SOUND_WEIGHT
        if turns_deg < least_deg:
            return 0.0
        sound_deg = math.hypot(level_deg, SOUND_PART * turns_deg)
        sound = math.exp(-0.5 * (moves_deg / sound_deg) ** 2) / (sound_deg * math.sqrt(math.pi / 2))
        return math.log((1.0 - ODD_PART) * sound * WRONG_PART * turns_deg + ODD_PART)

    def _turned_deg(self, gyr_rads: Floats) -> float:
        """How far one turns at these rates (n, 3), RMS about an even turn, more or less."""
        turned = np.cumsum(gyr_rads - gyr_rads.mean(axis=0), axis=0) / self._rate_hz
        return _goes_deg(turned)


def gravity_goes_deg(rate_hz: float, samples: Samples, bias_rads: Floats) -> float:
    """How far gravity seems to move, RMS, to who follows these turns with such a bias (3,)."""
    block = _block(rate_hz)
    known = samples[: len(samples) // block * block]
    assert known.gyr_rads is not None
    if not len(known):
        return 0.0
    return _goes_deg(_followed(rate_hz, known.gyr_rads - bias_rads, known.acc_ms2))


def _step(rate_hz: float) -> int:
    return max(1, round(STEP_S * rate_hz))


def _block(rate_hz: float) -> int:
    step = _step(rate_hz)
    return step * max(1, round(BLOCK_S * rate_hz / step))


def _followed(rate_hz: float, gyr_rads: Floats, acc_ms2: Floats) -> Floats:
    """The directions (m, 3) of whole blocks of what was felt (n, 3), seen by who follows these
    turns (n, 3).
    """
    step = _step(rate_hz)
    rates = gyr_rads.reshape(-1, step, 3).mean(axis=1)
    felt = acc_ms2.reshape(-1, step, 3).mean(axis=1)
    # What is felt is of a step's middle: so are the turns, from the middle of the one before.
    rates[1:] = (rates[1:] + rates[:-1]) / 2.0
    return _directions(followed(rate_hz / step, rates, felt), _block(rate_hz) // step)


def _directions(felt: Floats, block: int) -> Floats:
    """The directions (m, 3) of the means of what was felt (n, 3), block by block."""
    return unit(felt.reshape(-1, block, 3).mean(axis=1))


def _goes_deg(directions: Floats) -> float:
    """How far these (n, 3) move, RMS about their mean."""
    off = directions - directions.mean(axis=0)
    return math.degrees(math.sqrt(float((off * off).sum()) / len(off)))


def _moves_deg(directions: Floats) -> float:
    """How far these (n, 3) move, RMS about an even drift."""
    time = np.linspace(-1.0, 1.0, len(directions))[:, None]
    return _goes_deg(directions - time * (time * directions).sum(axis=0) / (time * time).sum())
