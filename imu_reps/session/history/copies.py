"""By what a recording is known again under another name, or in another format."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from imu_reps.session.afterwards.reading import Read


def copies_of(read: Read, name: str, connection: sqlite3.Connection) -> list[str]:
    """Other names of this recording: nothing else of a leg has as many samples, and begins in the
    same second; or has the very same attempts, where one of both does not say when it began.
    """
    legs = {done.leg.value for done in read.sets}
    rows = connection.execute(
        "SELECT DISTINCT path, started_utc, is_dated, leg FROM recording "
        "JOIN done_set USING (path) WHERE samples = ? AND path <> ?",
        (read.summary.samples, name),
    ).fetchall()
    begun = read.started and started_utc(read)
    found = (
        other
        for other, other_begun, is_dated, leg in rows
        if leg in legs
        and (other_begun == begun if begun and is_dated else _has_done(other, read, connection))
    )
    return list(dict.fromkeys(found))


def _has_done(name: str, read: Read, connection: sqlite3.Connection) -> bool:
    """Whether the history has these attempts, no other and as many, under that name."""
    rows = connection.execute(
        "SELECT start_s, end_s, rom_deg FROM attempt WHERE path = ? ORDER BY done_set, place",
        (name,),
    ).fetchall()
    done = [one for some in read.sets for one in some.attempts]
    return rows == [(one.start_s, one.end_s, one.rom_deg) for one in done]


def started_utc(read: Read) -> str:
    """When a recording says it began; else when its file was last written."""
    begun = read.started or datetime.fromtimestamp(read.path.stat().st_mtime, UTC)
    return begun.astimezone(UTC).isoformat(timespec="seconds")
