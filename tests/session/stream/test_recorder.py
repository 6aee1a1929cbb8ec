"""A recorder on a disk that fills up: said once, and nobody stops."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note
from imu_reps.session.stream.recorder import Recorder, recording

PATH = Path("a.imu.csv")


class _Disk:
    """A writer whose disk has room for so many notes; `at_end` is whether it can be closed."""

    def __init__(self, room: int, *, at_end: bool = True) -> None:
        self.written: list[Note] = []
        self._room = room
        self._at_end = at_end

    def write(self, item: Note) -> None:
        if len(self.written) == self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.written.append(item)

    @contextmanager
    def opening(self) -> Iterator[_Disk]:
        yield self
        if not self._at_end:
            raise OSError(errno.EIO, "Input/output error")


def test_what_fits_is_written_and_all_is_well() -> None:
    disk = _Disk(5)
    with recording(disk.opening(), PATH, pytest.fail) as recorder:
        for at_us in range(5):
            recorder.write(Note(at_us, "mark"))
    assert len(disk.written) == 5
    assert recorder.failure is None


def test_a_full_disk_is_told_once() -> None:
    told: list[str] = []
    disk = _Disk(2)
    with recording(disk.opening(), PATH, told.append) as recorder:
        for at_us in range(9):
            recorder.write(Note(at_us, "mark"))
    assert [note.host_us for note in disk.written] == [0, 1]
    assert len(told) == 1
    assert "a.imu.csv: recording has stopped, the disk is full" in told[0]
    assert "counting goes on" in told[0]
    assert recorder.failure is not None


def test_a_deleted_file_is_told_as_that() -> None:
    recorder: Recorder[Note] = Recorder(PATH, lambda _: None)
    with recorder.telling():
        raise FileNotFoundError(errno.ENOENT, "its file was deleted")
    assert "its file was deleted: begin another" in str(recorder.failure)


def test_a_disk_that_fails_at_the_end_is_told() -> None:
    told: list[str] = []
    with recording(_Disk(2, at_end=False).opening(), PATH, told.append) as recorder:
        recorder.write(Note(0, "mark"))
    assert recorder.failure is not None
    assert "Input/output error" in told[0]


def test_a_disk_that_is_full_from_the_start_is_told() -> None:
    told: list[str] = []

    @contextmanager
    def opening() -> Iterator[_Disk]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield _Disk(0)

    with recording(opening(), PATH, told.append) as recorder:
        recorder.write(Note(0, "mark"))
    assert len(told) == 1


def test_a_file_that_exists_is_not_recorded_over() -> None:
    @contextmanager
    def opening() -> Iterator[_Disk]:
        raise BadInput("exists")
        yield _Disk(0)

    with pytest.raises(BadInput, match="exists"), recording(opening(), PATH, pytest.fail):
        pytest.fail("it was opened")


def test_what_goes_wrong_in_between_is_not_taken_for_the_disk() -> None:
    with pytest.raises(BrokenPipeError), recording(_Disk(9).opening(), PATH, pytest.fail):
        raise BrokenPipeError
