"""Two sensors, one on each leg: what `imu-reps live` does with two ports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from imu_reps.commands._finish import keep, tell_balance
from imu_reps.commands._options import asked, at_a_terminal, say, say_assumed
from imu_reps.commands._print import print_events
from imu_reps.core.errors import BadInput
from imu_reps.core.events import Summary
from imu_reps.core.frames import Header
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.files import folder_at
from imu_reps.movements import all_movements
from imu_reps.session.both import Live, both
from imu_reps.session.live import live
from imu_reps.session.places import recording_path, recordings_folder
from imu_reps.session.sensor import Sensor
from imu_reps.session.setup import AUTO, DEFAULT_MOUNT, DEFAULT_MOVEMENT, Setup, Wishes, setup
from imu_reps.session.stopping import stopping
from imu_reps.session.worn import Worn, sensors

SUFFIX = ".imu.csv"


def count_both(worn: Sequence[Worn], wishes: Wishes, record: Path | None, *, as_json: bool) -> int:
    """Count both legs until Ctrl-C, a recording each; the exit status."""
    chosen = {leg: replace(_chosen(wishes), leg=leg) for leg in Leg}
    paths = _paths(chosen, record)
    with stopping() as stop, sensors(worn, say, stop) as found:
        one = chosen[Leg.LEFT]
        movement = "whatever it is" if one.is_auto else one.movement.name
        say(f"counting {movement}, both legs, a strap on each {one.mount}")
        if not found:
            print_events([Summary((), 0, 0.0, 0)], as_json=as_json)
            return stop.status
        for path in paths.values():
            say(f"recording to {path} (Ctrl-C ends)")
        lives = {leg: _live(found[leg], chosen[leg], paths[leg]) for leg in Leg}
        try:
            print_events(both(lives, stop), as_json=as_json)
        finally:
            made = [path for path in paths.values() if path.exists()]
            keep(made)
        for leg, sensor in found.items():
            if sensor.bad_frames:
                say(f"{leg} leg: {sensor.bad_frames} damaged frames were left out")
    if not as_json:
        tell_balance(made, None)
    return stop.status


def _live(sensor: Sensor, chosen: Setup, path: Path) -> Live:
    return lambda stop: live(sensor, chosen, path, stop)


def _chosen(wishes: Wishes) -> Setup:
    """The user's words; what is missing is asked for at a terminal, and assumed elsewhere."""
    short_names = [*(movement.short_name for movement in all_movements().values()), AUTO]
    if at_a_terminal():
        wishes = Wishes(
            movement=wishes.movement or asked("Movement", short_names, DEFAULT_MOVEMENT),
            mount=wishes.mount or asked("Straps on the", list(Mount), DEFAULT_MOUNT),
        )
    chosen = setup(replace(wishes, leg=Leg.LEFT), Header())
    say_assumed(chosen)
    return chosen


def _paths(chosen: dict[Leg, Setup], record: Path | None) -> dict[Leg, Path]:
    """A new file for each leg; `mine.imu.csv` stands for `mine-left.imu.csv` and its twin."""
    if record is None:
        folder, now = folder_at(recordings_folder()), datetime.now(UTC)
        return {
            leg: recording_path(folder, each.movement, [leg], now) for leg, each in chosen.items()
        }
    stem = record.name[: -len(SUFFIX)]
    paths = {leg: record.with_name(f"{stem}-{leg}{SUFFIX}") for leg in chosen}
    for path in paths.values():
        if path.exists():
            raise BadInput(f"{path}: exists and is not overwritten; choose another name")
    return paths
