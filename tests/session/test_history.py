"""The history: made of recordings, safe against a second writer and a kill, made anew at will."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from imu_reps.balance import balance
from imu_reps.balance.compare import Row, Verdict
from imu_reps.balance.steadiness import Point, steady_side
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Event, Rep, SetEnd
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.native import create
from imu_reps.movements import movement_named
from imu_reps.session.afterwards import summarize
from imu_reps.session.afterwards.labelling import Correction, label
from imu_reps.session.afterwards.reading import Read, read_recording
from imu_reps.session.afterwards.summarize import Asked, compared
from imu_reps.session.history import History, history, schema, sessions_of, trends_of
from imu_reps.session.history.store import Kept
from imu_reps.session.setup import Setup, Wishes
from imu_reps.simulate import Imu, Strap, easy, simulate


def _recording(folder: Path, leg: Leg, started: str | None, reps: int = 4) -> Path:
    movement = movement_named("bridge")
    plan, _ = easy(movement, reps, np.random.default_rng(2))
    made = simulate(Strap(movement, leg, Mount.THIGH), plan, Imu(rate_hz=50.0), seed=4)
    path = folder / f"{(started or 'some-day')[:13]}-{leg}.imu.csv"
    with create(path, replace(made.header, started_utc=started)) as writer:
        writer.write(made.frames)
        writer.write(Note(int(made.frames.host_us[-1]), "end"))
    return path


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("recordings")
    first = [_recording(folder, leg, f"2026-03-01T1{i}:00:00+00:00") for i, leg in enumerate(Leg)]
    return [*first, _recording(folder, Leg.LEFT, "2026-03-02T10:00:00+00:00")]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "history.sqlite"


@pytest.fixture
def known(db: Path, recordings: list[Path]) -> Iterator[History]:
    with history(db) as opened:
        opened.take_in(recordings)
        yield opened


def _dump(db: Path) -> list[str]:
    connection = sqlite3.connect(db)
    lines = sorted(connection.iterdump())
    connection.close()
    return lines


def test_it_tells_the_same_balance_as_the_recordings(
    known: History, recordings: list[Path]
) -> None:
    (first, second) = sessions_of(known.kept())
    assert [len(first.recordings), len(second.recordings)] == [2, 1]
    (found,) = compared(recordings[:2], Wishes(), Asked())
    (told,) = first.balances()
    assert told.as_dict() == found.balance.as_dict()


SETUP = Setup(movement_named("bridge"), Leg.LEFT, Mount.THIGH)


def _told_from_its_reps(read: Read) -> Read:
    """The recording as if it had not been said what it is of, its second set of curls."""
    curl = movement_named("ball-curl").name
    reps = [event for event in read.events if isinstance(event, Rep)]
    later = [replace(rep, set=2, movement=curl, start_s=rep.start_s + 90) for rep in reps]
    events: tuple[Event, ...] = (
        *reps,
        SetEnd(1, 4, 0, 40.0),
        *later,
        SetEnd(2, 4, 0, 130.0),
        read.summary,
    )
    generic = replace(read.setup, movement=movement_named("generic"), is_auto=True)
    return replace(read, setup=generic, events=events)


def test_what_is_told_from_the_reps_is_kept_with_its_like(
    known: History, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _told_from_its_reps(read_recording(recordings[0], Wishes()))
    known.add(told)
    (session, _) = sessions_of(known.kept())
    bridges, curls = session.balances()
    assert [bridges.movement, curls.movement] == ["single-leg-bridge", "single-leg-ball-curl"]
    assert [bridges.left["reps"], bridges.right["reps"]] == [4, 4]
    assert [curls.left["reps"], curls.right["reps"]] == [4, 0]
    monkeypatch.setattr(summarize, "read_recording", lambda *_: told)
    found = compared(recordings[:1], Wishes(), Asked())
    assert [one.movement.short_name for one in found] == ["bridge", "ball-curl"]
    assert [one.balance.left["reps"] for one in found] == [4, 4]


def test_a_leg_that_did_nothing_is_of_the_movement_of_the_other(
    known: History, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    generic = replace(SETUP, movement=movement_named("generic"), is_auto=True)
    reads = [read_recording(path, Wishes()) for path in recordings[:2]]
    left = replace(reads[0], setup=generic)
    right = replace(reads[1], setup=generic, events=(reads[1].summary,))
    for read in (left, right):
        known.add(read)
    (told,) = sessions_of(known.kept())[0].balances()
    by_path = {read.path: read for read in (left, right)}
    monkeypatch.setattr(summarize, "read_recording", lambda path, _: by_path[path])
    (found,) = compared(recordings[:2], Wishes(), Asked())
    assert found.movement.short_name == "bridge"
    assert found.balance.left["reps"] == told.left["reps"] == 4
    assert found.balance.right["reps"] == told.right["reps"] == 0


def test_only_sessions_with_both_legs_make_a_trend(known: History) -> None:
    sessions = sessions_of(known.kept())
    (points,) = trends_of(sessions).values()
    assert [point.day for point in points] == [sessions[0].day]


def test_a_recording_is_counted_once_and_again_when_it_has_grown(
    known: History, recordings: list[Path], tmp_path: Path
) -> None:
    assert known.take_in(recordings).new == 0
    later = _recording(tmp_path, Leg.LEFT, "2026-03-03T10:00:00+00:00")
    known.take_in([later])
    label(later, [Correction("remove", 6.0)])
    assert known.take_in([*recordings, later]).new == 1
    (kept,) = [one for one in known.kept() if one.path == later.resolve()]
    assert balance("single-leg-bridge", kept.events).left["reps"] == 3


def test_a_rebuild_makes_the_same_history(
    known: History, recordings: list[Path], db: Path, tmp_path: Path
) -> None:
    before = _dump(db)
    assert known.take_in(recordings, anew=True).new == 3
    assert _dump(db) == before
    other = tmp_path / "other.sqlite"
    with history(other) as fresh:
        fresh.take_in(reversed(recordings))
    assert _dump(other) == before


def test_a_copy_of_a_recording_counts_once(
    known: History, recordings: list[Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.imu.csv"
    copy.write_bytes(recordings[0].read_bytes())
    before = [one.path for one in known.kept()]
    taken = known.take_in([copy])
    assert taken.new == 0
    assert f"{copy}: is the same recording as {recordings[0]}" in taken.failed[0]
    assert [one.path for one in known.kept()] == before
    with pytest.raises(BadUsage, match=r"copy\.imu\.csv: the same recording as"):
        compared([*recordings[:2], copy], Wishes(), Asked())


def test_a_copy_counts_once_where_it_does_not_say_when_it_began(db: Path, tmp_path: Path) -> None:
    first, copy = _recording(tmp_path, Leg.LEFT, None), tmp_path / "copy.imu.csv"
    copy.write_bytes(first.read_bytes())
    other = _recording(tmp_path, Leg.RIGHT, None)
    with history(db) as known:
        taken = known.take_in([first, copy, other])
        assert [one.path for one in known.kept()] == sorted([first, other])
    assert taken.new == 2
    assert f"{copy}: is the same recording as {first}" in taken.failed[0]


def test_a_recording_that_was_moved_is_the_same_one(
    db: Path, recordings: list[Path], tmp_path: Path
) -> None:
    first, second = tmp_path / "first.imu.csv", tmp_path / "second.imu.csv"
    first.write_bytes(recordings[0].read_bytes())
    with history(db) as known:
        known.take_in([first])
        label(first.rename(second), [Correction("remove", 5.0)])
        assert known.take_in([second], anew=True).new == 1
        (kept,) = known.kept()
    assert kept.path == second
    assert sum(isinstance(event, Rep) for event in kept.events) == 3


def test_legs_that_began_in_the_same_second_are_two_recordings(db: Path, tmp_path: Path) -> None:
    both = [_recording(tmp_path, leg, "2026-03-01T10:00:00+00:00") for leg in Leg]
    with history(db) as known:
        assert known.take_in(both).new == 2


def test_what_is_deleted_stays_away_until_it_is_added_again(
    known: History, recordings: list[Path]
) -> None:
    known.delete([recordings[0].resolve()])
    assert known.take_in(recordings, anew=True).new == 2
    assert recordings[0].is_file()
    known.remember([recordings[0]])
    assert known.take_in(recordings).new == 1


def test_what_cannot_be_counted_is_told_and_the_others_are_taken_in(
    known: History, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.imu.csv"
    bad.write_text("")
    taken = known.take_in([bad, _recording(tmp_path, Leg.RIGHT, "2026-04-01T10:00:00+00:00")])
    assert taken.new == 1
    assert "the file is empty" in taken.failed[0]


@pytest.mark.parametrize("started", ["yesterday", "2026-03-01T10:00:00+02:00", "2026-03-01"])
def test_any_time_of_beginning_can_be_kept(started: str, tmp_path: Path, db: Path) -> None:
    with history(db) as opened:
        opened.take_in([_recording(tmp_path, Leg.LEFT, started)])
        (session,) = sessions_of(opened.kept())
        assert len(session.name) == len("2026-03-01T10:00")
        assert opened.kept()[0].started_utc.endswith("+00:00")


def _kept(started_utc: str, duration_s: float) -> Kept:
    return Kept(Path("x"), started_utc, "single-leg-bridge", duration_s, (), ())


def test_recordings_within_an_hour_of_the_last_ones_end_are_one_session() -> None:
    kept = [
        _kept("2026-03-01T10:00:00+00:00", 1800.0),
        _kept("2026-03-01T10:05:00+00:00", 60.0),
        _kept("2026-03-01T11:29:59+00:00", 60.0),
        _kept("2026-03-01T12:31:00+00:00", 60.0),
    ]
    assert [len(session.recordings) for session in sessions_of(kept)] == [3, 1]


def _point(verdict: Verdict, difference: float | None = -20.0) -> Point:
    return Point("2026-03-01", (Row("hold_s", 1.0, 1.0, difference, None, verdict),))


LEFT, RIGHT, EVEN = _point("left_higher"), _point("right_higher"), _point("balanced")
WITHHELD = _point("not_enough_data", None)


@pytest.mark.parametrize(
    ("points", "side"),
    [
        ([LEFT, LEFT], None),
        ([LEFT, LEFT, LEFT], "left_higher"),
        ([RIGHT, LEFT, LEFT, LEFT], "left_higher"),
        ([LEFT, LEFT, WITHHELD, LEFT], "left_higher"),
        ([LEFT, LEFT, EVEN, LEFT], None),
        ([LEFT, LEFT, RIGHT], None),
        ([EVEN, EVEN, EVEN], None),
        ([LEFT, LEFT, LEFT, EVEN], None),
    ],
)
def test_a_leg_is_called_higher_after_three_sessions(points: list[Point], side: str | None) -> None:
    assert steady_side(points, "hold_s") == side
    assert steady_side(points, "rom_deg") is None


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


WRITER = """
import sys
from pathlib import Path
from imu_reps.session.history import history
for _ in range(int(sys.argv[2])):
    with history(Path(sys.argv[1])) as known:
        known.take_in([Path(name) for name in sys.argv[3:]], anew=True)
        print("written", flush=True)
"""


def _writer(db: Path, times: int, recordings: list[Path]) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, str(db), str(times), *map(str, recordings)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_writers_wait_for_each_other(db: Path, recordings: list[Path]) -> None:
    writers = [_writer(db, 3, recordings) for _ in range(3)]
    assert [writer.communicate(timeout=60)[0].count("written") for writer in writers] == [3, 3, 3]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with history(db) as opened:
        assert len(opened.paths()) == 3


def test_a_kill_at_any_moment_leaves_whole_recordings(db: Path, recordings: list[Path]) -> None:
    with history(db) as opened:
        opened.take_in(recordings)
    before = _dump(db)
    for wait_s in (0.0, 0.02, 0.05, 0.11):
        writer = _writer(db, 1000, recordings)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        time.sleep(wait_s)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        with history(db) as opened:
            assert len(opened.kept()) == 3
        assert _dump(db) == before
