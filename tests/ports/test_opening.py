"""What is told of a port that does not open, on each system."""

from __future__ import annotations

import errno
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial
from serial.tools import list_ports

from imu_reps.ports import serial_port
from imu_reps.ports.explain import PortClosed, explained, holder
from imu_reps.ports.serial_port import open_patiently, open_port
from tests.ports.boards import Board
from tests.ports.test_names import listed

WINDOWS_BUSY = "could not open port 'COM3': PermissionError(13, 'Access is denied.', None, 5)"
WINDOWS_NONE = (
    "could not open port 'COM9': FileNotFoundError(2, 'The system cannot find the file specified.')"
)
MACOS_BUSY = "could not open port /dev/cu.usbserial: [Errno 16] Resource busy: '/dev/cu.usbserial'"


def _never() -> bool:
    return False


@pytest.fixture
def locked(board: Board) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the board's port open, and says so."""
    code = (
        "import serial, sys\n"
        f"port = serial.Serial({board.port!r}, exclusive=True)\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_no_such_port_lists_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_ports, "comports", lambda: [listed("/dev/ttyUSB0", (0x0403, 0x6001))])
    with pytest.raises(PortClosed, match=r"no such port; there is /dev/ttyUSB0 \(FTDI\)"):
        open_port("/dev/ttyUSB9")
    monkeypatch.setattr(list_ports, "comports", lambda: [listed("/dev/ttyS0")])
    with pytest.raises(PortClosed, match=r"there is /dev/ttyS0, none of them USB \(a charge-only"):
        open_port("/dev/ttyUSB9")
    monkeypatch.setattr(list_ports, "comports", list)
    with pytest.raises(PortClosed, match="charge-only USB cable"):
        open_port("/dev/ttyUSB9")


@pytest.mark.parametrize("group", ["dialout", "uucp", "plugdev"])
def test_without_permission_the_ports_own_group_is_named(
    monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    monkeypatch.setattr(Path, "group", lambda _: group)
    denied = serial.SerialException(errno.EACCES, "could not open port")
    told = str(explained("/dev/ttyUSB0", denied))
    assert f"`sudo usermod -aG {group} $USER`" in told
    assert "log in again" in told


def test_a_port_that_only_root_may_open_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "group", lambda _: "root")
    denied = serial.SerialException(errno.EACCES, "could not open port")
    assert "sudo chmod a+rw /dev/ttyUSB0" in str(explained("/dev/ttyUSB0", denied))


def test_who_has_the_port_is_named(board: Board, locked: subprocess.Popen[str]) -> None:
    with pytest.raises(PortClosed, match=rf"\(pid {locked.pid}\) has it open; close that") as told:
        open_port(board.port)
    assert told.value.is_busy


@pytest.mark.parametrize(
    ("words", "text", "is_busy"),
    [
        (WINDOWS_BUSY, "another program has it open", True),
        (MACOS_BUSY, "another program has it open", True),
        (WINDOWS_NONE, "there is no such port", False),
        (
            "could not open port COM3: OSError(22, 'The semaphore timeout')",
            "cannot be opened",
            False,
        ),
    ],
)
def test_other_systems_are_understood(words: str, text: str, is_busy: bool) -> None:  # noqa: FBT001
    closed = explained("COM3", serial.SerialException(words))
    assert text in str(closed)
    assert closed.is_busy == is_busy


def test_a_program_that_looks_for_modems_is_waited_for(
    board: Board, locked: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_port, "holder", lambda _: "ModemManager (pid 7)")
    said: list[str] = []

    def stop() -> bool:
        # Asked between two tries: the program has seen that it is no modem.
        locked.kill()
        return False

    port = open_patiently(board.port, 115200, said.append, stop)
    assert port is not None
    port.close()
    assert len(said) == 1
    assert "is busy: waiting" in said[0]


def test_one_that_keeps_it_is_told_with_the_line_that_keeps_it_off(
    board: Board, locked: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locked.poll() is None
    monkeypatch.setattr(serial_port, "BUSY_S", 0.3)
    for module in ("serial_port", "explain"):
        monkeypatch.setattr(f"imu_reps.ports.{module}.holder", lambda _: "ModemManager (pid 7)")
    here = [listed(board.port, (0x1A86, 0x7523))]
    monkeypatch.setattr(list_ports, "comports", lambda: here)
    with pytest.raises(PortClosed, match="ID_MM_DEVICE_IGNORE") as told:
        open_patiently(board.port, 115200, lambda _: None, _never)
    assert 'ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523"' in str(told.value)


def test_a_person_who_has_it_open_is_not_waited_for(
    board: Board, locked: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_port, "holder", lambda _: "minicom (pid 9)")
    begin_s = time.monotonic()
    with pytest.raises(PortClosed):
        open_patiently(board.port, 115200, lambda _: pytest.fail("waits"), _never)
    assert time.monotonic() - begin_s < serial_port.BUSY_S
    assert locked.poll() is None


def test_a_port_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial.Serial, "open", lambda _: time.sleep(3))
    with pytest.raises(PortClosed, match="does not open: is the sensor switched on") as told:
        open_port("/dev/rfcomm0", limit_s=0.05)
    assert "Bluetooth" in str(told.value)


def test_who_stops_is_not_made_to_wait_for_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial.Serial, "open", lambda _: time.sleep(3))
    begin_s = time.monotonic()
    assert open_patiently("/dev/rfcomm0", 115200, lambda _: None, lambda: True) is None
    assert time.monotonic() - begin_s < 2


def test_who_stops_does_not_wait_for_a_program_that_looks_for_modems(
    board: Board, locked: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locked.poll() is None
    monkeypatch.setattr(serial_port, "holder", lambda _: "ModemManager (pid 7)")
    said: list[str] = []
    assert open_patiently(board.port, 115200, said.append, lambda: bool(said)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("/dev/null", "this is no serial port"),
        ("nonsense://x", "only socket://, rfc2217:// and loop:// are known"),
        ("socket://127.0.0.1:1", r"\(Connection refused\); check host and number"),
        ("loop://x?y=z", "not of the form"),
        ("socket://nohost:xx", "not of the form"),
        ("socket://nohost", "not of the form socket://HOST:PORT"),
    ],
)
def test_what_is_no_port_is_told(name: str, text: str) -> None:
    with pytest.raises(PortClosed, match=text):
        open_port(name)


def test_opening_leaves_the_reset_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[tuple[bool, bool]] = []
    monkeypatch.setattr(serial.Serial, "open", lambda port: lines.append((port.dtr, port.rts)))
    open_port("/dev/ttyUSB0").close()
    assert lines == [(False, False)]


def test_nobody_else_has_a_port_that_is_free(board: Board) -> None:
    assert holder(board.port) is None
