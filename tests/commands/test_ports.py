"""`imu-reps devices` and `imu-reps doctor`, on pseudo-terminals and without any port."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from imu_reps.commands import devices, doctor, imu_reps
from imu_reps.devices.imu_reps_frame import Status, encode_status
from imu_reps.ports.explain import explained
from imu_reps.ports.names import PortInfo
from imu_reps.session.doctor import diagnosis
from imu_reps.session.sensors import finding, survey
from tests.devices.wires import WIRES, Told, Wire
from tests.ports.boards import Board

NATIVE, RVC = WIRES[1], next(wire for wire in WIRES if wire.name == "bno08x")

ALL_CHECKS = [
    "port",
    "permission",
    "holder",
    "baud",
    "format",
    "rate",
    "loss",
    "gravity",
    "gyro bias",
    "frozen axes",
    "saturated axes",
    "clock",
    "disk",
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second and a half of a sensor is enough for a test."""
    monkeypatch.setattr(survey, "MEASURED_US", 1_500_000)
    monkeypatch.setattr(diagnosis, "HEARD_US", 1_500_000)
    monkeypatch.setattr(diagnosis, "WAIT_S", 0.5)
    monkeypatch.setattr(finding, "WAIT_S", 1.5)


@contextmanager
def _speaking(
    board: Board, wire: Wire, change: Callable[[Told], None] = lambda _: None
) -> Iterator[None]:
    """A sensor at rest, a hundred samples a second, until the block ends."""
    over = threading.Event()
    rng = np.random.default_rng(6)
    told = Told(
        rng.normal([0.1, 0.2, 0.97], 0.004, (6000, 3)), rng.normal(0, 0.1, (6000, 3)), 100.0
    )
    change(told)
    frames = wire.frames(told)

    def run() -> None:
        begin_s = time.monotonic()
        for row, frame in enumerate(frames):
            if over.wait(max(0.0, begin_s + row / 100 - time.monotonic())):
                return
            with suppress(OSError):
                board.send(wire.before + frame if row % 100 == 0 else frame)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _run(*words: str, status: int = 0) -> Result:
    result = CliRunner().invoke(imu_reps, list(words), standalone_mode=False)
    assert result.exception is None, result.output
    assert result.return_value == status, result.output
    return result


def _json(*words: str, status: int = 0) -> list[dict[str, object]]:
    lines = _run(*words, "--json", status=status).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_devices_tells_what_speaks(board: Board) -> None:
    wire = Wire("", "", NATIVE.frames, before=NATIVE.before + encode_status(Status(3910, 0, 0, 0)))
    with _speaking(board, wire):
        (told,) = _json("devices", "--port", board.port)
        shown = _run("devices", "--port", board.port).stdout
    assert told["device"] == "imu-reps-frame"
    assert told["rate_hz"] == pytest.approx(100, abs=1)
    assert told["loss_percent"] == 0
    assert told["battery_v"] == 3.91
    assert told["problem"] is None
    assert "imu-reps-frame" in shown
    assert "3.91 V" in shown


def test_devices_tells_of_ports_without_a_sensor(board: Board) -> None:
    nowhere = f"{board.port}-nowhere"
    told = _json("devices", "--port", board.port, "--port", nowhere, status=1)
    assert [each["device"] for each in told] == [None, None]
    assert told[0]["problem"] == "silent"
    assert "no such port" in str(told[1]["problem"])


def test_no_port_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (devices, doctor):
        monkeypatch.setattr(module, "there_are", list)
    monkeypatch.setattr("imu_reps.ports.explain.there_are", list)
    assert _json("devices") == []
    assert "charge-only" in _run("devices").stderr
    port, disk = _json("doctor", status=1)
    assert (port["check"], port["ok"]) == ("port", False)
    assert "plug the sensor in" in str(port["mend"])
    assert (disk["check"], disk["ok"]) == ("disk", True)


def test_doctor_finds_nothing_wrong_with_a_sound_sensor(board: Board) -> None:
    with _speaking(board, RVC):
        result = _run("doctor", "--port", board.port)
    lines = result.stdout.splitlines()
    assert [line[2:18].strip() for line in lines] == ALL_CHECKS
    assert all(line.endswith(": ok") for line in lines)
    assert all(line.startswith("  ") for line in lines)


def test_doctor_ends_a_line_with_what_to_do(board: Board) -> None:
    def frozen(told: Told) -> None:
        told.gyr_dps[:, 1] = 0.0

    with _speaking(board, NATIVE, frozen):
        found = _json("doctor", "--port", board.port, status=1)
    assert [each["check"] for each in found] == ALL_CHECKS
    (wrong,) = [each for each in found if not each["ok"]]
    assert wrong["check"] == "frozen axes"
    assert "turning rate y" in str(wrong["text"])
    assert wrong["mend"]


def test_doctor_on_a_silent_port(board: Board) -> None:
    found = {each["check"]: each for each in _json("doctor", "--port", board.port, status=1)}
    assert found["permission"]["ok"]
    assert "nothing came" in str(found["format"]["text"])


def test_doctor_on_bytes_that_are_no_sensor(board: Board) -> None:
    rng = np.random.default_rng(3)
    noise = Wire("", "", lambda told: [rng.bytes(40) for _ in range(len(told))])
    with _speaking(board, noise):
        found = {each["check"]: each for each in _json("doctor", "--port", board.port, status=1)}
    assert "no decoder" in str(found["format"]["text"])
    assert "--capture" in str(found["format"]["mend"])


@pytest.mark.parametrize(
    ("number", "check"),
    [(errno.EACCES, "permission"), (errno.EBUSY, "holder"), (errno.ENOENT, "port")],
)
def test_doctor_tells_why_a_port_does_not_open(
    number: int, check: str, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(name: str, _baud: int) -> None:
        raise explained(name, OSError(number, "no"))

    monkeypatch.setattr(diagnosis, "open_port", closed)
    monkeypatch.setattr(
        os, "access", lambda path, _mode: number != errno.EACCES or path != board.port
    )
    found = _json("doctor", "--port", board.port, status=1)
    (wrong,) = [each for each in found if not each["ok"]]
    assert wrong["check"] == check
    assert wrong["mend"]
    assert found[-1]["check"] == "disk"


def test_doctor_passes_over_silent_ports_beside_a_speaking_one(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Board(tmp_path / "ttyS0")
    names = [silent.port, board.port]
    monkeypatch.setattr(doctor, "there_are", lambda: list(map(PortInfo, names)))
    with _speaking(board, RVC):
        found = _json("doctor")
    silent.unplug()
    assert {each["port"] for each in found} == {board.port, None}


def test_doctor_tells_of_a_disk_without_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert diagnosis.disk(tmp_path / "not" / "made" / "yet").is_ok
    monkeypatch.setattr(diagnosis, "LEAST_FREE_MB", 1e12)
    full = diagnosis.disk(tmp_path)
    assert full.mend == "make room on that disk"
