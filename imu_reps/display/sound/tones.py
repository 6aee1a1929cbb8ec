"""The sounds, made of sines: which tones a cue has, and their samples.

Told apart by rhythm and direction, not by pitch alone: one, two or three tones, rising or falling.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from imu_reps.session.coaching.cues import Kind

RATE_HZ = 44_100
"""What every sound card plays."""

LOUD = 0.5
"""Of full scale: heard across a room, clipped nowhere."""

EDGE_S = 0.008
"""Fading in and out for so long, a tone does not click."""

PAUSE_S = 0.03

Tone = tuple[float, float]
"""Hertz and seconds."""

C5, E5, G5, C6, A3 = 523.25, 659.26, 783.99, 1046.5, 220.0

TONES: Mapping[Kind, tuple[Tone, ...]] = {
    Kind.REP: ((C6, 0.09),),
    Kind.HOLD: ((E5, 0.08), (E5, 0.08)),
    Kind.PARTIAL: ((A3, 0.22),),
    Kind.LAST_REP: ((C5, 0.1), (E5, 0.1), (G5, 0.1), (C6, 0.25)),
    Kind.REST_OVER: ((G5, 0.15), (C6, 0.3)),
    Kind.LOST: ((G5, 0.2), (E5, 0.2), (A3, 0.4)),
}
"""A cue that is not in here is only text."""


def wave(kind: Kind) -> NDArray[np.float32]:
    """The samples (n,) of a cue's sound at `RATE_HZ`, between -1 and 1; none without a sound."""
    pieces = [_tone(*tone) for tone in TONES.get(kind, ())]
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def _tone(hz: float, lasts_s: float) -> NDArray[np.float32]:
    time_s = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    edge = np.clip(np.minimum(time_s, lasts_s - time_s) / EDGE_S, 0.0, 1.0)
    # An octave above makes it audible on a laptop's loudspeaker.
    sound = np.sin(2 * np.pi * hz * time_s) + 0.3 * np.sin(4 * np.pi * hz * time_s)
    silence = np.zeros(round(PAUSE_S * RATE_HZ))
    return np.concatenate([LOUD / 1.3 * edge * sound, silence]).astype(np.float32)
