"""How often equal legs are called different, and unlike ones found: `python -m benchmarks.balance`.

Reps are drawn, not counted: a person's tempo, range and wobble, the same for both legs, times a
variation from rep to rep (log-normal, of the size that `imu_reps/simulate` uses: 8 % of each time,
4 % of the range), a fatigue over the set, and an error of measurement. Prints the tables of
`docs/BALANCE.md`. The sizes of natural variation are judgement: nobody has measured these
movements; that is why reps that vary twice as much, and ones that hang together, are shown too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from imu_reps.balance import Balance, balance
from imu_reps.core.events import Event, Rep, SetEnd
from imu_reps.core.movement import Movement, Tempo
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg
from imu_reps.movements import all_movements

SESSIONS = 2000
SEED = 600
UNLIKE_PART = 0.75
"""A true difference of 25 % by Bishop's formula."""

HEALTHY_SD = 0.096
"""Single-leg bridge, repetitions of 100 players: 0.4 +- 9.6 % between the legs (Gasparin)."""

MEASURED_S, MEASURED_DEG = 0.08, 0.5
"""Errors of a hold's or stroke's time and of a range (docs/ACCURACY.md: 0.1-0.3 s, 1.5-4 deg, of
which the most part is the same in every rep of a set).
"""


@dataclass(frozen=True, slots=True)
class Nature:
    """How reps vary: the size (1 = as simulated), how much one hangs on the one before, how much a
    set fades, and how much legs of one person differ.
    """

    times: float = 1.0
    hangs: float = 0.0
    fades: float = 0.1
    legs_sd: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """One person's usual rep in one movement."""

    movement: Movement
    tempo: Tempo
    rom_deg: float
    wobble_deg: float
    nature: Nature


def person(rng: Generator, nature: Nature) -> Person:
    """Somebody who trains one of the four movements."""
    known = [one for one in all_movements().values() if one.views]
    movement = known[int(rng.integers(len(known)))]
    view = movement.view(movement.wear[0])
    factors = np.exp(rng.normal(0.0, 0.2, 3))
    usual = movement.tempo
    return Person(
        movement,
        Tempo(usual.out_s * factors[0], usual.hold_s * factors[1], usual.back_s * factors[2]),
        float(rng.uniform(view.low_deg, view.high_deg)),
        float(rng.uniform(0.5, 3.0)),
        replace(nature, fades=float(rng.uniform(0.0, 2 * nature.fades))),
    )


def reps(who: Person, leg: Leg, count: int, rng: Generator) -> list[Event]:
    """One set of one leg."""
    fading = np.linspace(1.0, 1.0 - who.nature.fades, count)
    unlike = np.exp(rng.normal(0.0, who.nature.legs_sd / np.sqrt(2), 5))

    def drawn(usual: float, spread: float, place: int) -> Floats:
        varying: Floats = np.exp(spread * who.nature.times * _noise(who, count, rng))
        return usual * float(unlike[place]) * varying

    out_s = np.maximum(drawn(who.tempo.out_s, 0.08, 0) / fading + _error(count, rng), 0.2)
    hold_s = np.maximum(drawn(who.tempo.hold_s, 0.08, 1) * fading + _error(count, rng), 0.0)
    back_s = np.maximum(drawn(who.tempo.back_s, 0.08, 2) / fading + _error(count, rng), 0.2)
    rom_deg = drawn(who.rom_deg, 0.04, 3) * fading + rng.normal(0.0, MEASURED_DEG, count)
    wobble_deg = drawn(who.wobble_deg, 0.2, 4)
    # A minimum-jerk stroke's peak speed is 1.875 times its mean; people's differ a little.
    peak = 1.875 * np.exp(rng.normal(0.0, 0.05, (2, count)))
    made: list[Event] = [
        Rep(
            set=1,
            number=i + 1,
            movement=who.movement.name,
            leg=leg,
            mount=who.movement.wear[0],
            start_s=10.0 * i,
            out_s=out_s[i],
            hold_s=hold_s[i],
            back_s=back_s[i],
            end_s=10.0 * i + out_s[i] + hold_s[i] + back_s[i],
            rom_deg=rom_deg[i],
            wobble_deg=wobble_deg[i],
            peak_out_dps=peak[0, i] * 0.9 * rom_deg[i] / out_s[i],
            peak_back_dps=peak[1, i] * 0.9 * rom_deg[i] / back_s[i],
        )
        for i in range(count)
    ]
    return [*made, SetEnd(1, count, 0, 10.0 * count)]


def _noise(who: Person, count: int, rng: Generator) -> Floats:
    drawn = rng.normal(0.0, 1.0, count)
    part = who.nature.hangs
    for i in range(1, count):
        drawn[i] = part * drawn[i - 1] + np.sqrt(1 - part**2) * drawn[i]
    return drawn


def _error(count: int, rng: Generator) -> Floats:
    return rng.normal(0.0, MEASURED_S, count)


def sided(found: Balance) -> list[str]:
    """The metrics that call a leg higher."""
    return [row.metric for row in found.rows if row.verdict.endswith("higher")]


def healthy(nature: Nature, least: int, most: int, sessions: int) -> Iterator[Balance]:
    """Sessions of `least` to `most` reps a leg."""
    rng = np.random.default_rng(SEED)
    for _ in range(sessions):
        who = person(rng, nature)
        counts = rng.integers(least, most + 1, 2)
        events = [e for leg, n in zip(Leg, counts, strict=True) for e in reps(who, leg, n, rng)]
        yield balance(who.movement.name, events)


def holds_truth(nature: Nature, found: list[Balance]) -> str:
    """How many of the 95 % intervals hold the true difference, none, where the legs are alike."""
    if nature.legs_sd:
        return ""
    told = [row.ci95 for one in found for row in one.rows if row.ci95 is not None]
    return f"{100 * np.mean([low <= 0 <= high for low, high in told]):.0f} %"


def found_part(metric: str, unlike: Unlike, nature: Nature, sessions: int) -> float:
    """How many ten-rep pairs with a true difference in one metric are called so."""
    rng = np.random.default_rng(SEED)
    left, right = (replace(unlike.movement.tempo, **{metric: s}) for s in unlike.seconds)
    found = 0
    for _ in range(sessions):
        who = replace(person(rng, nature), movement=unlike.movement, rom_deg=40.0)
        events = [
            *reps(replace(who, tempo=left), Leg.LEFT, 10, rng),
            *reps(replace(who, tempo=right), Leg.RIGHT, 10, rng),
        ]
        rows = {row.metric: row.verdict for row in balance(unlike.movement.name, events).rows}
        found += rows[metric] == "left_higher"
    return found / sessions


@dataclass(frozen=True, slots=True)
class Unlike:
    """A movement whose left and right differ in the seconds of one part of a rep."""

    movement: Movement
    seconds: tuple[float, float]


def unlike_pairs() -> Iterator[tuple[str, Unlike]]:
    """Every hold and stroke of the four movements against a leg that takes a third longer."""
    for movement in all_movements().values():
        for metric in ("hold_s", "out_s", "back_s") if movement.views else ():
            usual_s = float(getattr(movement.tempo, metric))
            if usual_s > 0:
                yield metric, Unlike(movement, (usual_s / UNLIKE_PART, usual_s))


NATURES = {
    "as simulated (8 % of a time, 4 % of range)": Nature(),
    "one rep hangs on the one before (r 0.3)": Nature(hangs=0.3),
    "the same, more so (r 0.5)": Nature(hangs=0.5),
    "varying 1.5 times as much": Nature(times=1.5),
    "varying twice as much": Nature(times=2.0),
}


def main() -> None:
    """Both tables."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS
    heads = "any side called", "metrics called", "rows balanced", "intervals right"
    print(f"| legs alike, reps | a leg | {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|")
    cases = [(name, nature, 6, 12) for name, nature in NATURES.items()]
    few = [("as simulated", Nature(), 3, 5), ("as simulated", Nature(), 10, 10)]
    differing = [("legs that truly differ by 9.6 % (SD)", Nature(legs_sd=HEALTHY_SD), 6, 12)]
    for name, nature, least, most in [*cases, *few, *differing]:
        all_found = list(healthy(nature, least, most, sessions))
        sides = [sided(found) for found in all_found]
        rows = [row.verdict for found in all_found for row in found.rows if row.metric != "reps"]
        called = 100 * sum(map(bool, sides)) / sessions
        each = 100 * sum(map(len, sides)) / len(rows)
        even = 100 * rows.count("balanced") / len(rows)
        reach = f"{least}-{most}" if least < most else f"{least}"
        told = f"{called:.1f} % | {each:.2f} % | {even:.0f} % | {holds_truth(nature, all_found)}"
        print(f"| {name} | {reach} | {told} |", flush=True)
    print("\n| a true 25 % difference, ten reps a leg | as simulated | 1.5 times | r 0.3 |")
    print("|---|---|---|---|")
    natures = Nature(), Nature(times=1.5), Nature(hangs=0.3)
    for metric, unlike in unlike_pairs():
        parts = [found_part(metric, unlike, one, max(sessions // 10, 50)) for one in natures]
        longer_s, usual_s = unlike.seconds
        what = f"{unlike.movement.short_name}: {metric} {longer_s:.2f} against {usual_s:.2f} s"
        print(f"| {what} | {' | '.join(f'{100 * part:.0f} %' for part in parts)} |", flush=True)


if __name__ == "__main__":
    main()
