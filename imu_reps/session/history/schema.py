"""The history's tables, version by version; opening an older file brings it up to date.

One row a recording, a set and an attempt, and nothing that could not be counted again from the
recordings. Which recordings make a session is told by their times when they are read.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import fields
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.counting.measure import Measures

BUSY_S = 15.0
"""So long a writer waits for another one; each of them takes a small part of a second."""

MEASURES = tuple(item.name for item in fields(Measures))

_FIRST = f"""
CREATE TABLE recording (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    started_utc TEXT NOT NULL,
    movement TEXT NOT NULL,
    device TEXT,
    samples INTEGER NOT NULL,
    lost_samples INTEGER NOT NULL,
    gaps INTEGER NOT NULL,
    duration_s REAL NOT NULL,
    labels INTEGER NOT NULL,
    software TEXT NOT NULL
);
CREATE TABLE done_set (
    path TEXT NOT NULL REFERENCES recording ON DELETE CASCADE,
    number INTEGER NOT NULL,
    leg TEXT NOT NULL CHECK (leg IN ('left', 'right')),
    mount TEXT NOT NULL,
    rest_x REAL, rest_y REAL, rest_z REAL,
    PRIMARY KEY (path, number)
);
CREATE TABLE attempt (
    path TEXT NOT NULL,
    done_set INTEGER NOT NULL,
    place INTEGER NOT NULL,
    rep INTEGER,
    reason TEXT,
    {", ".join(f"{name} REAL NOT NULL" for name in MEASURES)},
    PRIMARY KEY (path, done_set, place),
    FOREIGN KEY (path, done_set) REFERENCES done_set ON DELETE CASCADE,
    CHECK ((rep IS NULL) <> (reason IS NULL))
);
CREATE TABLE forgotten (path TEXT PRIMARY KEY);
"""

_MOVEMENT_OF_A_SET = """
ALTER TABLE done_set ADD COLUMN movement TEXT;
UPDATE recording SET size_bytes = -1;
"""
"""Where it is told from the reps, sets of a recording differ; NULL: that of the recording. All
recordings that are still there are counted again.
"""

_IS_DATED = """
ALTER TABLE recording ADD COLUMN is_dated INTEGER NOT NULL DEFAULT 1;
UPDATE recording SET size_bytes = -1;
"""
"""Whether the recording itself says when it began: of others it is when the file was written."""

MIGRATIONS = (_FIRST, _MOVEMENT_OF_A_SET, _IS_DATED)
"""What leads from each version to the next; version 0 is an empty file."""


def opened(path: Path) -> sqlite3.Connection:
    """The history in a file, made or brought up to date; raises `BadInput` where it is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise BadInput(f"{path}: no history can be kept there ({error}); name another") from None
    try:
        _use_wal(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # WAL with this survives a kill at any moment, and a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise explained(path, error) from None
    except BadInput:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers do not wait for a writer; what a killed one left behind is undone.

    SQLite does not wait for another program that is doing the same, so it is tried again.
    """
    give_up_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up_s:
                raise
            time.sleep(0.02)


def explained(path: Path, error: sqlite3.Error) -> BadInput:
    """The error as a person can mend it."""
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return BadInput(
            f"{path}: is no history ({text}); move it away, and `imu-reps history --rebuild` makes "
            "a new one from the recordings"
        )
    if "locked" in text:
        return BadInput(f"{path}: another program has been using it for long; try again")
    return BadInput(f"{path}: the history cannot be used ({text}); name another with --db")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have done it while this one waited.
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise BadInput(
                f"{path}: the history is of a newer imu-reps (version {version}, this one knows "
                f"{len(MIGRATIONS)}); update imu-reps"
            )
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in script.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
