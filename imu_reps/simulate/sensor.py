"""The synthetic sensor: what a strapped-on IMU makes of a segment's motion, count by count.

Noise of the MPU-6050 (datasheet: 400 µg/√Hz, 0.005 °/s/√Hz), which is what most people have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.spatial.transform import Rotation

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2, Floats
from imu_reps.simulate.motion import INNER_RATE_HZ, Motion


@dataclass(frozen=True, slots=True)
class Imu:
    """A sensor's faults and settings. Losses are a part of all samples, lost in runs of a few."""

    rate_hz: float = 100.0
    gyro: bool = True
    acc_range_g: float = 4.0
    gyr_range_dps: float = 500.0
    acc_noise_ms2_rthz: float = 400e-6 * GRAVITY_MS2
    gyr_noise_dps_rthz: float = 0.005
    gyr_bias_dps: float = 1.0
    clock_ppm: float = 40.0
    jitter_us: float = 200.0
    loss_part: float = 0.0
    slip_deg: float = 0.0

    @property
    def scale(self) -> Scale:
        """What one count is worth: 16 bits over the whole range."""
        return Scale(
            acc_ms2=self.acc_range_g * GRAVITY_MS2 / 32768,
            gyr_rads=float(np.radians(self.gyr_range_dps)) / 32768 if self.gyro else None,
            seq_wrap=1 << 16,
            device_us_wrap=1 << 32,
        )


def sensed(motion: Motion, radius_m: float, imu: Imu, rng: Generator) -> Frames:
    """The frames that the sensor sends of this motion, lost ones left out."""
    body = Rotation.from_euler("YX", np.stack([motion.pitch_deg, motion.roll_deg], 1), degrees=True)
    strap = Rotation.random(rng=rng) * _slip(len(motion.pitch_deg), imu, rng)
    turned = body * strap
    place_m = radius_m * body.apply([0.0, 0.0, 1.0])
    acc = np.gradient(np.gradient(place_m, axis=0), axis=0) * INNER_RATE_HZ**2
    acc = turned.apply(acc + motion.bump_ms2 + [0.0, 0.0, GRAVITY_MS2], inverse=True)
    gyr = np.zeros_like(acc)
    gyr[1:] = (turned[:-1].inv() * turned[1:]).as_rotvec() * INNER_RATE_HZ
    return _sampled(acc, gyr, imu, rng)


def _slip(rows: int, imu: Imu, rng: Generator) -> Rotation:
    """The strap's turn on the limb (rows,): at once, somewhere in the middle of the recording."""
    at = float(rng.uniform(0.35, 0.65)) * rows
    part = np.clip((np.arange(rows) - at) / (0.3 * INNER_RATE_HZ), 0.0, 1.0)
    axis = rng.normal(size=3)
    axis /= np.linalg.norm(axis)
    return Rotation.from_rotvec(np.radians(imu.slip_deg) * part[:, None] * axis)


def _sampled(acc: Floats, gyr: Floats, imu: Imu, rng: Generator) -> Frames:
    n = int((len(acc) - 1) / INNER_RATE_HZ * imu.rate_hz)
    true_s = np.arange(n) / imu.rate_hz * (1 + imu.clock_ppm * 1e-6)
    true_s += np.abs(rng.normal(0.0, imu.jitter_us * 1e-6, n))
    inner_s = np.arange(len(acc)) / INNER_RATE_HZ
    width = max(1, round(INNER_RATE_HZ / imu.rate_hz))
    values = np.hstack([_smooth(acc, width), _smooth(gyr, width)])
    values = np.stack([np.interp(true_s, inner_s, column) for column in values.T], axis=1)
    band = np.sqrt(imu.rate_hz / 2)
    values[:, :3] += rng.normal(0.0, imu.acc_noise_ms2_rthz * band, (n, 3))
    values[:, 3:] += np.radians(rng.normal(0.0, imu.gyr_noise_dps_rthz * band, (n, 3)))
    values[:, 3:] += np.radians(rng.uniform(-imu.gyr_bias_dps, imu.gyr_bias_dps, 3))
    # The device stamps by its own clock, which began somewhere before.
    device_us = np.round(true_s / (1 + imu.clock_ppm * 1e-6) * 1e6).astype(np.int64)
    host_us = np.round(true_s * 1e6).astype(np.int64) + rng.integers(500, 4000, n)
    kept = _kept(n, imu.loss_part, rng)
    return Frames(
        host_us=np.maximum.accumulate(host_us)[kept],
        values=_counts(values, imu)[kept],
        seq=(np.arange(n) % (1 << 16))[kept],
        device_us=((device_us + int(rng.integers(1 << 31))) % (1 << 32))[kept],
    )


def _smooth(values: Floats, width: int) -> Floats:
    """The low-pass filter before sampling: a mean over one sample's time, in the middle of it."""
    kernel = np.ones(width) / width
    padded = np.pad(values, ((width // 2, width - 1 - width // 2), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, kernel, "valid") for column in padded.T], axis=1)


def _counts(values: Floats, imu: Imu) -> np.ndarray:
    scale = imu.scale
    counts = [values[:, :3] / scale.acc_ms2]
    if scale.gyr_rads is not None:
        counts.append(values[:, 3:] / scale.gyr_rads)
    return np.clip(np.round(np.hstack(counts)), -32768, 32767).astype(np.int64)


def _kept(n: int, loss_part: float, rng: Generator) -> np.ndarray:
    """Which samples (n,) arrive: losses come in runs of three on average."""
    kept = np.ones(n, dtype=bool)
    for start in np.flatnonzero(rng.random(n) < loss_part / 3):
        kept[start + 1 : start + 1 + int(rng.geometric(1 / 3))] = False
    return kept
