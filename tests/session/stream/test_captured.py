"""A raw capture is counted as live counted it, through the same decoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Note, Piece
from imu_reps.core.words import Leg, Mount
from imu_reps.devices import all_devices
from imu_reps.formats import raw
from imu_reps.formats.raw import About
from imu_reps.session.stream.captured import captured, recording_in
from imu_reps.session.stream.replay import replay
from tests.devices.wires import WIRES, Wire, leg

every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)


def _write(path: Path, wire: Wire, n: int = 300, about: About | None = None) -> Path:
    told = leg(n, 100.0, np.random.default_rng(8))
    frames = [wire.before, *wire.frames(told), wire.after]
    with raw.create(path, about or About()) as writer:
        for i, frame in enumerate(frames):
            writer.write(Piece(frame, 5_000_000 + i * 10_000))
        writer.write(Note(5_000_000 + len(frames) * 10_000, "end"))
    return path


def _decoded(path: Path, device: str | None = None) -> tuple[str | None, list[Frames], list[Note]]:
    with captured(path, None if device is None else all_devices()[device]) as recording:
        items = list(recording)
        frames = [item for item in items if isinstance(item, Frames) and len(item)]
        return recording.header.decoder, frames, [i for i in items if isinstance(i, Note)]


@every_wire
def test_the_sensor_is_told_from_the_bytes(wire: Wire, tmp_path: Path) -> None:
    decoder, frames, notes = _decoded(_write(tmp_path / "a.imu.raw", wire))
    assert decoder == wire.device
    assert sum(map(len, frames)) > 280
    assert notes[-1].kind == "end"


def test_a_capture_of_a_few_samples_is_decoded_too(tmp_path: Path) -> None:
    decoder, frames, _ = _decoded(_write(tmp_path / "a.imu.raw", WIRES[0], n=6))
    assert decoder == "imu-reps-frame"
    assert sum(map(len, frames)) == 6


def test_the_capture_may_name_the_sensor_and_the_caller_forces_it(tmp_path: Path) -> None:
    wire = next(wire for wire in WIRES if wire.name == "x-imu3 ascii")
    named = _write(tmp_path / "a.imu.raw", wire, about=About(device="text-lines"))
    assert _decoded(named)[0] == "text-lines"
    assert _decoded(named, "x-imu3")[0] == "x-imu3"
    unknown = _write(tmp_path / "b.imu.raw", wire, about=About(device="x-imu4"))
    with pytest.raises(
        BadInput, match=r"b\.imu\.raw: unknown device 'x-imu4': did you mean x-imu3"
    ):
        _decoded(unknown)


def test_words_come_from_the_capture(tmp_path: Path) -> None:
    about = About(
        movement="single-leg-bridge", leg=Leg.RIGHT, mount=Mount.ANKLE, started_utc="2026"
    )
    with captured(_write(tmp_path / "a.imu.raw", WIRES[1], about=about)) as recording:
        header = recording.header
    assert (header.movement, header.leg, header.mount) == ("single-leg-bridge", "right", "ankle")
    assert header.started_utc == "2026"
    assert header.rate_hz == 100


def test_noise_is_told(tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    path = tmp_path / "a.imu.raw"
    with raw.create(path, About()) as writer:
        for i in range(300):
            writer.write(Piece(rng.bytes(40), i * 10_000))
    with pytest.raises(BadInput, match=r"no decoder makes sense .* --device") as told:
        _decoded(path)
    assert "\n" not in str(told.value)
    with raw.create(tmp_path / "b.imu.raw", About()), pytest.raises(BadInput, match="no bytes"):
        _decoded(tmp_path / "b.imu.raw")


def test_cut_at_any_byte_it_opens_or_says_why(tmp_path: Path) -> None:
    whole = _write(tmp_path / "a.imu.raw", WIRES[1], n=20).read_bytes()
    # The header, the hello and three samples: before that nothing can be known.
    least = sum(len(line) + 1 for line in whole.split(b"\n")[:5])
    cut = tmp_path / "cut.imu.raw"
    for size in range(0, len(whole), 3):
        cut.write_bytes(whole[:size])
        if size < least:
            with pytest.raises(BadInput, match=r"cut\.imu\.raw"):
                _decoded(cut)
            continue
        _, frames, notes = _decoded(cut)
        assert sum(map(len, frames)) == min(whole[:size].count(b"\n") - 2, 20)
        assert notes[-1].kind == "interrupted"


def test_what_is_forced_upon_it_must_decode(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", WIRES[1], n=40)
    with pytest.raises(BadInput, match=r"a\.imu\.raw: nothing in it decodes as .*--device"):
        _decoded(path, "mtdata2")


def test_a_silence_in_it_is_told_as_live_tells_it(tmp_path: Path) -> None:
    frames = WIRES[1].frames(leg(400, 100.0, np.random.default_rng(8)))
    path = tmp_path / "a.imu.raw"
    with raw.create(path, About()) as writer:
        for i, frame in enumerate([WIRES[1].before, *frames]):
            writer.write(Piece(frame, i * 10_000 + (i > 200) * 2_000_000))
    _, _, notes = _decoded(path)
    assert [note.fields.get("code") for note in notes] == ["silent", None]
    assert 3_000_000 <= notes[0].host_us <= 3_200_000


def test_a_device_is_for_captures(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="--device is for raw captures"):
        recording_in(tmp_path / "a.imu.csv", all_devices()["witmotion"])


def test_a_capture_is_replayed(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", WIRES[0], about=About(movement="generic"))
    *_, summary = replay(path)
    assert summary.as_dict()["samples"] == 300


def test_what_was_heard_at_wrong_baud_rates_is_passed_over(tmp_path: Path) -> None:
    rng = np.random.default_rng(10)
    path = tmp_path / "a.imu.raw"
    frames = WIRES[2].frames(leg(300, 100.0, rng))
    with raw.create(path, About()) as writer:
        for i in range(120):
            writer.write(
                Piece(rng.choice([0, 0x80, 0xF8, 0xFE], 9).astype(np.uint8).tobytes(), i * 10_000)
            )
        for i, frame in enumerate(frames):
            writer.write(Piece(frame, 1_200_000 + i * 10_000))
    decoder, found, _ = _decoded(path)
    assert decoder == "witmotion"
    assert sum(map(len, found)) > 280


def test_a_pause_of_any_length_costs_no_time(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", WIRES[0])
    lines = path.read_bytes().splitlines(keepends=True)
    slept_us = 10**15
    for row in range(150, len(lines) - 1):
        arrived_us, data = lines[row].split(b" ", 1)
        lines[row] = b"%d %b" % (int(arrived_us) + slept_us, data)
    path.write_bytes(b"".join(lines))
    assert sum(map(len, _decoded(path)[1])) == 300


def test_an_arrival_that_no_clock_gives_is_told_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.imu.raw", WIRES[0])
    lines = path.read_bytes().splitlines(keepends=True)
    lines[9] = b"9" * 30 + lines[9]
    path.write_bytes(b"".join(lines))
    with pytest.raises(BadInput, match="line 10 is not an arrival"):
        _decoded(path)
