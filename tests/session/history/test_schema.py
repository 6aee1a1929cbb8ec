"""Older histories, and files that are none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.session.history import History, history, schema


def test_an_older_history_is_brought_up_to_date(
    known: History, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known.paths()
    later = (*schema.MIGRATIONS, "ALTER TABLE recording ADD COLUMN mood TEXT")
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    with history(db) as opened:
        assert len(opened.kept()) == 3
    monkeypatch.undo()
    with pytest.raises(BadInput, match="update imu-reps"), history(db):
        pass


def test_what_an_older_history_had_counted_is_counted_again(
    db: Path, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    with history(db) as opened:
        assert not opened.paths()
    path = recordings[0].resolve()
    row = (str(path), path.stat().st_size, "2026-03-01T10:00:00+00:00", "generic")
    with sqlite3.connect(db) as connection:
        connection.execute(
            "INSERT INTO recording VALUES (?, ?, ?, ?, NULL, 0, 0, 0, 0.0, 0, '')", row
        )
    monkeypatch.undo()
    with history(db) as opened:
        assert opened.take_in([path]).new == 1
        assert [kept.movement for kept in opened.kept()] == ["single-leg-bridge"]


def test_a_migration_that_fails_leaves_all_as_it_was(
    known: History, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = known.paths()
    broken = (*schema.MIGRATIONS, "DELETE FROM recording; CREATE nonsense")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    with pytest.raises(BadInput, match="cannot be used"), history(db):
        pass
    monkeypatch.undo()
    with history(db) as opened:
        assert opened.paths() == before


def test_a_file_that_is_no_history_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is not a database at all, but long enough to look at " * 20)
    with pytest.raises(BadInput, match="is no history"), history(path):
        pass
    with pytest.raises(BadInput, match="no history can be kept"), history(path / "below"):
        pass
