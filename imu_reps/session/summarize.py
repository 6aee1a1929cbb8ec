"""The balance of some recordings."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from imu_reps.balance import Balance, balance
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Event
from imu_reps.session.replay import replayed
from imu_reps.session.setup import Wishes


def summarize(
    paths: Iterable[str | PathLike[str]],
    movement: str | None = None,
    leg: str | None = None,
    mount: str | None = None,
) -> Balance:
    """The left/right balance of recordings of one movement.

    Raises `BadInput` where a recording does not say which leg it is of, `BadUsage` where they are
    of different movements.
    """
    if isinstance(paths, str):
        raise BadUsage(f"a list of recordings is wanted, not the one name {paths!r}")
    files = list(map(Path, paths))
    if not files:
        raise BadUsage("no recording to summarize; name one or more")
    twice = [str(f) for f in files if sum(f.resolve() == other.resolve() for other in files) > 1]
    if twice:
        raise BadUsage(f"{twice[0]}: the same recording is named twice; name it once")
    events: list[Event] = []
    movements: dict[str, Path] = {}
    for path in files:
        with replayed(path, Wishes(movement, leg, mount)) as replay:
            if "leg" in replay.setup.assumed:
                raise BadInput(
                    f"{path}: does not say which leg it is of; write it in with "
                    f"`imu-reps convert --leg left {path} NEW.imu.csv`"
                )
            movements.setdefault(replay.setup.movement.name, path)
            events += replay.events(replay.samples())
    if len(movements) > 1:
        told = " and ".join(f"{path} is {name}" for name, path in movements.items())
        raise BadUsage(f"one summary is of one movement: {told}; summarize them apart")
    return balance(next(iter(movements)), events)
