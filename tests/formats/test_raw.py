"""The raw capture: the bytes and their arrivals, as far as there are whole lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note, Piece
from imu_reps.core.words import Leg
from imu_reps.formats import raw
from imu_reps.formats.raw import About

ABOUT = About(device="witmotion", port="/dev/ttyUSB0", baud=9600, movement="generic", leg=Leg.LEFT)
ITEMS: list[Piece | Note] = [
    Piece(b"\x55\x51\n\r\0#", 1_000),
    Note(1_500, "reconnect", {"port": "/dev/ttyUSB1"}),
    Piece(b"12,13\r\n", 2_000),
    Note(2_500, "end"),
]


PIECES = st.builds(Piece, st.binary(min_size=1, max_size=300), st.integers(0, 1 << 50))


def _write(path: Path, items: list[Piece | Note], about: About = ABOUT) -> Path:
    with raw.create(path, about) as writer:
        for item in items:
            writer.write(item)
    return path


def _read(path: Path) -> tuple[About, list[Piece | Note]]:
    with raw.read(path) as capture:
        return capture.about, list(capture)


def test_the_file_is_as_documented(tmp_path: Path) -> None:
    first, *lines = _write(tmp_path / "a.imu.raw", ITEMS).read_text().splitlines()
    assert first == (
        '# imu-reps-capture 1 {"device": "witmotion", "port": "/dev/ttyUSB0", "baud": 9600, '
        '"movement": "generic", "leg": "left"}'
    )
    assert lines == [
        "1000 55510a0d0023",
        '# @1500 {"event": "reconnect", "port": "/dev/ttyUSB1"}',
        "2000 31322c31330d0a",
        '# @2500 {"event": "end"}',
    ]


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(PIECES))
def test_all_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, pieces: list[Piece]) -> None:
    path = tmp_path_factory.mktemp("raw") / "a.imu.raw"
    about, items = _read(_write(path, [*pieces, Note(5, "end")]))
    assert about == ABOUT
    assert items == [*pieces, Note(5, "end")]


def test_a_piece_is_in_the_file_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.imu.raw"
    with raw.create(path, About()) as writer:
        writer.write(Piece(b"\1\2", 7))
        writer.write(Piece(b"", 8))
        assert _read(path)[1] == [(b"\1\2", 7), Note(7, "interrupted")]


def test_cut_at_any_byte_it_loses_its_last_line_at_the_most(tmp_path: Path) -> None:
    whole = _write(tmp_path / "a.imu.raw", ITEMS).read_bytes()
    head = whole.index(b"\n") + 1
    cut = tmp_path / "cut.imu.raw"
    for size in range(len(whole)):
        cut.write_bytes(whole[:size])
        if size < head:
            with pytest.raises(BadInput, match=r"empty|cut off|first line"):
                _read(cut)
            continue
        *items, last = _read(cut)[1]
        assert items == ITEMS[: whole[head:size].count(b"\n")]
        assert isinstance(last, Note)
        assert last.kind == "interrupted"


def test_zeros_that_a_power_cut_leaves_are_no_line(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", ITEMS[:1])
    path.write_bytes(path.read_bytes() + bytes(4096))
    assert _read(path)[1] == [ITEMS[0], Note(1_000, "interrupted")]


def test_it_never_overwrites(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", ITEMS)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="not overwritten"):
        _write(path, [])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"hello\n", "not that of an imu-reps capture"),
        (b"# imu-reps-recording 1 {}\nseq\n", "not that of an imu-reps capture"),
        (b"# imu-reps-capture 2 {}\n", "version 2 is newer"),
        (b"# imu-reps-capture 1 {'a'}\n", "damaged"),
        (b'# imu-reps-capture 1 {"baud": "x"}\n', "baud is 'x'"),
        (b'# imu-reps-capture 1 {"baud": -5}\n', "baud is -5"),
        (b'# imu-reps-capture 1 {"baud": 1%s}\n' % (b"0" * 400), "baud is 1000"),
        (b'# imu-reps-capture 1 {"port": 5}\n', "port is 5"),
        (b'# imu-reps-capture 1 {"x": %s}\n' % (b"[" * 100_000), "brackets within brackets"),
        (b"# imu-reps-capture %s {}\n" % (b"9" * 5000), "not that of an imu-reps capture"),
        (b"# imu-reps-capture 1 {}\n# @%s {}\n" % (b"9" * 5000), "line 2: a damaged note"),
        (b'# imu-reps-capture 1 {"leg": "middle"}\n', "unknown leg 'middle'"),
        (b"# imu-reps-capture 1 {}\n100 0g\n", "line 2 is not an arrival"),
        (b"# imu-reps-capture 1 {}\n100 012\n", "line 2 is not an arrival"),
        (b'# imu-reps-capture 1 {}\n# @1 {"event: 1}\n', "line 2: a damaged note"),
    ],
)
def test_what_is_no_capture_is_told_in_a_line(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.imu.raw"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=told) as error:
        _read(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_unknown_keys_and_comments_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.imu.raw"
    path.write_bytes(
        b'# imu-reps-capture 1 {"new": [1], "baud": 9600}\r\n# made by hand\r\n5 00\r\n'
    )
    about, items = _read(path)
    assert about == About(baud=9600)
    assert items == [(b"\0", 5), Note(5, "interrupted")]
