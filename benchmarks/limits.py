"""What hangs on each limit: `python -m benchmarks.limits [SETS]` (3 a mount).

Each number with a name in motion and counting is moved by a fifth, down and up, as if it stood so
in the source, and random simulated sets are counted with it: counts of things and lists of numbers
aside, and the rooms that have no part in counting. Prints the table of `docs/LIMITS.md`. It
measures: no limit is to be fitted to it.
"""

from __future__ import annotations

import ast
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from inspect import getsource
from multiprocessing import get_context
from types import CodeType
from typing import Any

from benchmarks.accuracy import Case, cases, table
from imu_reps import counting, motion
from imu_reps.core.samples import Samples
from imu_reps.simulate import Simulation

SETS = 3
"""A mount, as everything is counted many times."""

MOVED = (0.8, 1.2)
"""Of what a limit is."""

ELSEWHERE = ("arrivals", "clock", "counted", "reach")
"""Rooms of motion that are about the samples' times, or about which movement it is."""

_MADE: list[tuple[Case, Simulation, Samples]] = []
"""Made once, and shared with the processes that are forked to count them with other limits."""


@dataclass(frozen=True)
class Limit:
    """A number with a name, and the module in which it stands."""

    module: str
    name: str

    @property
    def value(self) -> float:
        return float(vars(import_module(self.module))[self.name])

    @property
    def place(self) -> str:
        return self.module.removeprefix("imu_reps.").replace(".", "/") + ".py"


def limits() -> list[Limit]:
    """All of them; numbers of things, which cannot be moved by a fifth, are none."""
    found = []
    for package in (motion, counting):
        for room in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = import_module(room.name)
            names = _named(ast.parse(getsource(module)).body)
            found += [
                Limit(room.name, name)
                for name in names
                if isinstance(vars(module)[name], float)
                and room.name.split(".")[-1] not in ELSEWHERE
            ]
    return found


def _named(nodes: Iterable[ast.stmt]) -> list[str]:
    """The names in capitals that these statements give to something."""
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    names = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [node.id for node in names if node.id.isupper()]


class _Moving(SourceFileLoader):
    """Loads a module in whose source a limit is another."""

    def __init__(self, spec: ModuleSpec, limit: Limit, times: float) -> None:
        assert spec.origin is not None
        super().__init__(spec.name, spec.origin)
        self._limit, self._times = limit, times

    def get_code(self, fullname: str) -> CodeType:
        # Not what has been compiled before.
        assert fullname == self._limit.module
        tree = ast.parse(self.get_data(self.path))
        at = max(at for at, node in enumerate(tree.body) if self._limit.name in _named([node]))
        tree.body[at + 1 : at + 1] = ast.parse(f"{self._limit.name} *= {self._times!r}").body
        return compile(tree, self.path, "exec")


class _Finder(MetaPathFinder):
    """Finds the module of one limit, to move it."""

    def __init__(self, limit: Limit, times: float) -> None:
        self._limit, self._times = limit, times

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and name == self._limit.module:
            spec.loader = _Moving(spec, self._limit, self._times)
        return spec


def exact_with(change: tuple[Limit, float] | None) -> tuple[int, int]:
    """Sets whose reps, and whose partials too, are exact when one limit is another."""
    if change is not None:
        for name in [name for name in sys.modules if name.split(".")[0] == "imu_reps"]:
            del sys.modules[name]
        sys.meta_path.insert(0, _Finder(*change))
    counter = import_module("imu_reps.counting").RepCounter
    named = import_module("imu_reps.movements").movement_named
    score = import_module("imu_reps.session.afterwards.scoring").score
    words = import_module("imu_reps.core.words")
    scores = []
    for case, made, samples in _MADE:
        one = counter(named(case.movement), words.Leg.LEFT, words.Mount(case.mount.value))
        scores.append(score([*one.update(samples), *one.finish()], made.truth))
    return sum(one.exact_reps for one in scores), sum(one.exact for one in scores)


def rows() -> Iterator[list[object]]:
    """A row a limit: where it stands, what it is, and what is exact with less and more of it."""
    found = limits()
    changes = [None, *((limit, times) for limit in found for times in MOVED)]
    with get_context("fork").Pool(maxtasksperchild=1) as pool:
        first, *moved = pool.map(exact_with, changes, chunksize=1)
    yield ["none is moved", "", "", "{}, {}".format(*first), ""]
    for place, limit in enumerate(found):
        told = ["{}, {}".format(*both) for both in moved[2 * place : 2 * place + 2]]
        yield [limit.name, limit.place, f"{limit.value:.3g}", *told]


def main() -> None:
    """The table."""
    sets_a_mount = int(sys.argv[1]) if len(sys.argv) > 1 else SETS
    _MADE.extend((case, *case.made()[1:]) for case in cases(sets_a_mount))
    print(f"\nOf {len(_MADE)} recordings, those whose reps, and whose partials too, are exact:")
    table("limit|stands in|is|times 0.8|times 1.2", rows())


if __name__ == "__main__":
    main()
