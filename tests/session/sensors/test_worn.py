"""Which sensor is on which leg: as the ports are named, else told by moving one."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.errors import BadUsage
from imu_reps.core.frames import Piece
from imu_reps.core.words import Leg
from imu_reps.devices.imu_reps_frame import DEVICE
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.sensors.worn import moved, worn
from tests.devices.wires import WIRES, Told

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


@pytest.mark.parametrize(
    ("ports", "legs"),
    [
        ([], [None]),
        (["a"], [None]),
        (["right=a"], [RIGHT]),
        (["left=a", "right=b"], [LEFT, RIGHT]),
        (["RIGHT=a", "b"], [RIGHT, LEFT]),
        (["a", "b"], [None, None]),
        (["socket://h:1?x=left"], [None]),
        (["/dev/serial/by-id/a=b"], [None]),
    ],
)
def test_a_port_may_be_named_for_a_leg(ports: list[str], legs: list[Leg | None]) -> None:
    found = worn(ports, None, None)
    assert [each.leg for each in found] == legs
    assert [each.wanted.port for each in found] == [
        port.split("=", 1)[1] if port.lower()[:5] in ("left=", "right") else port for port in ports
    ] or not ports


@pytest.mark.parametrize(
    ("ports", "text"),
    [
        (["a", "a"], "a is named twice"),
        (["left=a", "left=b"], "both sensors are said to be on the left leg"),
        (["a", "b", "c"], "more than there are legs"),
        (["left="], "names no port"),
        ([""], "names no port"),
        (["middle=a"], "on the left or the right leg; say left=a"),
    ],
)
def test_ports_that_do_not_go_together_are_told(ports: list[str], text: str) -> None:
    with pytest.raises(BadUsage, match=text):
        worn(ports, None, None)


def _sensor(lift_from_s: float) -> Sensor:
    """A sensor that lies still and is lifted by 60 degrees for a second from some moment on."""
    at_s = np.arange(1000) / 100
    lift = np.clip(at_s - lift_from_s, 0, 1) - np.clip(at_s - lift_from_s - 1, 0, 1)
    angle = np.radians(60) * lift
    acc = np.column_stack([np.sin(angle), 0 * angle, np.cos(angle)])
    acc += np.random.default_rng(1).normal(0, 0.01, acc.shape)
    (wire,) = (each for each in WIRES if each.name == "native with hello")
    frames = [wire.before, *wire.frames(Told(acc, 0 * acc, 100.0))]
    sensor = Sensor((Piece(frame, i * 10_000) for i, frame in enumerate(frames)), DEVICE)
    sensor.listen(lambda: False)
    return sensor


@pytest.mark.parametrize("which", [0, 1])
def test_the_sensor_that_is_moved_is_told(which: int) -> None:
    sensors = [_sensor(3.0 if place == which else 1e9) for place in range(2)]
    assert moved(sensors, lambda: False) is sensors[which]
