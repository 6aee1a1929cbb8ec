"""The files of a session: what a user has said of them, and where recordings are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from imu_reps.commands._options import say
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.words import Leg
from imu_reps.formats.files import check_new, folder_at
from imu_reps.formats.raw import is_capture
from imu_reps.session.places import recording_path, recordings_folder
from imu_reps.session.planning.plan import Exercise, Plan

SUFFIX = ".imu.csv"


@dataclass(frozen=True, slots=True)
class Files:
    """What a user has said of the files; None is "not said", and a capture without a name is one
    beside the recording.
    """

    record: Path | None
    capture: Path | None

    def check(self) -> None:
        """Whether they can be begun there, before anything else is done; raises where not."""
        if self.capture is not None and self.capture.name:
            if not is_capture(self.capture):
                raise BadUsage(f"{self.capture}: raw bytes are kept in captures; name it .imu.raw")
            _check_place(self.capture)
        if self.record is None:
            return
        if not self.record.name.lower().endswith(SUFFIX):
            raise BadUsage(f"{self.record}: live records native recordings; name it .imu.csv")
        _check_place(self.record)


Naming = Callable[[Path | None, Exercise], Sequence[Path]]
"""The new files of an exercise, by the one that a user has named."""


class Places:
    """Where the recordings of a session are made, by the file that a user has named."""

    def __init__(self, record: Path | None, plan: Plan, ends_by: str, naming: Naming) -> None:
        if record is not None and len(plan.exercises) > 1:
            raise BadUsage("--record names one file and the plan has several movements; leave it")
        self._record = record
        self._naming = naming
        self._ends_by = ends_by
        self._taken: list[Path] = []
        self.first = naming(record, plan.exercises[0])

    @property
    def made(self) -> list[Path]:
        """The recordings that there are by now."""
        return [path for path in self._taken if path.exists()]

    def take(self, exercise: Exercise) -> Sequence[Path]:
        """Where to record this exercise; it is told."""
        paths = self._naming(self._record, exercise) if self._taken else self.first
        for path in paths:
            say(f"recording to {path} ({self._ends_by} ends)")
        self._taken += paths
        return paths


def one_file(record: Path | None, exercise: Exercise) -> Sequence[Path]:
    """A file for whatever the one sensor sees."""
    return [record or _in_the_users_folder(exercise, exercise.legs)]


def a_file_a_leg(record: Path | None, exercise: Exercise) -> Sequence[Path]:
    """Left and right: `mine.imu.csv` stands for `mine-left.imu.csv` and its twin."""
    if record is None:
        return [_in_the_users_folder(exercise, [leg]) for leg in Leg]
    stem = record.name[: -len(SUFFIX)]
    paths = [record.with_name(f"{stem}-{leg}{SUFFIX}") for leg in Leg]
    for path in paths:
        check_new(path)
    return paths


def _in_the_users_folder(exercise: Exercise, legs: Sequence[Leg]) -> Path:
    folder = folder_at(recordings_folder())
    return recording_path(folder, exercise.setup.movement, legs, datetime.now(UTC))


def _check_place(path: Path) -> None:
    check_new(path)
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no such folder; make it or name another")
