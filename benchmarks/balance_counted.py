"""Verdicts on counted signals: `python -m benchmarks.balance_counted [PAIRS-A-MOVEMENT]`.

Both legs are simulated with their sensors (ten reps each, tempo varying by 8 %), counted, and
compared: alike, and with a right leg whose hold, way out or way back takes a quarter less or a
third more of the time. Prints the last table of `docs/BALANCE.md`. No person made these movements.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from imu_reps.balance import balance
from imu_reps.balance.compare import Verdict
from imu_reps.core.events import Event
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg
from imu_reps.counting import RepCounter
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements
from imu_reps.simulate import Plan, Strap, easy, simulate

PAIRS = 30
REPS = 10
RATE_HZ = 50.0
PARTS = ("hold_s", "out_s", "back_s")
LESS, MORE = 0.75, 1 / 0.75
"""Both are 25 % by Bishop's formula."""


def counted(movement: Movement, leg: Leg, seed: int, unlike: dict[str, float]) -> list[Event]:
    """The events of one simulated leg, some parts of whose reps are longer or shorter."""
    strap = Strap(movement, leg, movement.wear[0])
    plan, imu = easy(movement, REPS, np.random.default_rng(seed))
    made = simulate(strap, _changed(plan, unlike), replace(imu, rate_hz=RATE_HZ), seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, RATE_HZ).update(made.frames)
    counter = RepCounter(movement, leg, strap.mount)
    return [*counter.update(samples), *counter.finish()]


def _changed(plan: Plan, unlike: dict[str, float]) -> Plan:
    (attempts,) = plan.sets
    changed = [
        replace(one, **{name: times * getattr(one, name) for name, times in unlike.items()})
        for one in attempts
    ]
    return replace(plan, sets=(tuple(changed),))


def verdicts(movement: Movement, pair: int, unlike: dict[str, float]) -> dict[str, Verdict]:
    """What is said of one pair of legs."""
    left = counted(movement, Leg.LEFT, 1000 + pair, {})
    right = counted(movement, Leg.RIGHT, 5000 + pair, unlike)
    return {row.metric: row.verdict for row in balance(movement.name, left + right).rows}


def row(movement: Movement, pairs: int) -> str:
    """One line of the table."""
    alike = [verdicts(movement, pair, {}) for pair in range(pairs)]
    called = sum(any(v.endswith("higher") for v in one.values()) for one in alike)
    cells = [movement.short_name, f"{called}/{pairs}"]
    for part in PARTS:
        if not getattr(movement.tempo, part):
            cells.append("no hold")
            continue
        less = [verdicts(movement, pair, {part: LESS})[part] for pair in range(pairs)]
        more = [verdicts(movement, pair, {part: MORE})[part] for pair in range(pairs)]
        found = less.count("left_higher"), more.count("right_higher")
        usual_s = float(getattr(movement.tempo, part))
        cells.append(f"{usual_s:g} s: {found[0]}/{pairs}, {found[1]}/{pairs}")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """The whole table."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    heads = "movement|alike: a side called|hold: less, more|out: less, more|back: less, more"
    print(f"| {heads.replace('|', ' | ')} |")
    print("|---|---|---|---|---|")
    for movement in all_movements().values():
        if movement.views:
            print(row(movement, pairs), flush=True)


if __name__ == "__main__":
    main()
