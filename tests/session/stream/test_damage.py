"""One frame in a hundred is damaged on the way: no count changes, whatever the sensor."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from numpy.random import Generator

from imu_reps.core.events import Partial, Rep
from imu_reps.core.frames import Piece
from imu_reps.core.samples import GRAVITY_MS2, Floats
from imu_reps.core.words import Leg, Mount
from imu_reps.devices import device_named
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.setup import Setup
from imu_reps.session.stream.counted import counted
from imu_reps.session.stream.steps import clocked
from imu_reps.simulate import Imu, Strap, easy, simulate
from tests.devices.wires import WIRES, Told, Wire

REPS = 6
DAMAGED_PART = 0.01
NAMES = [
    "native with hello",
    "wit 51 52 53",
    "wit ble",
    "bno08x",
    "x-imu3 ascii",
    "x-imu3 binary",
    "mti",
    "text m/s2 header",
]


@cache
def _told() -> Told:
    movement = movement_named("bridge")
    plan, _ = easy(movement, REPS, np.random.default_rng(3))
    made = simulate(Strap(movement, Leg.LEFT, Mount.THIGH), plan, Imu(), seed=3)
    scale = made.header.scale
    assert scale is not None
    assert scale.gyr_rads is not None
    values = made.frames.values.astype(np.float64)
    acc_g: Floats = values[:, :3] * (scale.acc_ms2 / GRAVITY_MS2)
    gyr_dps: Floats = values[:, 3:] * math.degrees(scale.gyr_rads)
    return Told(acc_g, gyr_dps, 100.0)


def _damaged(frame: bytes, rng: Generator) -> bytes:
    """A byte of it changed, lost, or another one slipped in."""
    place = int(rng.integers(len(frame)))
    other = bytes([frame[place] ^ int(rng.integers(1, 256))])
    kept = (other, b"", frame[place : place + 1] + other)[int(rng.integers(3))]
    return frame[:place] + kept + frame[place + 1 :]


def _pieces(wire: Wire, rng: Generator, part: float) -> Iterator[Piece]:
    yield Piece(wire.before, 0)
    for row, frame in enumerate(wire.frames(_told())):
        hit = rng.random() < part
        yield Piece(_damaged(frame, rng) if hit else frame, (row + 1) * 10_000)


def _count(wire: Wire, seed: int, part: float) -> tuple[int, int, int]:
    """Reps, partials and damaged frames."""
    device = device_named(wire.device)
    sensor = Sensor(_pieces(wire, np.random.default_rng(seed), part), device, 100.0)
    sensor.listen(lambda: False)
    clock = DeviceClock(sensor.scale, sensor.rate_hz)
    chosen = Setup(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    events = list(counted(clocked(sensor, clock), chosen, lambda: clock.lost_samples))
    reps = sum(isinstance(event, Rep) for event in events)
    return reps, sum(isinstance(event, Partial) for event in events), sensor.bad_frames


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 2])
def test_damage_changes_no_count(name: str, seed: int) -> None:
    (wire,) = (wire for wire in WIRES if wire.name == name)
    reps, partials, bad = _count(wire, seed, DAMAGED_PART)
    assert (reps, partials) == (REPS, 0)
    assert bad > 0
