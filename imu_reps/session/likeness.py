"""How like the movements that we know are a set's first reps?

Each movement and place of the strap is weighed by what its profile says. People differ from any
profile, and some of what is seen is seen wrongly: so all spreads are wide and all tails are
heavy, and no single figure can outvote the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.movement import Movement, View
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount, Sight
from imu_reps.movements import all_movements
from imu_reps.session.first_look import SEEN_PART, SLOW_PART, Look

ELSEWHERE = 0.2
"""How likely the strap is taken to be on the leg that the user has not named."""

WRONG_WAY_ROUND = 0.1
"""How likely the reps are taken to have been read from the far end."""

RANGE_SPREAD, RHYTHM_SPREAD, SWAY_SPREAD, REACH_SPREAD = 0.3, 0.25, 0.7, 0.5
"""Of the logarithms: people's ranges (some 40 % either way), the parts of a rep that are out and
hold, their sway, and where along the limb they wear the strap.
"""

FREEDOM = 4.0
"""Degrees of freedom of Student's t: one in twenty is off by three spreads, not one in 400."""

SWAY_DEG = {"standing": 1.5, "supine": 0.6, "prone": 0.7, "any": 0.8}
"""Usual wobble in a posture (domain: 0.3-1 degrees lying, 1-5 on one leg)."""

SHORTEST_S = 0.2
"""What is seen of a stroke may be next to nothing; no stroke is quicker."""

SHORTEST_HOLD_S = 0.1

LEAN_SPREAD_DEG, LEAN_ERROR_DEG = 30.0, 10.0
"""How differently people lie and hold a leg, and how far a limb's mean lean in a walk is from
upright (it bends at hip and knee)."""

NO_WALK = 0.1
"""How likely what looked like a walk was none."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A movement, the place of the strap in it, and how likely both are, 0 to 1."""

    movement: Movement
    mount: Mount
    confidence: float


def guesses(look: Look, mount: Mount) -> list[Guess]:
    """What these reps may be, the likeliest first."""
    found = [
        Guess(movement, place, prior * _weight(movement, place, look))
        for movement in all_movements().values()
        for place, prior in ((mount, 1.0), (mount.on_other_leg, ELSEWHERE))
        if place is not None and movement.view(place).sight not in (Sight.BLIND, Sight.UNKNOWN)
    ]
    total = max(sum(guess.confidence for guess in found), 1e-300)
    shares = [replace(guess, confidence=guess.confidence / total) for guess in found]
    return sorted(shares, key=lambda guess: -guess.confidence)


def _weight(movement: Movement, place: Mount, look: Look) -> float:
    """How likely such reps are in this movement, up to a common factor, read either way round."""
    weight = _read(movement, place, look)
    other = look.other_way_round()
    if other is None:
        return weight
    return weight + WRONG_WAY_ROUND * (_read(movement, place, other) - weight)


def _read(movement: Movement, place: Mount, look: Look) -> float:
    view = movement.view(place)
    return float(np.prod([*_parts(movement, view, look), _lean(view, look), _reach(view, look)]))


def _parts(movement: Movement, view: View, look: Look) -> Iterator[float]:
    """Range, out beside back, hold beside both, sway."""
    tempo, low_deg = movement.tempo, max(view.low_deg, 1.0)
    yield _student(
        look.rom_deg / np.sqrt(low_deg * view.high_deg),
        float(np.hypot(RANGE_SPREAD, np.log(view.high_deg / low_deg) / 4)),
    )
    out_s, back_s = np.maximum(look.out_s, SHORTEST_S), np.maximum(look.back_s, SHORTEST_S)
    strokes_s = tempo.out_s + tempo.back_s
    usual = (tempo.hold_s + SLOW_PART * strokes_s) / (SEEN_PART * strokes_s)
    held = np.maximum(look.hold_s, SHORTEST_HOLD_S)
    yield _student(out_s / back_s * (tempo.back_s / tempo.out_s), RHYTHM_SPREAD)
    yield _student(held / np.mean(out_s + back_s) / usual, RHYTHM_SPREAD)
    yield _student(np.maximum(look.wobble_deg, 0.05) / SWAY_DEG[movement.posture], SWAY_SPREAD)


def _reach(view: View, look: Look) -> float:
    if view.reach_m is None or look.reach_m is None:
        return 1.0
    return _student(np.array([look.reach_m / view.reach_m]), REACH_SPREAD)


def _student(times_usual: Floats, spread: float) -> float:
    """Student's t of the mean logarithm, up to a common factor.

    Reps that were seen differently were seen badly: the mean's own error widens the spread.
    """
    logs = np.log(times_usual)
    off = logs.mean() / np.hypot(spread, logs.std() / np.sqrt(len(logs)))
    return float((1.0 + off * off / FREEDOM) ** (-(FREEDOM + 1.0) / 2.0)) / spread


def _lean(view: View, look: Look) -> float:
    """How much likelier such leans are than any others, over all the ways to lie.

    What is known of a lean is its angle from upright, not whether it is forwards or back.
    """
    if view.pitch_deg is None or look.leans_deg is None:
        return 1.0
    off = np.linspace(-3.0, 3.0, 61)
    prior = np.exp(-0.5 * off * off)
    rest_deg = view.pitch_deg[0] + LEAN_SPREAD_DEG * off
    far_deg = rest_deg + np.copysign(look.rom_deg.mean(), view.pitch_deg[1] - view.pitch_deg[0])
    misses = [
        (seen_deg - _from_upright_deg(lean_deg)) / LEAN_ERROR_DEG
        for seen_deg, lean_deg in zip(look.leans_deg, (rest_deg, far_deg), strict=True)
    ]
    likely = np.exp(-0.5 * (misses[0] ** 2 + misses[1] ** 2))
    beside_any = (180.0 / LEAN_ERROR_DEG) ** 2 / (2.0 * np.pi)
    return NO_WALK + (1.0 - NO_WALK) * beside_any * float(prior @ likely) / float(prior.sum())


def _from_upright_deg(lean_deg: Floats) -> Floats:
    """The angle from upright, 0 to 180, of a lean to any side."""
    round_deg: Floats = np.abs(lean_deg) % 360.0
    return np.minimum(round_deg, 360.0 - round_deg)
