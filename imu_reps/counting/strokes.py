"""How a limb goes out to the far end of an attempt and back: two strokes, each with its shape.

A stroke of a limb follows the minimum-jerk curve (Flash and Hogan 1985), give or take: people are
quickest a little before or after the middle of it, and slow strokes keep a more even speed. That
lean and that evenness are bends of the stroke's own time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from imu_reps.core.samples import Floats

SLOW_PART = 0.10
"""Of its peak speed: what is slower belongs to the hold beside the stroke (contract)."""

PARTS = np.linspace(0.0, 1.0, 513)
"""Where in its time a stroke's speed is looked at: each 4 ms of two seconds."""


def bent(part: Floats, lean: float, even: float) -> Floats:
    """The parts (n,) of the time of a stroke of that shape, as those of a plain one."""
    left = 1.0 - part
    bend: Floats = part + part * left * (lean + even * (left - part))
    return bend


def progress(part: Floats) -> Floats:
    """How far (n,), 0 to 1, a minimum-jerk stroke is after these parts (n,) of its time."""
    done: Floats = part * part * part * (10.0 - part * (15.0 - 6.0 * part))
    return done


def pace(part: Floats) -> Floats:
    """How fast (n,) it goes then, in its lengths per its time."""
    speed: Floats = 30.0 * (part * (1.0 - part)) ** 2
    return speed


_DONE = progress(PARTS)


def part_at(done: float) -> float:
    """The part of its time after which a stroke without a lean has come so far."""
    return float(np.interp(done, _DONE, PARTS))


BETWEEN_PART = part_at(0.75) - part_at(0.25)
"""Of its time a minimum-jerk stroke takes from a quarter of its way to three quarters: 28 %."""

LOW_PART = part_at(0.1)
"""Of its time it takes for the first tenth of its way, or the last: 25 %."""


def rested_s(time_s: Floats, x_deg: Floats) -> float:
    """How long one stayed between the far ends with which these excursions (n,) begin and end,
    beside the time that it takes to turn round slowly.
    """
    low = int(x_deg.argmin())
    x = x_deg - x_deg[low]
    return _beside_s(time_s[low:], x[low:]) + _beside_s(-time_s[low::-1], x[low::-1])


def _beside_s(time_s: Floats, x_deg: Floats) -> float:
    """How long one stayed before the stroke that leads from rest to the last of these (n,)."""
    after_s = [time_s[int((x_deg >= part * x_deg[-1]).argmax())] for part in (0.1, 0.25, 0.75)]
    lasts_s = (after_s[2] - after_s[1]) / BETWEEN_PART
    return float(after_s[0] - time_s[0] - LOW_PART * lasts_s)


BLUR_TIMES = 28.0 / 12.0
"""A minimum-jerk stroke's speed is spread over its time with a variance of that time squared / 28,
a mean's weight over its moment with one of that moment squared / 12; variances add up.
"""


@dataclass(frozen=True)
class Stroke:
    """One stroke: when it begins and how long it lasts, in seconds; a lean above 0 is an early one,
    an evenness above 0 makes its ends quicker and its middle slower. Its parts of time `u` are
    those of a minimum-jerk stroke at `u + u * (1 - u) * (lean + even * (1 - 2 * u))`.
    """

    begin_s: float
    lasts_s: float
    lean: float = 0.0
    even: float = 0.0

    @property
    def end_s(self) -> float:
        return self.begin_s + self.lasts_s

    @property
    def middle_s(self) -> float:
        """When half of its time is over."""
        return self.begin_s + self.lasts_s / 2

    def at_s(self, done: float) -> float:
        """When it has come so far, 0 to 1."""
        way = progress(bent(PARTS, self.lean, self.even))
        return self.begin_s + self.lasts_s * float(np.interp(done, way, PARTS))

    def brisk_s(self) -> tuple[float, float]:
        """From when and until when it is not slow."""
        speed = self._speed
        first, last = PARTS[np.flatnonzero(speed >= SLOW_PART * speed.max())[[0, -1]]].tolist()
        return self.begin_s + self.lasts_s * first, self.begin_s + self.lasts_s * last

    def without_blur(self, over_s: float) -> Stroke:
        """The stroke about the same middle whose means over so long this is, more or less."""
        least_s = self.lasts_s / 2
        lasts_s = max(math.sqrt(max(self.lasts_s**2 - BLUR_TIMES * over_s**2, 0.0)), least_s)
        return Stroke(self.middle_s - lasts_s / 2, lasts_s, self.lean, self.even)

    @property
    def peak_speed(self) -> float:
        """The most of its length that it does a second."""
        return float(self._speed.max()) / self.lasts_s

    @cached_property
    def _speed(self) -> Floats:
        """In lengths per its time, at `PARTS`."""
        bow = PARTS * (1.0 - PARTS)
        turn = 1.0 + self.lean * (1.0 - 2.0 * PARTS) + self.even * (1.0 - 6.0 * bow)
        speed: Floats = pace(bent(PARTS, self.lean, self.even)) * turn
        return speed


@dataclass(frozen=True)
class Strokes:
    """Out from `rest_deg` to `far_deg`, back from there to `after_deg`, degrees of excursion."""

    out: Stroke
    back: Stroke
    rest_deg: float
    far_deg: float
    after_deg: float

    def without_blur(self, over_s: float) -> Strokes:
        """As they were, where they were fitted to means over so long: these take longer."""
        return replace(self, out=self.out.without_blur(over_s), back=self.back.without_blur(over_s))

    @cached_property
    def hold_s(self) -> float:
        """How long neither way is brisk, at the far end."""
        return max(self.back.brisk_s()[0] - self.out.brisk_s()[1], 0.0)
