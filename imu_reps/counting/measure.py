"""One attempt in numbers: its edges, hold, range, wobble and speeds, by the fixed definitions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.fit import Known, Tempo, fitted
from imu_reps.counting.limits import HOME_PART
from imu_reps.counting.outcome import Attempt
from imu_reps.counting.strokes import Stroke, Strokes, part_at
from imu_reps.counting.track import Track

EDGE_PART = 0.10
"""Of the peak excursion: a rep's edges (contract)."""

BEFORE_S = 0.7
"""The rest before an attempt that the fit sees: enough to know the level it sets out from."""

FIT_STEP_S = 0.04
"""Strokes of half a second and more are known as well from 25 poses a second as from all."""


LIKELY_PART = 0.75
"""Of the peak as it was seen: a fit that is off by more has not found the strokes."""


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


def strokes_of(
    track: Track, attempt: Attempt, sway_deg: float, tempo: Tempo | None = None
) -> Strokes:
    """The strokes of an attempt whose rows the track still knows.

    It swayed by `sway_deg`, in a set of this tempo.
    """
    first = _first_row(track, attempt)
    time_s, up = track.time_s(first, attempt.row + 1), track.up(first, attempt.row + 1)
    x = attempt.plane.excursion_deg(up)
    is_back = attempt.cut or bool(x[-1] < 1.5 * HOME_PART * attempt.peak_deg)
    known = Known(sway_deg, is_back=is_back, tempo=tempo)
    step = max(1, round(FIT_STEP_S * (len(time_s) - 1) / (time_s[-1] - time_s[0])))
    # Time from here on: seconds since long ago would cost the fit its last digits.
    since_s, lasts_s = float(time_s[0]), float(time_s[-1] - time_s[0])
    guess = _guess(time_s - since_s, x, attempt.far - first)
    strokes = fitted(time_s[::step] - since_s, x[::step], guess, known)
    return (strokes if _is_likely(strokes, guess, lasts_s) else guess).later(since_s)


def measure(track: Track, attempt: Attempt, strokes: Strokes) -> Measures:
    """The numbers of an attempt with these strokes."""
    first = _first_row(track, attempt)
    time_s, up = track.time_s(first, attempt.row + 1), track.up(first, attempt.row + 1)
    start_s, hold_start_s, hold_end_s, end_s = _places_s(strokes)
    start_s = max(start_s, float(time_s[0]))
    if attempt.cut:
        last_s = float(time_s[-1])
        hold_start_s, hold_end_s, end_s = (
            min(x, last_s) for x in (hold_start_s, hold_end_s, end_s)
        )
    inside = (time_s >= start_s) & (time_s <= end_s)
    across_deg = attempt.plane.across_deg(up[inside] if inside.any() else up)
    return Measures(
        start_s=start_s,
        out_s=hold_start_s - start_s,
        hold_s=hold_end_s - hold_start_s,
        back_s=end_s - hold_end_s,
        end_s=end_s,
        rom_deg=strokes.far_deg,
        wobble_deg=float(np.sqrt(np.mean(across_deg**2))),
        peak_out_dps=strokes.out.peak_speed * (strokes.far_deg - strokes.rest_deg),
        peak_back_dps=strokes.back.peak_speed * (strokes.far_deg - strokes.after_deg),
    )


def _first_row(track: Track, attempt: Attempt) -> int:
    return track.row_at(track.at_s(attempt.left) - BEFORE_S)


def _places_s(s: Strokes) -> tuple[float, float, float, float]:
    """When the rep starts, its hold starts and ends, and when it ends."""
    edge_deg = EDGE_PART * s.far_deg
    start_s = s.out.at_s((edge_deg - s.rest_deg) / (s.far_deg - s.rest_deg))
    end_s = s.back.at_s((s.far_deg - edge_deg) / (s.far_deg - s.after_deg))
    hold_start_s, hold_end_s = s.out.brisk_s()[1], s.back.brisk_s()[0]
    if hold_end_s < hold_start_s:
        hold_start_s = hold_end_s = (hold_start_s + hold_end_s) / 2
    return start_s, hold_start_s, hold_end_s, max(end_s, hold_end_s)


def _is_likely(strokes: Strokes, guess: Strokes, lasts_s: float) -> bool:
    """Whether the fit tells of the same two strokes as the guess, one after the other."""
    s = strokes
    return (
        LIKELY_PART < s.far_deg / guess.far_deg < 1.0 / LIKELY_PART
        and max(abs(s.rest_deg), abs(s.after_deg)) < guess.far_deg / 2
        and max(s.out.lasts_s, s.back.lasts_s) < 2.0 * lasts_s
        and 0.0 < s.out.middle_s < s.back.middle_s < lasts_s
    )


def _guess(time_s: Floats, x: Floats, far: int) -> Strokes:
    """Strokes through the quarter and the three quarters of the way, before and after the far end.

    Of a minimum-jerk stroke 28 % of the time lie between these.
    """
    far = min(max(far, 1), len(x) - 2)
    rest_deg, far_deg = float(x[: max(1, far // 4)].min()), float(x[far])
    return Strokes(
        out=_middle(time_s[: far + 1], x[: far + 1], far_deg),
        back=_middle(time_s[far:][::-1], x[far:][::-1], far_deg),
        rest_deg=rest_deg if abs(rest_deg) < far_deg / 2 else 0.0,
        far_deg=far_deg,
        after_deg=min(float(x[-1]), far_deg / 2),
    )


def _middle(time_s: Floats, x: Floats, far_deg: float) -> Stroke:
    """The stroke that ends in the last row, in time or against it."""
    high = int(np.argmax(x >= 0.75 * far_deg))
    below = np.flatnonzero(x[: high + 1] <= 0.25 * far_deg)
    low = int(below[-1]) if len(below) else 0
    between = part_at(0.75) - part_at(0.25)
    lasts_s = max(abs(float(time_s[high] - time_s[low])) / between, 0.3)
    return Stroke(float(time_s[low] + time_s[high]) / 2 - lasts_s / 2, lasts_s)
