"""Recordings to be taken into a history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.native import create
from imu_reps.movements import movement_named
from imu_reps.simulate import Imu, Strap, easy, simulate


def a_recording(folder: Path, leg: Leg, started: str | None, reps: int = 4) -> Path:
    movement = movement_named("bridge")
    plan, _ = easy(movement, reps, np.random.default_rng(2))
    made = simulate(Strap(movement, leg, Mount.THIGH), plan, Imu(rate_hz=50.0), seed=4)
    path = folder / f"{(started or 'some-day')[:13]}-{leg}.imu.csv"
    with create(path, replace(made.header, started_utc=started)) as writer:
        writer.write(made.frames)
        writer.write(Note(int(made.frames.host_us[-1]), "end"))
    return path
