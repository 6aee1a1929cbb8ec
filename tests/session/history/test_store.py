"""The history: made of recordings, safe against a second writer and a kill, made anew at will."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from imu_reps.balance import balance
from imu_reps.core.errors import BadUsage
from imu_reps.core.events import Rep
from imu_reps.core.words import Leg
from imu_reps.formats import format_of, open_recording, save
from imu_reps.session.afterwards.labelling import Correction, label
from imu_reps.session.afterwards.summarize import Asked, compared
from imu_reps.session.history import History, Taken, history, sessions_of
from imu_reps.session.setup import Wishes
from tests.session.history.made import a_recording


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


def test_a_recording_is_counted_once_and_again_when_it_has_grown(
    known: History, recordings: list[Path], tmp_path: Path
) -> None:
    assert known.take_in(recordings).new == 0
    later = a_recording(tmp_path, Leg.LEFT, "2026-03-03T10:00:00+00:00")
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
    first, copy = a_recording(tmp_path, Leg.LEFT, None), tmp_path / "copy.imu.csv"
    copy.write_bytes(first.read_bytes())
    other = a_recording(tmp_path, Leg.RIGHT, None)
    with history(db) as known:
        taken = known.take_in([first, copy, other])
        assert [one.path for one in known.kept()] == sorted([first, other])
    assert taken.new == 2
    assert f"{copy}: is the same recording as {first}" in taken.failed[0]


@pytest.mark.parametrize("dated_first", [True, False])
@pytest.mark.parametrize("suffix", [".imu.csv", ".npz"])
def test_a_copy_counts_once_where_only_the_other_says_when_it_began(
    db: Path,
    tmp_path: Path,
    suffix: str,
    dated_first: bool,  # noqa: FBT001
) -> None:
    dated = a_recording(tmp_path, Leg.LEFT, "2026-03-01T10:00:00+00:00")
    copy = tmp_path / f"copy{suffix}"
    with open_recording(dated) as recording:
        save(format_of(copy), copy, replace(recording.header, started_utc=None), recording)
    with history(db) as known:
        taken = known.take_in([dated, copy] if dated_first else [copy, dated])
        assert (taken.new, len(taken.failed), len(known.kept())) == (1, 1, 1)


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
    both = [a_recording(tmp_path, leg, "2026-03-01T10:00:00+00:00") for leg in Leg]
    with history(db) as known:
        assert known.take_in(both).new == 2


def test_what_is_deleted_stays_away_until_it_is_added_again(
    known: History, recordings: list[Path]
) -> None:
    known.delete([recordings[0].resolve()])
    assert known.take_in(recordings, anew=True).new == 2
    assert recordings[0].is_file()
    assert known.take_in(recordings[:1], deleted_too=True).new == 1
    assert known.take_in(recordings).new == 0
    assert len(known.kept()) == 3


@pytest.mark.parametrize("started", ["2026-03-03T10:00:00+00:00", None])
def test_what_is_deleted_stays_away_when_it_is_moved(
    db: Path, tmp_path: Path, started: str | None
) -> None:
    first = a_recording(tmp_path, Leg.LEFT, started).resolve()
    with history(db) as known:
        known.take_in([first])
        known.delete([first])
        for name in ("second.imu.csv", "third.imu.csv"):
            moved = first = first.rename(tmp_path / name)
            for _ in range(2):
                assert known.take_in([moved]) == Taken(0, ())
            assert not known.paths()
        assert known.take_in([moved], deleted_too=True).new == 1
        assert known.take_in([moved]).new == 0
        assert [one.path for one in known.kept()] == known.paths() == [moved]


def test_what_cannot_be_counted_is_told_and_the_others_are_taken_in(
    known: History, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.imu.csv"
    bad.write_text("")
    taken = known.take_in([bad, a_recording(tmp_path, Leg.RIGHT, "2026-04-01T10:00:00+00:00")])
    assert taken.new == 1
    assert "the file is empty" in taken.failed[0]


@pytest.mark.parametrize("started", ["yesterday", "2026-03-01T10:00:00+02:00", "2026-03-01"])
def test_any_time_of_beginning_can_be_kept(started: str, tmp_path: Path, db: Path) -> None:
    with history(db) as opened:
        opened.take_in([a_recording(tmp_path, Leg.LEFT, started)])
        (session,) = sessions_of(opened.kept())
        assert len(session.name) == len("2026-03-01T10:00")
        assert opened.kept()[0].started_utc.endswith("+00:00")


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
