"""One attempt in numbers: its edges, hold, range, wobble and speeds, by the fixed definitions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.events import DECIMALS
from imu_reps.core.samples import Floats
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.strokes import Strokes
from imu_reps.counting.track import Track
from imu_reps.counting.trail import first_row
from imu_reps.motion.grid import GAP_S

EDGE_PART = 0.10
"""Of the peak excursion: a rep's edges (contract)."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Times, angles and speeds of one attempt; see the README for each definition.

    `peak_back_dps` is 0 where the data ended before the middle of the way back, and where so much
    of an attempt is missing that a rep may hide in it.
    """

    start_s: float
    out_s: float
    hold_s: float
    back_s: float
    end_s: float
    rom_deg: float
    wobble_deg: float
    peak_out_dps: float
    peak_back_dps: float

    @property
    def lasts_s(self) -> float:
        return self.end_s - self.start_s

    def after(self, time_s: float) -> Measures:
        """The same, begun no sooner than this, as nobody is in two reps at once."""
        if self.start_s >= time_s:
            return self
        hold_start_s = max(self.start_s + self.out_s, time_s)
        hold_end_s = max(hold_start_s, self.end_s - self.back_s)
        end_s = max(self.end_s, hold_end_s)
        return replace(
            self,
            start_s=time_s,
            out_s=hold_start_s - time_s,
            hold_s=hold_end_s - hold_start_s,
            back_s=end_s - hold_end_s,
            end_s=end_s,
        )


def measure(track: Track, attempt: Attempt, strokes: Strokes) -> Measures:
    """The numbers of an attempt with these strokes, whose rows the track still knows."""
    first = first_row(track, attempt)
    time_s, up = track.time_s(first, attempt.row + 1), track.up(first, attempt.row + 1)
    start_s, hold_start_s, hold_end_s, end_s = _places_s(strokes)
    if attempt.unseen:
        hold_s = hold_start_s, hold_end_s
        hold_start_s, hold_end_s = _seen_hold_s(time_s, attempt.far - first, hold_s)
        end_s = max(end_s, hold_end_s)
    start_s = max(start_s, float(time_s[0]))
    hold_start_s, hold_end_s, end_s = (max(x, start_s) for x in (hold_start_s, hold_end_s, end_s))
    peak_back_dps = strokes.back.peak_speed * (strokes.far_deg - strokes.after_deg)
    last_s = float(time_s[-1])
    if attempt.cut:
        peak_back_dps *= strokes.back.middle_s < last_s
    if attempt.unseen:
        peak_back_dps = 0.0
    if attempt.cut or float(np.diff(time_s).max()) > GAP_S:
        # What the strokes were in which poses are missing, nobody knows.
        hold_start_s, hold_end_s, end_s = (
            min(x, last_s) for x in (hold_start_s, hold_end_s, end_s)
        )
    start_s, hold_start_s, hold_end_s, end_s = (
        round(x, DECIMALS) for x in (start_s, hold_start_s, hold_end_s, end_s)
    )
    inside = up[time_s.searchsorted(start_s) : time_s.searchsorted(end_s, "right")]
    across_deg = attempt.plane.across_deg(inside if len(inside) else up)
    return Measures(
        start_s=start_s,
        out_s=hold_start_s - start_s,
        hold_s=hold_end_s - hold_start_s,
        back_s=end_s - hold_end_s,
        end_s=end_s,
        rom_deg=strokes.far_deg,
        wobble_deg=float(np.sqrt(np.mean(across_deg**2))),
        peak_out_dps=strokes.out.peak_speed * (strokes.far_deg - strokes.rest_deg),
        peak_back_dps=peak_back_dps,
    )


def _seen_hold_s(time_s: Floats, far: int, hold_s: tuple[float, float]) -> tuple[float, float]:
    """The start and the end of a hold about row `far` of these (n,), as far as it was seen: from
    the last gap before that row to the first one after it.
    """
    begin_s, end_s = hold_s
    for k in np.flatnonzero(np.diff(time_s) > GAP_S).tolist():
        if far <= k:
            end_s = min(end_s, float(time_s[k]))
            begin_s = min(begin_s, end_s)
        else:
            begin_s = max(begin_s, float(time_s[k + 1]))
            end_s = max(end_s, begin_s)
    return begin_s, end_s


def _places_s(s: Strokes) -> tuple[float, float, float, float]:
    """When the rep starts, its hold starts and ends, and when it ends."""
    edge_deg = EDGE_PART * s.far_deg
    start_s = s.out.at_s((edge_deg - s.rest_deg) / (s.far_deg - s.rest_deg))
    end_s = s.back.at_s((s.far_deg - edge_deg) / (s.far_deg - s.after_deg))
    hold_start_s, hold_end_s = s.out.brisk_s()[1], s.back.brisk_s()[0]
    if hold_end_s < hold_start_s:
        hold_start_s = hold_end_s = (hold_start_s + hold_end_s) / 2
    return start_s, hold_start_s, hold_end_s, max(end_s, hold_end_s)
