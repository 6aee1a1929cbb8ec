"""What `--movement auto` makes of a recording's first two reps: the movement, the strap's leg."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imu_reps.core.events import Rep
from imu_reps.core.samples import Samples
from imu_reps.core.words import Mount
from imu_reps.motion.poses import Poses
from imu_reps.motion.strap import Slip
from imu_reps.motion.tracker import PoseTracker
from imu_reps.movements import movement_named
from imu_reps.session.first_reps import likeness
from imu_reps.session.first_reps.auto import REPS
from imu_reps.session.first_reps.first_look import Look, Watch
from imu_reps.session.first_reps.likeness import SURE_PLACE, guesses, places

STRAPS = "strap on|mount|noticed where the other leg was said|doubted where rightly said"


@dataclass(frozen=True)
class Named:
    """The movement that is told, or `unsure`; and, where both of a segment's places see the true
    movement, whether a strap that is said to be on the other leg is noticed and whether one that
    is rightly said to be where it is is believed there.
    """

    movement: str = "unsure"
    is_noticed: bool | None = None
    is_believed: bool | None = None


Told = tuple[str, Mount, Named]
"""The true movement, the mount, and what was told."""


def named(reps: list[Rep], samples: Samples, movement: str, mount: Mount) -> Named:
    """What is told of these reps of a strap on `mount`; `movement` is the true one."""
    if not reps:
        return Named()
    watch = Watch()
    watch.update(samples)
    for item in PoseTracker().update(samples):
        if isinstance(item, Poses | Slip):
            watch.see(item)
    look = watch.look(reps[:REPS])
    told = likeness.named(guesses(look, mount))
    name = "unsure" if told is None else told[0].name
    other = mount.on_other_leg
    if other is None or len(_places(look, movement, mount)) < 2:
        return Named(name)
    noticed = _places(look, movement, other)[mount] >= SURE_PLACE
    return Named(name, noticed, _places(look, movement, mount)[other] < SURE_PLACE)


def _places(look: Look, movement: str, said: Mount) -> dict[Mount, float]:
    """How likely each place of the strap is in this movement, after what the user said."""
    found = places(movement_named(movement), look, said)
    return {guess.mount: guess.confidence for guess in found}


def names(told: Iterable[Told]) -> Iterator[list[object]]:
    """How often `auto` was right, unsure, wrong about each true movement."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for movement, _, one in told:
        rows[movement][one.movement] += 1
    for movement, counts in sorted(rows.items()):
        right, unsure = counts[movement], counts["unsure"]
        yield [movement, right, unsure, counts.total() - right - unsure]


def straps(told: Iterable[Told]) -> Iterator[list[object]]:
    """How often the leg that wears the strap was told from the data, by movement and mount."""
    rows: dict[tuple[str, Mount], list[Named]] = defaultdict(list)
    for movement, mount, one in told:
        if one.is_noticed is not None:
            rows[movement, mount].append(one)
    for (movement, mount), found in sorted(rows.items()):
        noticed = sum(bool(one.is_noticed) for one in found)
        doubted = sum(not one.is_believed for one in found)
        yield [movement, mount, f"{noticed}/{len(found)}", f"{doubted}/{len(found)}"]
