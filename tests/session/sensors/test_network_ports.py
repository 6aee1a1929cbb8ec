"""The sensor behind a port of the network: a plain socket, and a port of another computer."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import serial
from serial.rfc2217 import PortManager

from imu_reps.session.sensors.finding import Wanted, find
from imu_reps.session.sensors.listener import Found
from tests.devices.wires import WIRES, leg

RATE_HZ = 100.0


def _found(port: str) -> Found:
    found = find(Wanted(port), lambda _: None, lambda: False)
    assert found is not None
    found.port.close()
    return found


def test_a_sensor_behind_a_socket_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server,))
        thread.start()
        found = _found(f"socket://127.0.0.1:{server.getsockname()[1]}")
        thread.join()
    assert found.sensor.device.name == "imu-reps-frame"
    assert "baud" not in str(found)


def _serve(server: socket.socket) -> None:
    (wire,) = (each for each in WIRES if each.name == "native")
    connection, _ = server.accept()
    # Whoever listens goes once it knows enough.
    with connection, suppress(ConnectionError):
        for frame in wire.frames(leg(100, RATE_HZ, np.random.default_rng(1))):
            connection.sendall(frame)
            time.sleep(0.005)


# pyserial's own thread is begun in the old way.
@pytest.mark.filterwarnings("ignore:set(Daemon|Name)")
def test_a_sensor_behind_a_port_of_another_computer_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve_port, args=(server,))
        thread.start()
        found = _found(f"rfc2217://127.0.0.1:{server.getsockname()[1]}")
        thread.join()
    assert found.sensor.device.name == "bno08x-rvc"


def _serve_port(server: socket.socket) -> None:
    """A port server (RFC 2217) whose port always gives what a sensor sends."""
    (wire,) = (each for each in WIRES if each.name == "bno08x")
    connection, _ = server.accept()
    sender: Any = connection.makefile("wb", buffering=0)
    port: Any = serial.serial_for_url("loop://")
    with connection, sender, port, suppress(OSError):
        manager: Any = PortManager(port, sender)
        connection.settimeout(0.01)
        for frame in wire.frames(leg(3000, RATE_HZ, np.random.default_rng(1))):
            with suppress(TimeoutError):
                data = connection.recv(1024)
                if not data:
                    return
                list(manager.filter(data))
            connection.sendall(b"".join(manager.escape(frame)))
