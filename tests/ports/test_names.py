"""Ports by their names, and a port that has come back under another one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from serial.tools import list_ports

from imu_reps.ports.names import PortInfo, again, spelled, there_are, told_of

CH340, FTDI = (0x1A86, 0x7523), (0x0403, 0x6001)


@pytest.mark.parametrize(
    ("typed", "system", "meant"),
    [
        ("COM3", "win32", "COM3"),
        ("com12", "win32", "COM12"),
        (r"\\.\COM12", "win32", "COM12"),
        ("//./com12", "win32", "COM12"),
        ("COM7:", "win32", "COM7"),
        ("socket://host:2000", "win32", "socket://host:2000"),
    ],
)
def test_ports_of_windows_may_be_spelled_in_any_way(typed: str, system: str, meant: str) -> None:
    assert spelled(typed, system) == meant


def test_the_waiting_twin_of_a_port_of_macos_is_not_taken() -> None:
    assert spelled("/dev/tty.usbserial-0001", "darwin") == "/dev/cu.usbserial-0001"
    assert spelled("/dev/cu.usbserial-0001", "darwin") == "/dev/cu.usbserial-0001"
    assert spelled("/dev/ttyUSB0", "linux") == "/dev/ttyUSB0"


def test_a_port_that_goes_while_it_is_looked_at_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # pyserial reads no number from a file that has just gone, and makes a TypeError of it.
    monkeypatch.setattr(list_ports, "comports", lambda: int(None))  # type: ignore[call-overload]
    assert there_are() == []
    assert told_of("/dev/ttyUSB0") == PortInfo("/dev/ttyUSB0")


def test_it_is_found_by_its_serial_number_under_any_name() -> None:
    lost = PortInfo("/dev/ttyUSB0", serial_number="A1", ids=FTDI)
    there = [
        PortInfo("/dev/ttyUSB0", serial_number="B2", ids=FTDI),
        PortInfo("/dev/ttyUSB3", serial_number="A1", ids=FTDI),
    ]
    assert again(lost, there) == there[1]
    assert again(lost, there[:1]) is None


def test_without_a_serial_number_its_ids_tell() -> None:
    lost = PortInfo("/dev/ttyUSB0", ids=CH340, location="1-1")
    there = [PortInfo("/dev/ttyUSB1", ids=CH340, location="1-2"), PortInfo("/dev/ttyS0")]
    assert again(lost, there) == there[0]
    assert again(lost, there, taken={"/dev/ttyUSB1"}) is None


def test_of_two_alike_the_one_in_the_same_socket_is_it() -> None:
    lost = PortInfo("/dev/ttyUSB0", ids=CH340, location="1-1")
    there = [
        PortInfo("/dev/ttyUSB0", ids=CH340, location="1-2"),
        PortInfo("/dev/ttyUSB1", ids=CH340, location="1-1"),
    ]
    assert again(lost, there) == there[1]


def test_of_two_alike_without_sockets_the_name_tells_or_nothing() -> None:
    there = [PortInfo("/dev/ttyUSB0", ids=CH340), PortInfo("/dev/ttyUSB1", ids=CH340)]
    assert again(PortInfo("/dev/ttyUSB1", ids=CH340), there) == there[1]
    assert again(PortInfo("/dev/ttyUSB9", ids=CH340), there) is None


def test_a_port_without_ids_is_found_by_its_name() -> None:
    there = [PortInfo("/dev/rfcomm0"), PortInfo("/dev/ttyUSB0", ids=CH340)]
    assert again(PortInfo("/dev/rfcomm0"), there) == there[0]
    assert again(PortInfo("/dev/rfcomm1"), there) is None


def test_ports_that_sensors_speak_through_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_ports, "comports", lambda: [listed("/dev/ttyS0"), listed("b", CH340)])
    first, second = there_are()
    assert str(first) == "b (CH340)"
    assert str(second) == "/dev/ttyS0"


def listed(
    name: str, ids: tuple[int, int] | None = None, serial_number: str | None = None
) -> SimpleNamespace:
    """A port as pyserial lists it."""
    vid, pid = ids or (None, None)
    return SimpleNamespace(
        device=name,
        name=name,
        description="n/a",
        serial_number=serial_number,
        vid=vid,
        pid=pid,
        location=None,
    )
