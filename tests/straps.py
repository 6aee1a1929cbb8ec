"""A sensor some way from the joint that its limb turns about, on a strap that may slip."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples

INNER_HZ = 400.0
LASTS_S = 30.0
SLIP_S = 16.5


def _stroke(time_s: Floats, begin_s: float, lasts_s: float) -> Floats:
    """How far (n,), 0 to 1, a minimum-jerk stroke has come."""
    part = np.clip((time_s - begin_s) / lasts_s, 0.0, 1.0)
    done: Floats = part**3 * (10 - 15 * part + 6 * part**2)
    return done


def felt(
    pitch_deg: Floats, lever_m: float, slip_rad: Floats | None = None, rate_hz: float = 100.0
) -> Samples:
    """What a sensor so far from the joint feels of these angles (n,), turned by slips (n, 3)."""
    body = Rotation.from_euler("y", pitch_deg[:, None], degrees=True)
    strap = Rotation.from_euler("xyz", [20, 70, 40], degrees=True)
    turned = body * strap
    if slip_rad is not None:
        turned = turned * Rotation.from_rotvec(slip_rad)
    place_m = lever_m * body.apply([0.0, 0.0, 1.0])
    acc = np.gradient(np.gradient(place_m, axis=0), axis=0) * INNER_HZ**2
    acc = turned.apply(acc + np.array([0.0, 0.0, GRAVITY_MS2]), inverse=True)
    gyr = np.zeros_like(acc)
    gyr[1:] = (turned[:-1].inv() * turned[1:]).as_rotvec() * INNER_HZ
    rng = np.random.default_rng(3)
    every = round(INNER_HZ / rate_hz)
    acc = acc[::every] + rng.normal(0.0, 0.03, acc[::every].shape)
    gyr = gyr[::every] + rng.normal(0.0, 0.001, acc.shape)
    return Samples(np.arange(len(acc)) / rate_hz, acc, gyr)


def _time_s() -> Floats:
    return np.arange(round(LASTS_S * INNER_HZ)) / INNER_HZ


def reps_deg(deg: float = 30.0, stroke_s: float = 1.5) -> Floats:
    """Five reps, each with a second at the far end and one at rest."""
    time_s, period_s = _time_s(), 2 * stroke_s + 2.0
    begins_s = 2.0 + period_s * np.arange(5)
    backs_s = begins_s + stroke_s + 1.0
    out = np.sum([_stroke(time_s, begin_s, stroke_s) for begin_s in begins_s], axis=0)
    back = np.sum([_stroke(time_s, begin_s, stroke_s) for begin_s in backs_s], axis=0)
    pitch_deg: Floats = deg * (out - back)
    return pitch_deg


def slip_rad(deg: float, at_s: float = SLIP_S, lasts_s: float = 0.3) -> Floats:
    """How far (n, 3), a rotation vector, the strap has slipped about an axis of its own."""
    axis = np.array([0.6, 0.5, -0.62])
    part = np.clip((_time_s() - at_s) / lasts_s, 0.0, 1.0)
    slipped: Floats = np.radians(deg) * part[:, None] * axis / np.linalg.norm(axis)
    return slipped


def slipping(
    samples: Samples,
    at_s: float,
    deg: float,
    lasts_s: float = 0.3,
    axis: tuple[float, float, float] = (0.6, 0.5, -0.62),
) -> Samples:
    """These samples with a gyro, had the strap slipped then, about an axis of the sensor."""
    assert samples.gyr_rads is not None
    part = np.clip((samples.time_s - at_s) / lasts_s, 0.0, 1.0)
    turned_rad = np.radians(deg) * part[:, None] * np.array(axis) / np.linalg.norm(axis)
    strap = Rotation.from_rotvec(turned_rad)
    acc, gyr = (strap.apply(values, inverse=True) for values in (samples.acc_ms2, samples.gyr_rads))
    return Samples(samples.time_s, acc, gyr + np.gradient(turned_rad, samples.time_s, axis=0))
