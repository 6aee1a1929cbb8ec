"""What is compared between the legs: one metric, one definition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from imu_reps.core.events import Rep


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that every rep has.

    `tells` is the smallest difference that the sensor can tell, in the metric's unit. A metric
    `of_mount` depends on where the strap is, and is compared only between equal mounts.
    """

    name: str
    title: str
    unit: str
    of: Callable[[Rep], float]
    tells: float
    of_mount: bool = False


COUNT_TELLS = 2.0
"""Reps: a difference of one in a set is nothing."""

METRICS = (
    Metric("hold_s", "hold", "s", lambda rep: rep.hold_s, 0.3),
    Metric("out_s", "out", "s", lambda rep: rep.out_s, 0.2),
    Metric("back_s", "back", "s", lambda rep: rep.back_s, 0.2),
    Metric("tension_s", "tension time", "s", lambda rep: rep.end_s - rep.start_s, 0.3),
    Metric("rom_deg", "range", "°", lambda rep: rep.rom_deg, 5.0, of_mount=True),
    # The sensor's own tilt error is 0.3 to 0.4 degrees RMS, of each leg.
    Metric("wobble_deg", "wobble", "°", lambda rep: rep.wobble_deg, 0.5, of_mount=True),
    # 5 degrees of range in a stroke of a second.
    Metric("peak_out_dps", "speed out", "°/s", lambda rep: rep.peak_out_dps, 5.0, of_mount=True),
    Metric("peak_back_dps", "speed back", "°/s", lambda rep: rep.peak_back_dps, 5.0, of_mount=True),
)
"""Hold, range, tempo: what the notes on left/right balance give; wobble and speed: judgement."""
