"""Pieces of a segment's motion on a fine grid, and how they are put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from imu_reps.core.samples import Floats
from imu_reps.simulate.strokes import progress

INNER_RATE_HZ = 500.0
"""The body moves on this grid; sensors sample from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A piece of motion at `INNER_RATE_HZ`, n rows.

    `pitch_deg` (n,) in the plane of movement, `roll_deg` (n,) out of it, `bump_ms2` (n, 3) the
    body's own acceleration (forward, sideways, up), `amount` (n,) how far out the attempt is (nan
    where there is none).
    """

    pitch_deg: Floats
    roll_deg: Floats
    bump_ms2: Floats
    amount: Floats


def still(lasts_s: float, pitch_deg: float) -> Motion:
    """Staying in one pose."""
    n = round(lasts_s * INNER_RATE_HZ)
    return Motion(np.full(n, pitch_deg), np.zeros(n), np.zeros((n, 3)), np.full(n, np.nan))


def moving(
    begin_deg: float, end_deg: float, lasts_s: float, aside_deg: float, rng: Generator
) -> Motion:
    """From one pitch to another by way of a turn to the side of up to `aside_deg`."""
    n = round(lasts_s * INNER_RATE_HZ)
    part = np.linspace(0, 1, n, endpoint=False)
    pitch = begin_deg + (end_deg - begin_deg) * progress("minimum-jerk", part)
    roll = float(rng.uniform(-aside_deg, aside_deg)) * np.sin(np.pi * part) ** 2
    return Motion(pitch, roll, rng.normal(0.0, 0.3, (n, 3)), np.full(n, np.nan))


def joined(pieces: list[Motion]) -> Motion:
    """The pieces one after the other."""
    return Motion(
        np.concatenate([piece.pitch_deg for piece in pieces]),
        np.concatenate([piece.roll_deg for piece in pieces]),
        np.concatenate([piece.bump_ms2 for piece in pieces]),
        np.concatenate([piece.amount for piece in pieces]),
    )
