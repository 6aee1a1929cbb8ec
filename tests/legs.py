"""A leg in words, for fixtures whose numbers one can work out by hand.

Leg().rest(3).rep(deg=30, out=1, hold=1, back=2).rest(1).samples()
"""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples

FINE_HZ = 400.0


def strides(time_s: Floats, forwards_part: float = 0.5) -> Floats:
    """How far (n,) a leg swings, -1 to 1, in strides of 1.1 s: forwards for such a part of each."""
    part = time_s / 1.1 % 1.0
    forth, back = part / forwards_part, (part - forwards_part) / (1 - forwards_part)
    swing: Floats = np.where(forth < 1, -np.cos(np.pi * forth), np.cos(np.pi * back))
    return swing


class Leg:
    """A segment that turns about one axis, minimum-jerk strokes between poses in degrees."""

    def __init__(self, at: float = 0.0) -> None:
        self._at = at
        self._pieces: list[np.ndarray] = []

    def rest(self, seconds: float) -> Self:
        return self.move(self._at, seconds)

    def move(self, to: float, seconds: float) -> Self:
        part = np.arange(round(seconds * FINE_HZ)) / (seconds * FINE_HZ)
        done = part**3 * (10 - 15 * part + 6 * part**2)
        self._pieces.append(self._at + (to - self._at) * done)
        self._at = to
        return self

    def rep(self, deg: float, out: float = 1.0, hold: float = 1.0, back: float = 1.5) -> Self:
        rest = self._at
        return self.move(rest + deg, out).rest(hold).move(rest, back)

    def reps(
        self,
        count: int,
        deg: float = 30.0,
        pause: float = 1.0,
        *,
        out: float = 1.0,
        hold: float = 1.0,
        back: float = 1.5,
    ) -> Self:
        for _ in range(count):
            self.rep(deg, out, hold, back).rest(pause)
        return self

    def walk(self, seconds: float) -> Self:
        time_s = np.arange(round(seconds * FINE_HZ)) / FINE_HZ
        self._pieces.append(self._at + 25.0 * np.sin(2 * np.pi * 0.9 * time_s))
        return self

    def samples(
        self,
        rate_hz: float = 100.0,
        *,
        gyro: bool = True,
        strap: Rotation | None = None,
        sway_deg: float = 0.0,
    ) -> Samples:
        """What a perfect sensor sees, with a little noise so that nothing is exactly equal."""
        angle = np.concatenate(self._pieces)
        fine_s = np.arange(len(angle)) / FINE_HZ
        time_s = np.arange(int(fine_s[-1] * rate_hz)) / rate_hz
        rng = np.random.default_rng(0)
        sway = sway_deg * np.sqrt(2) * np.sin(2 * np.pi * 0.7 * time_s)
        pitch = np.interp(time_s, fine_s, angle) + sway
        turned = Rotation.from_euler("y", pitch[:, None], degrees=True) * (
            strap or Rotation.identity()
        )
        acc = turned.apply([0.0, 0.0, GRAVITY_MS2], inverse=True)
        gyr = np.zeros_like(acc)
        gyr[1:] = (turned[:-1].inv() * turned[1:]).as_rotvec() * rate_hz
        acc += rng.normal(0.0, 0.02, acc.shape)
        gyr += rng.normal(0.0, 0.001, gyr.shape)
        return Samples(time_s, acc, gyr if gyro else None)
