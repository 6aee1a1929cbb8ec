"""One attempt in numbers: its edges, hold, range, wobble and speeds, by the fixed definitions.

The plateau is found by position, its edges by smoothed speed relative to the stroke beside it:
speed alone would end the hold at every sway, position alone makes it too long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from imu_reps.core.samples import Floats
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.track import Track

EDGE_PART = 0.10
"""Of the peak excursion: a rep's edges; of a stroke's peak speed: the hold's (contract)."""

PLATEAU_PART = 0.8
"""Of the peak excursion: lower than this there is no hold, only a hesitation."""

SMOOTHING_S = 0.08
"""Standard deviation of the smoothing of excursion and speed: a tenth of a quick stroke."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Times, angles and speeds of one attempt; see the README for each definition."""

    start_s: float
    out_s: float
    hold_s: float
    back_s: float
    end_s: float
    rom_deg: float
    wobble_deg: float
    peak_out_dps: float
    peak_back_dps: float


def measure(track: Track, attempt: Attempt) -> Measures:
    """The numbers of an attempt whose rows the track still knows."""
    first = max(attempt.left, track.begin)
    end = attempt.row + 1
    time_s, up = track.time_s(first, end), track.up(first, end)
    curve = _Curve(time_s, attempt.plane.excursion_deg(up), cut=attempt.cut)
    return curve.measures(attempt.plane.across_deg(up))


class _Curve:
    """Smoothed excursion and speed of one attempt, and the places on it."""

    def __init__(self, time_s: Floats, x: Floats, *, cut: bool) -> None:
        self.cut = cut
        step_s = (time_s[-1] - time_s[0]) / (len(time_s) - 1)
        sigma = SMOOTHING_S / step_s
        self.time_s = time_s
        self.x: Floats = gaussian_filter1d(x, sigma, mode="nearest")
        self.speed: Floats = gaussian_filter1d(x, sigma, order=1, mode="nearest") / step_s
        self.far = int(np.argmax(self.x))
        self.peak_deg = float(self.x[self.far])
        self.fastest_out = int(np.argmax(self.speed[: self.far + 1]))
        self.fastest_back = self.far + int(np.argmin(self.speed[self.far :]))

    def measures(self, across_deg: Floats) -> Measures:
        start_s, end_s = self._start_s(), self._end_s()
        hold_start_s, hold_end_s = self._hold_s()
        inside = (self.time_s >= start_s) & (self.time_s <= end_s)
        return Measures(
            start_s=start_s,
            out_s=hold_start_s - start_s,
            hold_s=hold_end_s - hold_start_s,
            back_s=end_s - hold_end_s,
            end_s=end_s,
            rom_deg=self.peak_deg,
            wobble_deg=float(np.sqrt(np.mean(across_deg[inside] ** 2))),
            peak_out_dps=float(self.speed[self.fastest_out]),
            peak_back_dps=float(-self.speed[self.fastest_back]),
        )

    def _start_s(self) -> float:
        low = np.flatnonzero(self.x[: self.far] < EDGE_PART * self.peak_deg)
        if not len(low):
            return float(self.time_s[int(np.argmin(self.x[: self.far + 1]))])
        return self._cross_s(self.x, int(low[-1]), EDGE_PART * self.peak_deg)

    def _end_s(self) -> float:
        low = np.flatnonzero(self.x[self.far :] < EDGE_PART * self.peak_deg)
        if not len(low):
            last = len(self.x) - 1 if self.cut else self.far + int(np.argmin(self.x[self.far :]))
            return float(self.time_s[last])
        return self._cross_s(self.x, self.far + int(low[0]) - 1, EDGE_PART * self.peak_deg)

    def _hold_s(self) -> tuple[float, float]:
        high = self.x >= PLATEAU_PART * self.peak_deg
        out_dps = EDGE_PART * self.speed[self.fastest_out]
        back_dps = EDGE_PART * self.speed[self.fastest_back]
        slow = np.flatnonzero(
            high[self.fastest_out : self.far] & (self.speed[self.fastest_out : self.far] <= out_dps)
        )
        start = self.fastest_out + int(slow[0]) - 1 if len(slow) else self.far
        slow = np.flatnonzero(
            high[self.far : self.fastest_back]
            & (self.speed[self.far : self.fastest_back] >= back_dps)
        )
        end = self.far + int(slow[-1]) if len(slow) else self.far
        return (
            self._cross_s(self.speed, start, float(out_dps)),
            self._cross_s(self.speed, end, float(back_dps)),
        )

    def _cross_s(self, values: Floats, row: int, level: float) -> float:
        """When `values` pass `level` between a row and the next, by a straight line."""
        row = min(max(row, 0), len(values) - 2)
        rise = values[row + 1] - values[row]
        part = float(np.clip((level - values[row]) / rise, 0.0, 1.0)) if rise else 0.0
        return float(self.time_s[row] + part * (self.time_s[row + 1] - self.time_s[row]))
