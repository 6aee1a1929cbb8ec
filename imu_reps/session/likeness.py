"""How like the movements that we know are a set's first reps?

Each movement and place of the strap is weighed by what its profile says. People differ from any
profile, and some of what is seen is seen wrongly: so all spreads are wide and all tails are
heavy, and no single figure can outvote the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from imu_reps.core.movement import Axis, Movement, View
from imu_reps.core.samples import Floats
from imu_reps.core.words import Mount, Sight
from imu_reps.motion.lean import NO_AXIS, lean_likelihood
from imu_reps.movements import all_movements, movement_named
from imu_reps.session.first_look import SEEN_PART, SLOW_PART, Look

ELSEWHERE = 0.2
"""How likely the strap is taken to be on the leg that the user has not named."""

SOMETHING_ELSE = 0.5
"""How likely it is none of the movements that are known, beside one of them."""

WRONG_WAY_ROUND = 0.1
"""How likely the reps are taken to have been read from the far end."""

RANGE_SPREAD, RHYTHM_SPREAD, SWAY_SPREAD = 0.35, 0.25, 0.7
"""Of the logarithms: people's ranges (some 40 % either way), the parts of a rep that are out and
hold, and their sway.
"""

SURE, SURE_PLACE = 0.65, 0.7
"""It is told from here on: in simulated sets 398 of 400 names that were so sure were right, and
half of the others. That the strap is not where the user says must be surer."""

OTHER_SETUP = 0.3
"""How likely the foot stands on something else than the movement's own set-up has."""

REACH_SPREAD: dict[Axis, float] = {"lower": 0.5, "either": 0.8, "carried": 0.8}
"""Of the logarithm: where along the limb people wear the strap; where a leg is carried along, its
axis is somewhere else in everybody.
"""

ANY_REACH = 1.0 / float(np.log(10.0))
"""Of an axis that is another: anything from 0.1 to 1 m is as likely."""

KEPT, OWN_SPREAD = 0.7, 1.3
"""How likely somebody keeps to a movement's rhythm; who has a rhythm of his own may have any."""

FREEDOM = 4.0
"""Degrees of freedom of Student's t: one in twenty is off by three spreads, not one in 400."""

SWAY_DEG = {"standing": 1.5, "supine": 0.6, "prone": 0.7, "any": 0.8}
"""Usual wobble in a posture (domain: 0.3-1 degrees lying, 1-5 on one leg)."""

SHORTEST_S = 0.2
"""What is seen of a stroke may be next to nothing; no stroke is quicker."""

SHORTEST_HOLD_S = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """A movement, the place of the strap in it, and how likely both are, 0 to 1."""

    movement: Movement
    mount: Mount
    confidence: float


def guesses(look: Look, mount: Mount) -> list[Guess]:
    """What these reps may be, the likeliest first; `generic` is any other movement."""
    found = [
        Guess(movement, place, prior * _weight(movement, place, look))
        for movement in all_movements().values()
        for place, prior in ((mount, 1.0), (mount.on_other_leg, ELSEWHERE))
        if place is not None and movement.view(place).sight not in (Sight.BLIND, Sight.UNKNOWN)
    ]
    found.append(Guess(_other(), mount, SOMETHING_ELSE * _weight(_other(), mount, look)))
    total = max(sum(guess.confidence for guess in found), 1e-300)
    shares = [replace(guess, confidence=guess.confidence / total) for guess in found]
    return sorted(shares, key=lambda guess: -guess.confidence)


def by_movement(found: list[Guess]) -> list[tuple[Movement, float]]:
    """How likely each movement is, wherever the strap is, the likeliest first."""
    shares: dict[str, float] = {}
    for guess in found:
        name = guess.movement.name
        shares[name] = shares.get(name, 0.0) + guess.confidence
    ranked = sorted(shares.items(), key=lambda share: -share[1])
    return [(movement_named(name), share) for name, share in ranked]


def named(found: list[Guess]) -> tuple[Movement, float] | None:
    """The movement that the guesses are sure of, and how sure; None if of none that is known."""
    movement, share = by_movement(found)[0]
    return None if share < SURE or movement is _other() else (movement, share)


def elsewhere(found: list[Guess], said: Mount) -> Guess | None:
    """The other place that the strap is at, where one movement's guesses are sure of it."""
    best, total = found[0], sum(guess.confidence for guess in found)
    part = best.confidence / max(total, 1e-300)
    if best.mount is said or part < SURE_PLACE:
        return None
    return replace(best, confidence=part)


def _other() -> Movement:
    return movement_named("generic")


def _weight(movement: Movement, place: Mount, look: Look) -> float:
    """How likely such reps are in this movement, up to a common factor, read either way round."""
    weight = _read(movement, place, look)
    other = look.other_way_round()
    if other is None:
        return weight
    return weight + WRONG_WAY_ROUND * (_read(movement, place, other) - weight)


def _read(movement: Movement, place: Mount, look: Look) -> float:
    view = movement.view(place)
    turn_deg = float(look.rom_deg.mean())
    lies = lean_likelihood(view, place, turn_deg, look.leans, look.axis_leans)
    return float(np.prod([*_parts(movement, view, look), lies, _reach(view, look)]))


def _parts(movement: Movement, view: View, look: Look) -> Iterator[float]:
    """Range, out beside back, hold beside both, sway."""
    tempo, usual_deg = movement.tempo, (view.low_deg, view.high_deg)
    as_usual = _range(look.rom_deg, *usual_deg)
    otherwise = _range(look.rom_deg, *(view.other_deg or usual_deg))
    yield (1.0 - OTHER_SETUP) * as_usual + OTHER_SETUP * otherwise
    out_s, back_s = np.maximum(look.out_s, SHORTEST_S), np.maximum(look.back_s, SHORTEST_S)
    strokes_s = tempo.out_s + tempo.back_s
    usual = (tempo.hold_s + SLOW_PART * strokes_s) / (SEEN_PART * strokes_s)
    held = np.maximum(look.hold_s, SHORTEST_HOLD_S)
    yield _habit(out_s / back_s * (tempo.back_s / tempo.out_s))
    yield _habit(held / np.mean(out_s + back_s) / usual)
    yield _student(np.maximum(look.wobble_deg, 0.05) / SWAY_DEG[movement.posture], SWAY_SPREAD)


def _range(rom_deg: Floats, low_deg: float, high_deg: float) -> float:
    low_deg = max(low_deg, 1.0)
    spread = float(np.hypot(RANGE_SPREAD, np.log(high_deg / low_deg) / 4))
    return _student(rom_deg / np.sqrt(low_deg * high_deg), spread)


def _habit(times_usual: Floats) -> float:
    """How likely a part of the rhythm is: most keep to what they are told, the others do not."""
    return KEPT * _student(times_usual, RHYTHM_SPREAD) + (1.0 - KEPT) * _student(
        times_usual, OWN_SPREAD
    )


def _reach(view: View, look: Look) -> float:
    """How likely a sensor sits so far from its axis, which may not be the one that is thought."""
    if look.reach_m is None:
        return 1.0
    if view.reach_m is None:
        return ANY_REACH
    wrong, spread = NO_AXIS[view.axis], REACH_SPREAD[view.axis]
    off = np.log(look.reach_m / view.reach_m) / spread
    near = np.exp(-0.5 * off * off) / (spread * np.sqrt(2.0 * np.pi))
    return float((1.0 - wrong) * near + wrong * ANY_REACH)


def _student(times_usual: Floats, spread: float) -> float:
    """Student's t of the mean logarithm, up to a common factor.

    Reps that were seen differently were seen badly: the mean's own error widens the spread.
    """
    logs = np.log(times_usual)
    off = logs.mean() / np.hypot(spread, logs.std() / np.sqrt(len(logs)))
    return float((1.0 + off * off / FREEDOM) ** (-(FREEDOM + 1.0) / 2.0)) / spread
