"""Reading on a thread of its own, from pseudo-terminals that are plugged in and out."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serial.tools import list_ports

from imu_reps.core.frames import Note, Piece
from imu_reps.ports.reader import Reader, Taken
from imu_reps.ports.serial_port import WAIT_S, open_port
from tests.ports.boards import FOUND_S, TOLD_S, Board
from tests.ports.test_names import listed

FTDI = (0x0403, 0x6001)
PATIENCE_S = 20.0


def _bytes_until(
    items: Iterator[Piece | Note], enough: Callable[[bytes], bool], within_s: float = PATIENCE_S
) -> tuple[bytes, list[Note]]:
    """What comes until it is enough: the bytes and the notes in between."""
    data, notes, end_s = b"", [], time.monotonic() + within_s
    for item in items:
        if isinstance(item, Note):
            notes.append(item)
        else:
            data += item.data
        if enough(data):
            return data, notes
        assert time.monotonic() < end_s, (data[-100:], notes)
    raise AssertionError("it has ended")


def _note(items: Iterator[Piece | Note], kind: str, within_s: float) -> Note:
    end_s = time.monotonic() + within_s
    for item in items:
        if isinstance(item, Note) and item.kind == kind:
            return item
        assert time.monotonic() < end_s, kind
    raise AssertionError("it has ended")


def test_nothing_begins_before_the_with(board: Board) -> None:
    port = open_port(board.port)
    threads = threading.active_count()
    reader = Reader(port)
    assert threading.active_count() == threads
    with reader:
        assert threading.active_count() == threads + 1
    assert threading.active_count() == threads


def test_a_consumer_that_stalls_loses_nothing(board: Board) -> None:
    sent = bytes(range(256)) * 1000
    with Reader(open_port(board.port)) as reader:
        # All is sent before the first piece is asked for: sixty times what the system keeps.
        board.send(sent)
        data, notes = _bytes_until(iter(reader), lambda data: len(data) >= len(sent))
    assert data == sent
    assert notes == []


def test_a_signal_that_comes_while_nothing_does_is_noticed(board: Board) -> None:
    # It takes longer to deal with than there is left to wait.
    before = signal.signal(signal.SIGALRM, lambda *_: time.sleep(2 * WAIT_S))
    rescue = threading.Timer(3.0, board.send, [b"late"])
    try:
        with Reader(open_port(board.port)) as reader:
            items = iter(reader)
            next(items)
            rescue.start()
            signal.setitimer(signal.ITIMER_REAL, WAIT_S / 2)
            item = next(items)
    finally:
        rescue.cancel()
        signal.signal(signal.SIGALRM, before)
    assert isinstance(item, Piece)
    assert item.data == b""


def test_pieces_that_gather_come_in_their_order_and_none_is_lost(board: Board) -> None:
    sent = bytes(range(256)) * 100
    with Reader(open_port(board.port), gather_s=0.05) as reader:
        sending = threading.Thread(target=board.send, args=(sent,))
        sending.start()
        data, notes = _bytes_until(iter(reader), lambda data: len(data) >= len(sent))
        sending.join()
    assert (data, notes) == (sent, [])


def test_what_does_not_fit_is_told(board: Board) -> None:
    with Reader(open_port(board.port), most=3) as reader:
        for i in range(40):
            board.send(b"%03d." % i)
            time.sleep(0.01)
        items = iter(reader)
        data, _ = _bytes_until(items, lambda data: b"002." in data)
        board.send(b"end.")
        more, notes = _bytes_until(items, lambda data: b"end." in data)
    (note,) = notes
    assert note.fields["code"] == "overflow"
    assert "could not keep up" in str(note.fields["text"])
    assert b"039." not in data + more


def test_unplugged_is_told_and_the_same_name_is_opened_again(board: Board) -> None:
    with Reader(open_port(board.port)) as reader:
        items = iter(reader)
        board.send(b"before")
        _bytes_until(items, lambda data: data == b"before")
        board.unplug()
        assert _note(items, "gap", within_s=TOLD_S).fields["port"] == board.port
        board.plug_in()
        assert _note(items, "reconnect", within_s=FOUND_S).fields["port"] == board.port
        board.send(b"after")
        assert _bytes_until(items, lambda data: data == b"after")[1] == []


def test_it_is_found_under_another_name_by_its_serial_number(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [listed(board.port, FTDI, "A1")]
    monkeypatch.setattr(list_ports, "comports", lambda: here)
    with Reader(open_port(board.port)) as reader:
        items = iter(reader)
        board.send(b"before")
        _bytes_until(items, lambda data: data == b"before")
        here.clear()
        board.unplug()
        _note(items, "gap", within_s=TOLD_S)
        other, same = Board(tmp_path / "ttyUSB7"), Board(tmp_path / "ttyUSB8")
        try:
            here += [listed(other.port, FTDI, "B2"), listed(same.port, FTDI, "A1")]
            assert _note(items, "reconnect", within_s=FOUND_S).fields["port"] == same.port
            same.send(b"after")
            _bytes_until(items, lambda data: data == b"after")
        finally:
            other.unplug()
            same.unplug()


def test_a_port_that_another_reader_has_is_not_taken(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin, taken = Board(tmp_path / "ttyUSB9"), Taken()
    here = [listed(board.port, FTDI), listed(twin.port, FTDI)]
    monkeypatch.setattr(list_ports, "comports", lambda: here)
    try:
        with Reader(open_port(twin.port), taken), Reader(open_port(board.port), taken) as reader:
            items = iter(reader)
            here.pop(0)
            board.unplug()
            _note(items, "gap", within_s=TOLD_S)
            end_s = time.monotonic() + 0.6
            while time.monotonic() < end_s:
                assert not isinstance(next(items), Note)
            assert taken.names() == {twin.port}
    finally:
        twin.unplug()


def test_a_silent_port_gives_empty_pieces(board: Board) -> None:
    with Reader(open_port(board.port)) as reader:
        first, second, *_ = (piece for piece, _ in zip(reader, range(3), strict=False))
    assert isinstance(first, Piece)
    assert isinstance(second, Piece)
    assert first.data == second.data == b""
    assert second.host_us > first.host_us


def test_what_breaks_in_the_thread_is_told_to_the_consumer(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = open_port(board.port)
    monkeypatch.setattr(port, "read", lambda: 1 / 0)
    with Reader(port) as reader, pytest.raises(ZeroDivisionError):
        next(iter(reader))


def test_a_stranger_is_left_and_the_right_one_found(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [listed(board.port, FTDI)]
    monkeypatch.setattr(list_ports, "comports", lambda: here)
    with Reader(open_port(board.port), ask=b"?") as reader:
        items = iter(reader)
        here.clear()
        board.unplug()
        _note(items, "gap", within_s=TOLD_S)
        stranger, same = Board(tmp_path / "ttyUSB7"), Board(tmp_path / "ttyUSB8")
        try:
            here.append(listed(stranger.port, FTDI))
            assert _note(items, "reconnect", within_s=FOUND_S).fields["port"] == stranger.port
            assert stranger.received() == b"?"
            reader.refuse()
            _note(items, "gap", within_s=TOLD_S)
            here.append(listed(same.port, FTDI))
            assert _note(items, "reconnect", within_s=FOUND_S).fields["port"] == same.port
        finally:
            stranger.unplug()
            same.unplug()


def test_what_came_right_before_the_unplugging_is_not_lost(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = open_port(board.port)
    board.send(b"the last words")
    answers = [14]

    def in_waiting(_: object) -> int:
        if answers:
            return answers.pop()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(port._port), "in_waiting", property(in_waiting))
    with port:
        assert port.read().data == b"the last words"
