"""The balance of some recordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from imu_reps.balance import Balance, Terms, balance
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import attempts_in
from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.reading import Read, read_recording
from imu_reps.session.setup import DEFAULT_MOVEMENT, Wishes


@dataclass(frozen=True, slots=True)
class Asked:
    """How to compare: the hold to reach (None: the movement's own), and the involved leg."""

    hold_target_s: float | None = None
    involved: Leg | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """All recordings of one movement, and the balance of both legs in them."""

    movement: Movement
    hold_target_s: float
    recordings: tuple[Read, ...]
    balance: Balance


def summarize(
    paths: Iterable[str | PathLike[str]],
    movement: str | None = None,
    leg: str | None = None,
    mount: str | None = None,
    involved: str | None = None,
) -> Balance:
    """The left/right balance of recordings of one movement; with `involved`, the injured leg, the
    limb symmetry index too.

    Raises `BadInput` where a recording does not say which leg it is of, `BadUsage` where they are
    of different movements.
    """
    if isinstance(paths, str | PathLike):
        raise BadUsage(f"a list of recordings is wanted, not the one name '{paths}'")
    asked = Asked(involved=None if involved is None else Leg.named(involved))
    found = compared(list(map(Path, paths)), Wishes(movement, leg, mount), asked)
    if len(found) > 1:
        told = " and ".join(f"{one.recordings[0].path} is {one.movement.name}" for one in found)
        raise BadUsage(
            f"one summary is of one movement: {told}; summarize them apart, or name the movement"
        )
    return found[0].balance


def compared(paths: Sequence[Path], wishes: Wishes, asked: Asked) -> list[Compared]:
    """The recordings by movement, in the order in which the movements are first met."""
    if not paths:
        raise BadUsage("no recording to summarize; name one or more")
    twice = [str(f) for f in paths if sum(f.resolve() == other.resolve() for other in paths) > 1]
    if twice:
        raise BadUsage(f"{twice[0]}: the same recording is named twice; name it once")
    whole = [read_of_a_leg(path, wishes) for path in paths]
    _refuse_copies(whole)
    reads = [one for read in whole for one in read.by_movement()]
    known: dict[str, list[Read]] = {}
    for read in reads:
        known.setdefault(read.setup.movement.name, []).append(read)
    nothing = [read for read in reads if read.setup.is_auto and not read.sets]
    if nothing and len(known) == 2 and len(nothing) == len(known[DEFAULT_MOVEMENT]):
        # Of what nothing was told, as nothing was done, is of the movement that the others are of.
        del known[DEFAULT_MOVEMENT]
        (name,) = known
        known[name] = [read for read in reads if read in (*known[name], *nothing)]
    return [_compared(movement_named(name), some, asked) for name, some in known.items()]


def _refuse_copies(reads: Sequence[Read]) -> None:
    """Raises `BadUsage` where two are the same recording: its reps would be counted twice, and the
    intervals be narrower than what was seen allows.
    """
    seen: dict[object, Read] = {}
    for read in reads:
        attempts = tuple(attempts_in(read.counted))
        first = seen.setdefault(attempts, read) if attempts else read
        if first is not read:
            raise BadUsage(f"{read.path}: the same recording as {first.path}; name one of them")


def read_of_a_leg(path: Path, wishes: Wishes) -> Read:
    """The recording; raises `BadInput` where neither it nor the user says which leg it is of."""
    read = read_recording(path, wishes)
    if "leg" in read.setup.assumed:
        raise BadInput(
            f"{path}: does not say which leg it is of; write it in with "
            f"`imu-reps convert --leg left {path} NEW.imu.csv`"
        )
    return read


def _compared(movement: Movement, recordings: Sequence[Read], asked: Asked) -> Compared:
    target_s = movement.tempo.hold_s if asked.hold_target_s is None else asked.hold_target_s
    rest_ups = [rest for read in recordings for rest in read.rest_ups]
    terms = Terms(target_s, asked.involved, rest_ups)
    events = [event for read in recordings for event in read.events]
    return Compared(movement, target_s, tuple(recordings), balance(movement.name, events, terms))
