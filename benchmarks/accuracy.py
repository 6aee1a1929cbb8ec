"""How well random simulated sets are counted: `python -m benchmarks.accuracy [SETS] [PLOTS]`.

Each set is another athlete with another sensor: tempo 0.6 to 2 times the usual, range +-40 %,
fatigue to 40 %, partials to 20 %, touch-and-go, sticking points, sway to 3 degrees, strap slips,
walking, stairs, sitting, lying down and pulling at the strap around the sets, 25 to 200 samples a
second, up to 5 % lost, any strap orientation, gyro bias to 5 degrees a second. SETS a mount (20).
Prints the tables of `docs/ACCURACY.md`, and draws a typical and the worst set of each mount into
the folder PLOTS. It measures: no rule is to be fitted to it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy_auto import STRAPS, Named, named, names, straps
from benchmarks.accuracy_gyros import HEADS, Told, gyros, spoiled
from benchmarks.accuracy_plots import draw
from imu_reps.core.events import Event, Rep, SetStart, Warn
from imu_reps.core.movement import Movement
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.counting import RepCounter
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements, movement_named
from imu_reps.session.afterwards.scoring import Score, score, total
from imu_reps.simulate import Imu, Plan, Simulation, Strap, random_plan, simulate
from imu_reps.simulate.daily import DOINGS, Doing

FIRST_SEED = 5000
SETS = 20
FEW_SETS = 3
"""A mount, where one table counts everything many times."""

LIVE_STEP = 10
"""Samples at a time, as a sensor's arrive."""

HOUR: tuple[Doing, ...] = ("walk", "walk", "stairs", "stand", "stand", "sit")
"""What is done in an hour with no set in it, as often as it stands here."""


@dataclass(frozen=True)
class Case:
    """One random recording to be made and counted."""

    movement: str
    mount: Mount
    seed: int

    def planned(self) -> tuple[Plan, Imu]:
        return random_plan(movement_named(self.movement), np.random.default_rng(self.seed))

    def made(self) -> tuple[Plan, Simulation, Samples]:
        plan, imu = self.planned()
        movement = movement_named(self.movement)
        made = simulate(Strap(movement, Leg.LEFT, self.mount), plan, imu, self.seed)
        assert made.header.scale is not None
        return plan, made, DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)

    def counted(self, samples: Samples, movement: str | None = None) -> list[Event]:
        name = movement or self.movement
        counter = RepCounter(movement_named(name), Leg.LEFT, self.mount)
        return [*counter.update(samples), *counter.finish()]


@dataclass(frozen=True)
class Result:
    """What was counted of one case."""

    case: Case
    score: Score
    sets: int
    true_sets: int
    named: Named
    codes: frozenset[str]
    """Of its warnings."""


def counted(case: Case) -> Result:
    """One case, as named and as `auto`."""
    plan, made, samples = case.made()
    events = case.counted(samples)
    starts = sum(isinstance(event, SetStart) for event in events)
    reps = [event for event in case.counted(samples, "generic") if isinstance(event, Rep)]
    told = named(reps, samples, case.movement, case.mount)
    codes = frozenset(event.code for event in events if isinstance(event, Warn))
    return Result(case, score(events, made.truth), starts, len(plan.sets), told, codes)


def delays_s(case: Case) -> list[float]:
    """How long after a rep's true end (10 % of the way) it was said, sample by sample."""
    _, made, samples = case.made()
    counter = RepCounter(movement_named(case.movement), Leg.LEFT, case.mount)
    found = []
    for begin in range(0, len(samples), LIVE_STEP):
        piece = samples[begin : begin + LIVE_STEP]
        for event in counter.update(piece):
            if isinstance(event, Rep):
                ends = [true.end_s for true in made.truth.reps]
                nearest = min(ends, key=lambda end_s: abs(end_s - event.end_s))
                found.append(float(piece.time_s[-1]) - nearest)
    return found


def with_gyros(case: Case) -> list[Told]:
    """What is counted of one case if its gyro were another."""
    _, made, samples = case.made()
    told = []
    for name, others in spoiled(samples):
        events = case.counted(others)
        lies = any(isinstance(e, Warn) and e.code == "gyro_disagrees" for e in events)
        told.append((name, lies, score(events, made.truth).exact_reps))
    return told


def idle(case: Case, doings: tuple[Doing, ...]) -> tuple[int, float]:
    """False reps in some minutes of doing these things, and these minutes in hours."""
    rng = np.random.default_rng(case.seed)
    movement = movement_named(case.movement)
    before = tuple(doings[int(i)] for i in rng.integers(0, len(doings), 80))
    _, imu = random_plan(movement, rng)
    body = movement if case.movement != "generic" else movement_named("bridge")
    made = simulate(Strap(body, Leg.LEFT, case.mount), Plan((), before=before), imu, case.seed)
    assert made.header.scale is not None
    samples = DeviceClock(made.header.scale, imu.rate_hz).update(made.frames)
    reps = sum(isinstance(event, Rep) for event in case.counted(samples))
    return reps, float(samples.time_s[-1] - samples.time_s[0]) / 3600


def mounts(movement: Movement) -> list[Mount]:
    """The mounts that see a movement."""
    seen = [mount for mount, view in movement.views.items() if view.sight is not Sight.BLIND]
    return seen or list(movement.wear)


def cases(sets_a_mount: int) -> list[Case]:
    """So many of each movement and mount, no two of them with the same athlete."""
    places = [
        (movement.name, mount)
        for movement in all_movements().values()
        for mount in mounts(movement)
    ]
    return [
        Case(name, mount, FIRST_SEED + 1000 * place + number)
        for place, (name, mount) in enumerate(places)
        for number in range(sets_a_mount)
    ]


def table(heads: str, rows: Iterable[Sequence[object]]) -> None:
    """One table in Markdown."""
    print(f"\n| {heads.replace('|', ' | ')} |")
    print("|" + "---|" * len(heads.split("|")), flush=True)
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def counts(results: list[Result]) -> Iterator[list[object]]:
    """A row a movement and mount, and one for each sight."""
    rows: dict[tuple[str, ...], list[Result]] = defaultdict(list)
    for result in results:
        movement = movement_named(result.case.movement)
        sight = movement.view(result.case.mount).sight
        rows[movement.short_name, result.case.mount, sight].append(result)
        rows["all", "", sight].append(result)
    for key, found in sorted(rows.items()):
        scores = [one.score for one in found]
        errors = total(scores).errors
        mean, bias_s = np.abs(errors).mean(axis=0), errors[:, 2].mean()
        yield [
            *key,
            f"{sum(one.exact_reps for one in scores)}/{len(scores)}",
            sum(abs(one.reps - one.true_reps) <= 1 for one in scores),
            sum(one.partials == one.true_partials for one in scores),
            sum(one.sets == one.true_sets for one in found),
            *(f"{value:.2f} s" for value in mean[:3]),
            f"{bias_s:+.2f} s",
            f"{mean[3]:.1f}°",
        ]


def blind() -> Iterator[list[object]]:
    """What is said of mounts that see nothing."""
    for movement in all_movements().values():
        for mount, view in movement.views.items():
            if view.sight is Sight.BLIND:
                case = Case(movement.name, mount, FIRST_SEED)
                events = case.counted(case.made()[2])
                codes = [event.code for event in events if isinstance(event, Warn)]
                reps = sum(isinstance(event, Rep) for event in events)
                yield [movement.short_name, mount, ", ".join(codes), reps]


def warned(results: list[Result]) -> Iterator[list[object]]:
    """In how many recordings the strap is told to see nothing, or to slip."""
    for name, slips in (("stays", False), ("slips by 10 or 20°", True)):
        codes = [one.codes for one in results if (one.case.planned()[1].slip_deg > 0) is slips]
        blind = sum(bool(told & {"no_clear_excursion", "no_such_excursion"}) for told in codes)
        yield [name, len(codes), blind, sum("strap_slipped" in told for told in codes)]


def idle_rows(pool: Any) -> Iterator[list[object]]:
    """What is counted where nobody trains: with a movement named, and `generic`."""
    at_rest = [Case(case.movement, case.mount, case.seed + 900) for case in cases(3)]
    for name, doings in (("walking, stairs, standing, sitting", HOUR), ("these and more", DOINGS)):
        for is_named in (True, False):
            seen = [case for case in at_rest if (case.movement != "generic") is is_named]
            lived = pool.starmap(idle, [(case, doings) for case in seen], chunksize=2)
            hours, told = sum(lasts for _, lasts in lived), sum(reps for reps, _ in lived)
            yield [f"{name}, {'named' if is_named else 'generic'}", f"{hours:.1f}", told]


def main() -> None:
    """All tables, and the plots where a folder is named."""
    sets_a_mount = int(sys.argv[1]) if len(sys.argv) > 1 else SETS
    few = cases(min(FEW_SETS, sets_a_mount))
    with Pool() as pool:
        results = pool.map(counted, cases(sets_a_mount), chunksize=4)
        told = [
            (one.case.movement, one.case.mount, one.named)
            for one in results
            if one.case.movement != "generic"
        ]
        heads = "movement|mount|sight|exact|within one|partials|sets|start|end|hold|hold bias|range"
        table(heads, counts(results))
        table("auto|right|unsure|wrong", names(told))
        table(STRAPS, straps(told))
        table("blind: movement|mount|told|reps", blind())
        clear = [
            one
            for one in results
            if movement_named(one.case.movement).view(one.case.mount).sight is not Sight.WEAK
        ]
        table("strap|recordings|told to see nothing|told to have slipped", warned(clear))
        table(HEADS, gyros(told for some in pool.map(with_gyros, few) for told in some))
        table("no set in it|hours|false reps", idle_rows(pool))
        late = np.array([late_s for found in pool.map(delays_s, few) for late_s in found])
        spread = [f"{np.percentile(late, part):+.2f} s" for part in (25, 50, 75, 95)]
        table("said after its end, 25 %|50 %|75 %|95 %", [spread])
    if len(sys.argv) > 2:
        draw([(one.case, one.score) for one in results], Path(sys.argv[2]))


if __name__ == "__main__":
    main()
