"""A set of each leg without hardware: simulated, sent over a wire of memory, counted by `live`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from imu_reps.core.events import Event
from imu_reps.core.frames import Piece
from imu_reps.core.movement import Movement
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.core.words import Leg
from imu_reps.devices.imu_reps_frame import DEVICE, encode_hello, encode_sample
from imu_reps.session.coaching.guide import Guide
from imu_reps.session.planning.plan import Exercise, Plan, target
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.setup import Setup
from imu_reps.session.stopping import Stop
from imu_reps.session.stream.live import live
from imu_reps.session.stream.steps import Inbox
from imu_reps.session.training.joined import Joined
from imu_reps.session.training.one_sensor import Wiring, exercised
from imu_reps.simulate import Simulation, Strap, showing, simulate

PIECE_FRAMES = 10
"""A tenth of a second of samples arrives at a time, as from a USB port."""

SEED = 7

REST_S = 20.0
"""Between the legs: made-up people do not tire."""

Pace = Callable[[float], None]


def pieces(made: Simulation, pace: Pace) -> Iterator[Piece]:
    """What its sensor puts on the wire; `pace` is told the time of each piece, in seconds."""
    frames = made.frames
    assert frames.seq is not None
    assert frames.device_us is not None
    rows = zip(frames.seq.tolist(), frames.device_us.tolist(), frames.values.tolist(), strict=True)
    sent = [encode_sample(seq, device_us, values) for seq, device_us, values in rows]
    first_us = int(frames.host_us[0])
    yield Piece(b"\0" + encode_hello(_hello(made)), first_us)
    for first in range(0, len(sent), PIECE_FRAMES):
        host_us = int(frames.host_us[first : first + PIECE_FRAMES][-1])
        pace((host_us - first_us) / 1e6)
        yield Piece(b"".join(sent[first : first + PIECE_FRAMES]), host_us)


def demo(movement: Movement, leg: Leg, folder: Path, pace: Pace, stop: Stop) -> Iterator[Event]:
    """The events of a made-up person's set, recorded in `folder`."""
    sensor = _sensor(movement, leg, pace, stop)
    yield from live(sensor, Setup(movement, leg, movement.wear[0]), _path(folder, leg), stop)


def demo_plan(movement: Movement) -> Plan:
    """What the made-up person does: a set with each leg, each recorded for itself."""
    tempo = movement.tempo
    wanted = target(movement.target_reps, None, tempo)
    setups = [Setup(movement, leg, movement.wear[0]) for leg in Leg]
    return Plan(tuple(Exercise(one, (one.leg,), 1, wanted, REST_S) for one in setups))


def guided_demo(
    guide: Guide, folder: Path, paces: Callable[[], Pace], stop: Stop
) -> Iterator[Event]:
    """The events of both legs' sets, led by a guide who has the plan of them; one summary, last.

    `paces` begins the pace of a leg when it is its turn.
    """
    joined = Joined()
    for leg in Leg:
        movement = guide.exercise.setup.movement
        sensor = _sensor(movement, leg, paces(), stop)
        wiring = Wiring(sensor, guide, Inbox(), lambda _: None)
        place = partial(_path_of, folder)
        yield from joined.of(exercised(wiring, place, stop))
        if stop():
            break
    guide.end()
    yield joined.summary()


def _path_of(folder: Path, exercise: Exercise) -> Path:
    return _path(folder, exercise.setup.leg)


def _path(folder: Path, leg: Leg) -> Path:
    return folder / f"{leg}.imu.csv"


def _sensor(movement: Movement, leg: Leg, pace: Pace, stop: Stop) -> Sensor:
    """The sensor of a made-up person, listened to."""
    strap = Strap(movement, leg, movement.wear[0])
    seed = SEED + (leg is Leg.RIGHT)
    plan, imu = showing(movement, leg, np.random.default_rng(seed))
    # One seed for both legs: the same strap, worn the same way.
    made = simulate(strap, plan, imu, SEED)
    sensor = Sensor(pieces(made, pace), DEVICE)
    sensor.listen(stop)
    return sensor


def demo_lasts_s(movement: Movement, leg: Leg) -> float:
    """About how long the set takes, for a bar of progress."""
    seed = SEED + (leg is Leg.RIGHT)
    plan, _ = showing(movement, leg, np.random.default_rng(seed))
    reps = sum(a.out_s + a.hold_s + a.back_s + a.pause_s for a in plan.sets[0])
    return reps + 2 * plan.walk_s + 20.0


def _hello(made: Simulation) -> dict[str, object]:
    scale = made.header.scale
    assert scale is not None
    assert scale.gyr_rads is not None
    return {
        "protocol": 1,
        "firmware": "simulated",
        "sensor": made.header.device,
        "rate_hz": made.header.rate_hz,
        "acc_lsb_per_g": GRAVITY_MS2 / scale.acc_ms2,
        "gyr_lsb_per_dps": math.radians(1.0) / scale.gyr_rads,
        "id": "demo",
    }
