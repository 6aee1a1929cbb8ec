"""How well random simulated sets are counted: `python benchmarks/accuracy.py [SETS-A-MOUNT]`.

Each set is another athlete with another sensor: tempo 0.6 to 2 times the usual, range +-40 %,
fatigue to 40 %, partials to 20 %, touch-and-go, sway, strap slips, walking and shuffling, 25 to
200 samples a second, up to 5 % lost, any strap orientation, gyro bias to 5 degrees a second.
Prints a table for `docs/ACCURACY.md`: it measures, and no rule is to be fitted to it.
"""

from __future__ import annotations

import sys

import numpy as np

from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.counting import RepCounter
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements
from imu_reps.session.scoring import Score, score, total
from imu_reps.simulate import Strap, random_plan, simulate

FIRST_SEED = 5000
SETS = 20


def counted(strap: Strap, seed: int) -> Score:
    """One random recording, counted and compared with its truth."""
    plan, imu = random_plan(strap.movement, np.random.default_rng(seed))
    made = simulate(strap, plan, imu, seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)
    counter = RepCounter(strap.movement, strap.leg, strap.mount)
    return score([*counter.update(samples), *counter.finish()], made.truth)


def row(movement: Movement, mount: Mount, sets: int) -> str:
    """One line of the table."""
    strap = Strap(movement, Leg.LEFT, mount)
    scores = [counted(strap, FIRST_SEED + number) for number in range(sets)]
    exact = sum(one.reps == one.true_reps for one in scores)
    near = sum(abs(one.reps - one.true_reps) <= 1 for one in scores)
    partials = sum(one.partials == one.true_partials for one in scores)
    start_s, end_s, hold_s, rom_deg = np.abs(total(scores).errors).mean(axis=0)
    bias_s = total(scores).errors[:, 2].mean()
    return (
        f"| {movement.short_name} | {mount} | {movement.view(mount).sight} | {exact}/{sets} | "
        f"{near}/{sets} | {partials}/{sets} | {start_s:.2f} s | {end_s:.2f} s | {hold_s:.2f} s | "
        f"{bias_s:+.2f} s | {rom_deg:.1f}° |"
    )


def main() -> None:
    """The whole table."""
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else SETS
    heads = "movement|mount|sight|exact|within one|partials|start|end|hold|hold bias|range"
    print(f"| {heads.replace('|', ' | ')} |")
    print("|" + "---|" * len(heads.split("|")))
    for movement in all_movements().values():
        seen = [m for m, view in movement.views.items() if view.sight is not Sight.BLIND]
        for mount in seen or movement.wear:
            print(row(movement, mount, sets), flush=True)


if __name__ == "__main__":
    main()
