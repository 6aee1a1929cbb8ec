"""How often the running hold is told in time: `python -m benchmarks.running_hold [SEEDS]`.

A hold of `ASKED_S` is asked for. Of the counter's holds that are longer, how many the first look
calls while they last, how far from the right moment, how many of these are said to the person (not
those of the first rep of a set, when somebody may only be getting into position), and how many
calls there are where nothing is held. Clean and untidy sets of every mount that sees the movement;
SEEDS of each (5). Prints the table of `docs/SESSION.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pool

import numpy as np

from imu_reps.core.events import Partial, Rep
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount, Sight
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import all_movements
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.limb import Phase
from imu_reps.session.coaching.view import View
from imu_reps.session.planning.plan import Target, free
from imu_reps.session.setup import Setup
from imu_reps.session.stream.counted import counted
from imu_reps.session.stream.steps import watched
from imu_reps.simulate import Strap, easy, hard, simulate

ASKED_S = 1.0
MARGIN_S = 0.15
"""A hold that is longer by less may end before anybody could have called it."""

NEAR_S = 0.25
"""From the right moment, at the most: a person notices no less."""

AROUND_S = 0.5
"""Beside an attempt's hold: a call so near is meant for it."""

CHUNK, REPS, FIRST_SEED, SEEDS = 5, 8, 900, 5
PRESETS = {"clean": easy, "untidy": hard}
SEEN = (Sight.GOOD, Sight.FAIR)


@dataclass(slots=True)
class Result:
    """Of some sets: holds, calls in them and how late each was, what was said, and false calls."""

    holds: int = 0
    late_s: list[float] = field(default_factory=list)
    said: int = 0
    false: int = 0

    def add(self, other: Result) -> None:
        self.holds += other.holds
        self.late_s += other.late_s
        self.said += other.said
        self.false += other.false


def result(setup: Setup, kind: str, seed: int) -> Result:
    """One set, played to a guide as from a sensor."""
    plan, imu = PRESETS[kind](setup.movement, REPS, np.random.default_rng(seed))
    made = simulate(Strap(setup.movement, setup.leg, setup.mount), plan, imu, seed)
    assert made.header.scale is not None
    clock = DeviceClock(made.header.scale, imu.rate_hz)
    told = _Told(setup)
    stream = (clock.update(made.frames[i : i + CHUNK]) for i in range(0, len(made.frames), CHUNK))
    for event in counted(watched(stream, told.take), setup, lambda: 0):
        told.guide.event(event)
        if isinstance(event, Rep | Partial):
            told.attempts.append(event)
    return told.result()


class _Told:
    """What is shown and said of a set while it lasts."""

    def __init__(self, setup: Setup) -> None:
        self.attempts: list[Rep | Partial] = []
        self._now_s = 0.0
        self._called_s: list[float] = []
        self._said_s: list[float] = []
        self._is_called = False
        coach = Coach(free(setup, Target(hold_s=ASKED_S)))
        sinks = Sinks(self._show, self._say)
        self.guide = Guide(coach, lambda _kind, _fields: None, lambda: self._now_s, sinks)
        self.guide.begin(None, lambda: 0)

    def take(self, item: Samples | Note) -> None:
        self._now_s = float(item.time_s[-1]) if isinstance(item, Samples) else self._now_s
        self.guide.take(item)

    def result(self) -> Result:
        out = Result(false=sum(not self._in_a_hold(at_s) for at_s in self._called_s))
        for rep in self.attempts:
            if not isinstance(rep, Rep) or rep.hold_s <= ASKED_S + MARGIN_S:
                continue
            begin_s = rep.start_s + rep.out_s
            out.holds += 1
            called = [at_s - begin_s - ASKED_S for at_s in _within(self._called_s, rep)]
            out.late_s += called[:1]
            out.said += bool(_within(self._said_s, rep))
        return out

    def _in_a_hold(self, at_s: float) -> bool:
        return any(_within([at_s], one) for one in self.attempts)

    def _show(self, view: View) -> None:
        is_held = view.phase is Phase.HOLD and view.hold_s >= ASKED_S
        if is_held and not self._is_called:
            self._called_s.append(self._now_s)
        self._is_called = is_held

    def _say(self, cue: Cue) -> None:
        if cue.kind is Kind.HOLD:
            self._said_s.append(self._now_s)


def _within(times_s: list[float], one: Rep | Partial) -> list[float]:
    """Those of the moments that are in the hold of an attempt."""
    begin_s, end_s = one.start_s + one.out_s, one.end_s - one.back_s
    return [at_s for at_s in times_s if begin_s - AROUND_S <= at_s <= end_s + AROUND_S]


def setups() -> Iterator[Setup]:
    """Every movement that is held, and every mount that sees it."""
    for movement in all_movements().values():
        for mount, view in movement.views.items():
            if movement.tempo.hold_s and view.sight in SEEN:
                yield Setup(movement, Leg.LEFT, mount)


def table(seeds: int) -> Iterator[list[object]]:
    """A row a kind of set."""
    for kind in PRESETS:
        jobs = [
            (setup.movement.name, setup.mount, kind, FIRST_SEED + seed)
            for setup in setups()
            for seed in range(seeds)
        ]
        with Pool() as pool:
            yield [kind, len(jobs), *_cells(pool.starmap(_of, jobs))]


def _of(movement: str, mount: Mount, kind: str, seed: int) -> Result:
    return result(Setup(all_movements()[movement], Leg.LEFT, mount), kind, seed)


def _cells(results: list[Result]) -> list[object]:
    every = Result()
    for one in results:
        every.add(one)
    near = sum(abs(late_s) <= NEAR_S for late_s in every.late_s)
    called = len(every.late_s)
    parts = f"{100 * called / every.holds:.0f} %", f"{100 * near / max(1, called):.0f} %"
    return [every.holds, called, *parts, every.said, every.false]


def main() -> None:
    """The table."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    print(f"| sets | of | holds | called | part | within {NEAR_S} s | said | false calls |")
    print("|" + "---|" * 8)
    for row in table(seeds):
        print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
