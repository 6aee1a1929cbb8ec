"""How like the movements that we know are a set's first reps?

Each movement and place of the strap is weighed by what its profile says. People differ from any
profile, and some of what is seen is seen wrongly: so all spreads are wide and all tails are
heavy, and no single figure can outvote the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from imu_reps.core.movement import Axis, Movement, View
from imu_reps.core.words import Mount, Sight
from imu_reps.motion.lean import NO_AXIS, lean_likelihood
from imu_reps.movements import all_movements, movement_named
from imu_reps.session.first_reps.first_look import SEEN_PART, SLOW_PART, Look

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

ANY_REACH = 1.0 / math.log(10.0)
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

LEAST_DEG, LEAST_SWAY_DEG = 1.0, 0.05
"""Of a range and of sway: what is less than a sensor tells is as good as this."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A movement, the place of the strap in it, and how likely both are, 0 to 1."""

    movement: Movement
    mount: Mount
    confidence: float


def guesses(look: Look, mount: Mount) -> list[Guess]:
    """What these reps may be, the likeliest first; `generic` is any other movement."""
    found = [
        guess for movement in all_movements().values() for guess in _places(movement, look, mount)
    ]
    found.append(Guess(_other(), mount, SOMETHING_ELSE * _weight(_other(), mount, look)))
    return _shares(found)


def places(movement: Movement, look: Look, mount: Mount) -> list[Guess]:
    """Where the strap may be if these reps are of this movement, the likeliest first."""
    return _shares(list(_places(movement, look, mount)))


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


def _places(movement: Movement, look: Look, mount: Mount) -> Iterator[Guess]:
    """Each place of the strap that sees this movement, with its weight."""
    for place, prior in ((mount, 1.0), (mount.on_other_leg, ELSEWHERE)):
        if place is not None and movement.view(place).sight not in (Sight.BLIND, Sight.UNKNOWN):
            yield Guess(movement, place, prior * _weight(movement, place, look))


def _shares(weighed: list[Guess]) -> list[Guess]:
    """The guesses with their weights as parts of the sum of all, the likeliest first."""
    total = max(sum(guess.confidence for guess in weighed), 1e-300)
    shares = [replace(guess, confidence=guess.confidence / total) for guess in weighed]
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
    turn_deg = sum(look.rom_deg) / len(look.rom_deg)
    lies = lean_likelihood(view, place, turn_deg, look.leans, look.axis_leans)
    return math.prod(_parts(movement, view, look)) * lies * _reach(view, look)


def _parts(movement: Movement, view: View, look: Look) -> Iterator[float]:
    """Range, out beside back, hold beside both, sway."""
    tempo, usual_deg = movement.tempo, (view.low_deg, view.high_deg)
    as_usual = _range(look.rom_deg, *usual_deg)
    otherwise = _range(look.rom_deg, *(view.other_deg or usual_deg))
    yield (1.0 - OTHER_SETUP) * as_usual + OTHER_SETUP * otherwise
    out_s, back_s = _at_least(SHORTEST_S, look.out_s), _at_least(SHORTEST_S, look.back_s)
    parts = [out / back for out, back in zip(out_s, back_s, strict=True)]
    yield _habit(parts, tempo.out_s / tempo.back_s)
    strokes_s = tempo.out_s + tempo.back_s
    usual_part = (tempo.hold_s + SLOW_PART * strokes_s) / (SEEN_PART * strokes_s)
    seen_s = (sum(out_s) + sum(back_s)) / len(out_s)
    yield _habit(_at_least(SHORTEST_HOLD_S, look.hold_s), usual_part * seen_s)
    sway_deg = _at_least(LEAST_SWAY_DEG, look.wobble_deg)
    yield _student(sway_deg, SWAY_DEG[movement.posture], SWAY_SPREAD)


def _at_least(least: float, seen: Sequence[float]) -> list[float]:
    return [max(one, least) for one in seen]


def _range(rom_deg: Sequence[float], low_deg: float, high_deg: float) -> float:
    low_deg = max(low_deg, LEAST_DEG)
    spread = math.hypot(RANGE_SPREAD, math.log(high_deg / low_deg) / 4)
    return _student(_at_least(LEAST_DEG, rom_deg), math.sqrt(low_deg * high_deg), spread)


def _habit(seen: Sequence[float], usual: float) -> float:
    """How likely a part of the rhythm is: most keep to what they are told, the others do not."""
    kept, own = _student(seen, usual, RHYTHM_SPREAD), _student(seen, usual, OWN_SPREAD)
    return KEPT * kept + (1.0 - KEPT) * own


def _reach(view: View, look: Look) -> float:
    """How likely a sensor sits so far from its axis, which may not be the one that is thought."""
    if look.reach_m is None:
        return 1.0
    if view.reach_m is None:
        return ANY_REACH
    wrong, spread = NO_AXIS[view.axis], REACH_SPREAD[view.axis]
    off = math.log(look.reach_m / view.reach_m) / spread
    near = math.exp(-0.5 * off * off) / (spread * math.sqrt(2.0 * math.pi))
    return (1.0 - wrong) * near + wrong * ANY_REACH


def _student(seen: Sequence[float], usual: float, spread: float) -> float:
    """Student's t of the mean logarithm of what was seen beside the usual, up to a common factor.

    Reps that were seen differently were seen badly: the mean's own error widens the spread.
    """
    logs = [math.log(one / usual) for one in seen]
    mean = sum(logs) / len(logs)
    error = math.sqrt(sum((one - mean) ** 2 for one in logs)) / len(logs)
    off = mean / math.hypot(spread, error)
    return math.pow(1.0 + off * off / FREEDOM, -(FREEDOM + 1.0) / 2.0) / spread
