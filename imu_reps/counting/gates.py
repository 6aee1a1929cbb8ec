"""What a leg does that is no rep: steps, shuffling, a strap being put on."""

from __future__ import annotations

from imu_reps.counting.outcome import Attempt
from imu_reps.counting.track import Track

SHAKEN_MS2 = 1.0
"""Mean of ||a| - g| over an attempt: half of a walking leg's (thigh 1.5-1.9, shank 2.5)."""

TURNING_PART = 0.06
"""Of the excursion, RMS over `STILL_S`: who turns round as slowly as in a rep of 2.5 s (minimum
jerk) stays below it for a moment, who walks at a step a second does not (0.14)."""

STILL_PART = 0.02
"""Of the excursion: this is a pause, and who pauses may set the leg down hard beside it."""

BEFORE_S = 1.0
"""The pause before an attempt counts as its own."""


def sway_deg(track: Track, attempt: Attempt) -> float:
    """The sway (RMS) just before an attempt, in its quietest moment."""
    before = track.row_at(track.at_s(attempt.left) - BEFORE_S)
    return float(track.spread_deg(before, attempt.left + 1).min())


def is_calm(track: Track, attempt: Attempt) -> bool:
    """Whether an attempt by itself looks like that of a leg that trains, not of one that walks."""
    before = track.row_at(track.at_s(attempt.left) - BEFORE_S)
    still_deg = track.spread_deg(before, attempt.row + 1).min()
    shake_ms2 = track.shake_ms2(attempt.left, attempt.row + 1).mean()
    limit_part = STILL_PART if shake_ms2 > SHAKEN_MS2 else TURNING_PART
    return bool(still_deg < limit_part * attempt.peak_deg)
