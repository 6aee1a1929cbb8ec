"""Gyros that lie: what would be counted were the axes, the scale or single samples wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from imu_reps.core.samples import Floats, Samples

RANGE_RADS = np.radians(2000.0)
"""The widest that is usual."""


def _now_and_then_anyhow(rads: Floats) -> Floats:
    """These rates (n, 3), one sample in a thousand of them anything within the range."""
    rng = np.random.default_rng(len(rads))
    wrong, told = rng.random(len(rads)) < 1e-3, rads.copy()
    told[wrong] = rng.uniform(-RANGE_RADS, RANGE_RADS, (int(wrong.sum()), 3))
    return told


GYROS: dict[str, Callable[[Floats], Floats | None]] = {
    "as it is": lambda rads: rads,
    "none": lambda _: None,
    "axes swapped": lambda rads: rads[:, [1, 2, 0]],
    "turned round": lambda rads: -rads,
    "0.4 of its scale": lambda rads: 0.4 * rads,
    "twice its scale": lambda rads: 2.0 * rads,
    "one sample in a thousand wrong": _now_and_then_anyhow,
}

HEADS = "gyro|recordings|told to contradict gravity|exact"

Told = tuple[str, bool, bool]
"""The gyro, whether it is told to lie, and whether the very reps are counted that were made."""


def spoiled(samples: Samples) -> Iterator[tuple[str, Samples]]:
    """The samples as sensors with each of these gyros would have told them."""
    assert samples.gyr_rads is not None
    for name, told in GYROS.items():
        yield name, replace(samples, gyr_rads=told(samples.gyr_rads))


def gyros(told: Iterable[Told]) -> Iterator[list[object]]:
    """A row for each gyro."""
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for name, lies, exact in told:
        rows[name].append((lies, exact))
    for name, row in rows.items():
        yield [name, len(row), *(sum(column) for column in zip(*row, strict=True))]
