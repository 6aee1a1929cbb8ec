"""Sensor Logger (Kelvin Choi's app): `TotalAcceleration.csv`, with `Gyroscope.csv` beside it.

Both have the axes in the order z, y, x; they are taken by name. `Accelerometer.csv` has gravity
taken out and cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.formats import Format, Recording
from imu_reps.formats.phones import WithGyro, gyro_of
from imu_reps.formats.rows import opened
from imu_reps.formats.tables import Layout, Names, has_columns, table_in

TIME = "seconds_elapsed"
TOTAL, GYRO = "TotalAcceleration", "Gyroscope"
_OTHERS = (
    "accelerometer",
    "gyroscope",
    "gravity",
    "magnetometer",
    "orientation",
    "uncalibrated",
)
"""How the names of its other files end: same columns, other things (iOS has raw values in g)."""

_XYZ: Names = ("x", "y", "z")
LAYOUTS = [Layout(program="Sensor Logger", time=TIME, time_s=1.0, acc=_XYZ, acc_ms2=1.0)]


@contextmanager
def read(path: Path) -> Iterator[Recording]:
    """Open the accelerations, and the turning rates if their file is beside; `BadInput` if not."""
    if path.stem.lower().endswith(_OTHERS):
        raise BadInput(f"{path}: Sensor Logger has what is needed in {TOTAL}.csv; name that file")
    gyro = gyro_of(path.with_name(path.name.replace(TOTAL, GYRO)), TIME, _XYZ)
    with opened(path) as file:
        table = table_in(path, file, LAYOUTS)
        yield table if gyro is None or TOTAL not in path.name else WithGyro(table, *gyro)


FORMAT = Format("Sensor Logger", ".csv", read, head=has_columns(LAYOUTS))
