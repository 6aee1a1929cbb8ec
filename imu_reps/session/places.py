"""Where things are kept when nobody says where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path

from imu_reps.core.movement import Movement
from imu_reps.core.words import Leg


def data_folder() -> Path:
    """The user's own folder for all that the program keeps; it may not exist yet."""
    return user_data_path("imu-reps", appauthor=False)


def recordings_folder() -> Path:
    """That for recordings."""
    return data_folder() / "recordings"


def recording_path(
    folder: Path, movement: Movement, legs: Iterable[Leg], started: datetime
) -> Path:
    """A name that no file there has yet: when, what and which leg or legs."""
    stem = f"{started:%Y-%m-%dT%H%M%S}-{movement.short_name}-{'-'.join(legs)}"
    path = folder / f"{stem}.imu.csv"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}.imu.csv"
        number += 1
    return path
