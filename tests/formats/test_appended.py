"""A file that only grows: whole lines, whatever happens to the disk."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.formats import appended as module
from imu_reps.formats.appended import Appended, appended
from imu_reps.formats.files import created_unbuffered


def test_a_line_is_in_the_file_when_write_returns(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with appended(path) as file:
        file.write("one\n")
        assert path.read_text() == "one\n"
        file.write("two\nthree\n")
        assert path.read_text() == "one\ntwo\nthree\n"


def test_an_existing_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("mine\n")
    with pytest.raises(BadInput, match="not overwritten"), appended(path):
        pytest.fail("it was opened")
    assert path.read_text() == "mine\n"


def test_it_is_synced_while_nothing_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = threading.Event()
    monkeypatch.setattr(module, "SYNC_S", 0.01)
    monkeypatch.setattr(os, "fsync", lambda _fd: synced.set())
    with appended(tmp_path / "a") as file:
        file.write("one\n")
        assert synced.wait(20)


def test_a_slow_disk_holds_no_writer_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(_fd: int) -> None:
        begun.set()
        assert may_end.wait(20)

    monkeypatch.setattr(module, "SYNC_S", 0.01)
    monkeypatch.setattr(os, "fsync", slow)
    with appended(tmp_path / "a") as file:
        file.write("one\n")
        assert begun.wait(20)
        file.write("two\n")
        assert (tmp_path / "a").read_text() == "one\ntwo\n"
        may_end.set()


def test_a_line_that_did_not_fit_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with created_unbuffered(path) as file:
        lines = Appended(_Short(file))  # type: ignore[arg-type]
        lines.write("one\n")
        with pytest.raises(OSError, match="full"):
            lines.write("two, and more than fits\n")
        assert path.read_text() == "one\n"


def test_what_a_sync_finds_is_told_by_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_fd: int) -> None:
        raise OSError("no room")

    over = threading.Event()
    with created_unbuffered(tmp_path / "a") as file:
        lines = Appended(file)
        lines.write("one\n")
        with monkeypatch.context() as patch:
            patch.setattr(module, "SYNC_S", 0.0)
            patch.setattr(os, "fsync", fails)
            lines.sync_until(over)
        with pytest.raises(OSError, match="no room"):
            lines.write("two\n")


class _Short:
    """A file on a disk with room for ten bytes, four at a time."""

    def __init__(self, file: object) -> None:
        self._file = file
        self._room = 10

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError("full")
        size = min(4, self._room, len(data))
        self._room -= size
        written: int = self._file.write(data[:size])  # type: ignore[attr-defined]
        return written

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be deleted there")
def test_a_deleted_file_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SYNC_S", 60.0)
    path = tmp_path / "a.imu.csv"
    with appended(path) as file:
        file.write("one\n")
        file.sync()
        path.unlink()
        file.write("two\n")
        with pytest.raises(FileNotFoundError, match="its file was deleted"):
            file.sync()
