"""What every rep is measured by: one function, one definition with its unit and formula.

`docs/METRICS.md` is made of these docstrings (`python docs/make_metrics.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from imu_reps.core.events import Attempt

EDGE_PART = 0.1
"""A rep starts and ends at this part of its peak: a stroke covers the rest of the range."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that every rep has.

    `of` measures a rep; `tells` is the smallest difference that the sensor can tell, in the
    metric's unit. A metric `of_setup` depends on where the strap is and how the leg lies at rest,
    and is compared only between equal set-ups.
    """

    title: str
    unit: str
    of: Callable[[Attempt], float]
    tells: float
    of_setup: bool = False

    @property
    def name(self) -> str:
        """The name in JSON, tables and exports."""
        return self.of.__name__

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


def hold_s(rep: Attempt) -> float:
    """Hold, s: the time around the far end at no more than 10 % of the peak speed of the stroke
    beside it, from the end of the out stroke to the start of the back stroke.
    """
    return rep.hold_s


def out_s(rep: Attempt) -> float:
    """Out time, s: from the rep's start (10 % of its peak excursion) to the start of its hold."""
    return rep.out_s


def back_s(rep: Attempt) -> float:
    """Back time, s: from the end of the hold to the rep's end (10 % of its peak excursion)."""
    return rep.back_s


def tension_s(rep: Attempt) -> float:
    """Time under tension of a rep, s: end - start = out + hold + back."""
    return rep.end_s - rep.start_s


def rom_deg(rep: Attempt) -> float:
    """Range, degrees: the peak excursion, sway removed."""
    return rep.rom_deg


def wobble_deg(rep: Attempt) -> float:
    """Wobble, degrees: root mean square of the tilt out of the plane of movement during the rep;
    lower is steadier.
    """
    return rep.wobble_deg


def peak_out_dps(rep: Attempt) -> float:
    """Peak speed out, degrees a second: the largest speed of the excursion on the way out."""
    return rep.peak_out_dps


def peak_back_dps(rep: Attempt) -> float:
    """Peak speed back, degrees a second: the largest speed of the excursion on the way back; 0
    where the data ended before half of it, or much of the rep is missing in a gap. Such a rep
    counts, and is left out of all comparisons.
    """
    return rep.peak_back_dps


def is_whole(rep: Attempt) -> bool:
    """Whether the rep was seen as a whole, its way back, too."""
    return rep.peak_back_dps > 0


def mean_out_dps(rep: Attempt) -> float:
    """Mean speed out, degrees a second: 0.9 * range / out time (a stroke begins at 10 % of the
    range); 0 where the stroke took no time.
    """
    return _mean_dps(rep.rom_deg, rep.out_s)


def mean_back_dps(rep: Attempt) -> float:
    """Mean speed back, degrees a second: 0.9 * range / back time; 0 where it took no time, or was
    not seen.
    """
    return _mean_dps(rep.rom_deg, rep.back_s) if is_whole(rep) else 0.0


def smoothness(rep: Attempt) -> float:
    """Smoothness, no unit, 0 to 1: mean speed / peak speed, the mean of both strokes (the speed
    metric of Rohrer 2002), or of the one that was seen. A stroke without a hitch has about 0.7, one
    with stops on the way less.
    """
    out = _part(mean_out_dps(rep), rep.peak_out_dps)
    back = _part(mean_back_dps(rep), rep.peak_back_dps)
    return (out + back) / 2 if is_whole(rep) else out


def _mean_dps(range_deg: float, lasts_s: float) -> float:
    return (1 - EDGE_PART) * range_deg / lasts_s if lasts_s > 0 else 0.0


def _part(mean_dps: float, peak_dps: float) -> float:
    return min(mean_dps / peak_dps, 1.0) if peak_dps > 0 else 0.0


COUNT_TELLS = 2.0
"""Reps: a difference of one in a set is nothing."""

METRICS = (
    Metric("hold", "s", hold_s, 0.3),
    Metric("out", "s", out_s, 0.2),
    Metric("back", "s", back_s, 0.2),
    Metric("tension time", "s", tension_s, 0.3),
    Metric("range", "°", rom_deg, 5.0, of_setup=True),
    # The sensor's own tilt error is 0.3 to 0.4 degrees RMS, of each leg.
    Metric("wobble", "°", wobble_deg, 0.5, of_setup=True),
    # 5 degrees of range in a stroke of a second.
    Metric("peak speed out", "°/s", peak_out_dps, 5.0, of_setup=True),
    Metric("peak speed back", "°/s", peak_back_dps, 5.0, of_setup=True),
    Metric("mean speed out", "°/s", mean_out_dps, 5.0, of_setup=True),
    Metric("mean speed back", "°/s", mean_back_dps, 5.0, of_setup=True),
    # A tenth of what a smooth stroke has.
    Metric("smoothness", "", smoothness, 0.05),
)
"""Hold, range, tempo: what the notes on left/right balance give; the others: judgement."""
