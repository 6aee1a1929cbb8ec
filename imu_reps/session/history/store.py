"""Writing recordings into the history and reading them back, one short transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput, ImuRepsError
from imu_reps.core.events import Attempt, Event, Partial, Rep, SetEnd
from imu_reps.core.samples import Floats
from imu_reps.core.words import Leg, Mount
from imu_reps.session.afterwards.reading import Read
from imu_reps.session.afterwards.summarize import read_of_a_leg
from imu_reps.session.correcting.labels import standing
from imu_reps.session.history.copies import copies_of, started_utc
from imu_reps.session.history.schema import MEASURES, explained, opened
from imu_reps.session.places import data_folder
from imu_reps.session.setup import Wishes

_NOT_DELETED = "WHERE path NOT IN (SELECT path FROM forgotten)"


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """One movement of a recording as the history knows it: its events, and each set's rest pose."""

    path: Path
    started_utc: str
    movement: str
    duration_s: float
    events: tuple[Event, ...]
    rest_ups: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking recordings in: how many, and why some were not."""

    new: int
    failed: tuple[str, ...]


def history_path() -> Path:
    """Where the history is kept when nobody says where."""
    return data_folder() / "history.sqlite"


@contextmanager
def history(path: Path | None = None) -> Iterator[History]:
    """The history in that file, or in the user's own; raises `BadInput` with the cause."""
    path = path or history_path()
    connection = opened(path)
    try:
        yield History(connection)
    except sqlite3.Error as error:
        raise explained(path, error) from None
    finally:
        connection.close()


class History:
    """An open history."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, read: Read) -> None:
        """Write what was counted in a recording, in place of what was known of it."""
        with self._transaction():
            self._forget([_name(read.path)])
            self._insert(read)

    def take_in(
        self, paths: Iterable[Path], *, anew: bool = False, deleted_too: bool = False
    ) -> Taken:
        """Count the recordings that are new here or have grown since (`anew`: all of them).

        What was deleted is passed over, by another name as well, but where it is asked for.
        """
        new, failed = 0, []
        known = self._sizes()
        passed_over = set() if deleted_too else self._deleted()
        for path in paths:
            try:
                name = _name(path)
                if name in passed_over or (not anew and known.get(name) == _size(path)):
                    continue
                read = read_of_a_leg(path, Wishes())
                copies = copies_of(read, name, self._connection)
                if not passed_over.isdisjoint(copies):
                    self.delete([path.resolve()])
                    continue
                self._forget_copies(read, copies)
                self.add(read)
            except ImuRepsError as error:
                failed.append(str(error))
                continue
            new += 1
        return Taken(new, tuple(failed))

    def _forget_copies(self, read: Read, copies: Iterable[str]) -> None:
        """Forget what is known of this recording by the name that it had before it was moved.

        Raises `BadInput` where it is a copy of one that is still there: its reps would count twice.
        """
        deleted = self._deleted()
        for name in copies:
            if Path(name).is_file() and name not in deleted:
                self._forget([_name(read.path)])
                raise BadInput(
                    f"{read.path}: is the same recording as {name}, which the history has"
                )
            self._forget([name])

    def delete(self, paths: Iterable[Path]) -> None:
        """Pass these recordings over from now on; the files stay.

        So does what was counted, which nobody is shown: by that they are known when they are moved.
        """
        rows = [(str(path),) for path in paths]
        with self._transaction():
            self._connection.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", rows)

    def _deleted(self) -> set[str]:
        return {row[0] for row in self._connection.execute("SELECT path FROM forgotten")}

    def paths(self) -> list[Path]:
        """The recordings that the history knows."""
        return [Path(name) for name in self._sizes()]

    def kept(self) -> list[Kept]:
        """Every recording, oldest first; for each of its movements, where it has several."""
        rows = self._connection.execute(
            "SELECT path, started_utc, movement, duration_s FROM recording "
            f"{_NOT_DELETED} ORDER BY started_utc, path"
        ).fetchall()
        return [
            self._kept(name, started_utc, movement, duration_s)
            for name, started_utc, told, duration_s in rows
            for movement in self._movements(name) or [told]
        ]

    def _movements(self, name: str) -> list[str]:
        """Those of a recording's sets, in their order."""
        rows = self._connection.execute(
            "SELECT coalesce(done_set.movement, recording.movement) FROM done_set "
            "JOIN recording USING (path) WHERE path = ? ORDER BY number",
            (name,),
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def _kept(self, name: str, started_utc: str, movement: str, duration_s: float) -> Kept:
        events: list[Event] = []
        rest_ups: list[Floats] = []
        sets = self._connection.execute(
            "SELECT number, leg, mount, rest_x, rest_y, rest_z FROM done_set "
            "JOIN recording USING (path) "
            "WHERE path = ? AND coalesce(done_set.movement, recording.movement) = ? "
            "ORDER BY number",
            (name, movement),
        ).fetchall()
        for number, leg, mount, *rest in sets:
            attempts = self._attempts(name, number, movement, Leg(leg), Mount(mount))
            reps = sum(isinstance(one, Rep) for one in attempts)
            events += attempts
            events.append(SetEnd(number, reps, len(attempts) - reps, attempts[-1].end_s))
            if reps and rest[0] is not None:
                rest_ups.append(np.array(rest))
        return Kept(Path(name), started_utc, movement, duration_s, tuple(events), tuple(rest_ups))

    def _attempts(
        self, name: str, number: int, movement: str, leg: Leg, mount: Mount
    ) -> list[Attempt]:
        rows = self._connection.execute(
            f"SELECT rep, reason, {', '.join(MEASURES)} FROM attempt "
            "WHERE path = ? AND done_set = ? ORDER BY place",
            (name, number),
        )
        out: list[Attempt] = []
        for rep, reason, *values in rows:
            measures = dict(zip(MEASURES, values, strict=True))
            if rep is not None:
                out.append(Rep(number, rep, movement, leg, mount, **measures))
            else:
                out.append(Partial(number, movement, leg, mount, **measures, reason=reason))
        return out

    def _sizes(self) -> dict[str, int]:
        rows = self._connection.execute(f"SELECT path, size_bytes FROM recording {_NOT_DELETED}")
        return dict(rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _forget(self, names: Iterable[str]) -> None:
        rows = [(name,) for name in names]
        self._connection.executemany("DELETE FROM recording WHERE path = ?", rows)

    def _insert(self, read: Read) -> None:
        name = _name(read.path)
        self._connection.execute("DELETE FROM forgotten WHERE path = ?", (name,))
        summary = read.summary
        recording = (
            name,
            read.size_bytes,
            started_utc(read),
            read.setup.movement.name,
            read.header.device,
            summary.samples,
            summary.lost_samples,
            len(read.gaps),
            summary.duration_s,
            len(standing(read.labels)),
            version("imu-reps"),
            read.started is not None,
        )
        self._write("recording", [recording])
        sets, attempts = [], []
        for done in read.sets:
            rest = read.rest_up(done)
            rest_xyz = (None, None, None) if rest is None else map(float, rest)
            worn = done.leg.value, done.mount.value
            sets.append((name, done.number, *worn, *rest_xyz, done.movement))
            attempts += [_attempt(name, place, one) for place, one in enumerate(done.attempts)]
        self._write("done_set", sets)
        self._write("attempt", attempts)

    def _write(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _attempt(name: str, place: int, one: Attempt) -> tuple[object, ...]:
    rep = one.number if isinstance(one, Rep) else None
    reason = one.reason if isinstance(one, Partial) else None
    return (name, one.set, place, rep, reason, *(float(getattr(one, m)) for m in MEASURES))


def _name(path: Path) -> str:
    """Under which a recording is known; raises `BadInput` where that is no text."""
    name = str(path.resolve())
    try:
        name.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{path}: the name is no text that can be kept; rename the file") from None
    return name


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
