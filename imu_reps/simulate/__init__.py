"""A synthetic athlete wearing a synthetic sensor: recordings whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from imu_reps.core.errors import BadUsage
from imu_reps.core.frames import Frames, Header
from imu_reps.core.movement import Movement
from imu_reps.core.truth import Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.simulate.athlete import BODIES
from imu_reps.simulate.presets import easy, hard, random_plan, showing
from imu_reps.simulate.scenario import Plan, played
from imu_reps.simulate.sensor import Imu, sensed
from imu_reps.simulate.truth import true_reps

__all__ = [
    "Imu",
    "Plan",
    "Simulation",
    "Strap",
    "easy",
    "hard",
    "random_plan",
    "showing",
    "simulate",
]


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """What the sensor sent, what a recording of it says of itself, and what really happened."""

    header: Header
    frames: Frames
    truth: Truth


@dataclass(frozen=True, slots=True)
class Strap:
    """What is trained, with which leg, and where the sensor is."""

    movement: Movement
    leg: Leg
    mount: Mount


def simulate(strap: Strap, plan: Plan, imu: Imu, seed: int) -> Simulation:
    """The recording of a plan; the same seed gives the same one.

    Raises `BadUsage` where the body model has no such segment in this movement.
    """
    movement, leg, mount = strap.movement, strap.leg, strap.mount
    body = BODIES.get(movement.name)
    if body is None or mount not in body.segments:
        known = ", ".join(body.segments) if body else "none"
        raise BadUsage(f"{movement.name} cannot be simulated for the {mount}; it can for {known}")
    segment = body.segments[mount]
    rng = np.random.default_rng(seed)
    motion = played(plan, body, mount, rng)
    header = Header(
        movement=movement.name,
        leg=leg,
        mount=mount,
        rate_hz=imu.rate_hz,
        scale=imu.scale,
        device=f"simulated MPU-6050, seed {seed}",
        decoder="imu-reps-frame",
    )
    reps = true_reps(motion.amount, segment.turn_deg * plan.range_part)
    frames = sensed(motion, segment.radius_m, imu, rng)
    return Simulation(header, frames, Truth(movement.name, leg, mount, reps))
