"""phyphox: `Accelerometer.csv` or `Raw Data.csv` of "Acceleration (with g)", and `Gyroscope.csv`.

Exported as CSV with comma, semicolon or tab and with decimal point or comma. "Linear acceleration"
has gravity taken out and cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.formats import Format, Recording
from imu_reps.formats.phones import WithGyro, gyro_of
from imu_reps.formats.rows import opened
from imu_reps.formats.tables import Layout, Names, has_columns, head_of, heading_in, table_in

TIME = "Time (s)"


def _xyz(quantity: str, unit: str) -> Names:
    return (f"{quantity} x ({unit})", f"{quantity} y ({unit})", f"{quantity} z ({unit})")


_GYRO = _xyz("Gyroscope", "rad/s")
_LINEAR = Layout("phyphox", TIME, 1.0, _xyz("Linear Acceleration", "m/s^2"), 1.0)
LAYOUTS = [
    Layout("phyphox", TIME, 1.0, acc=_xyz(name, "m/s^2"), acc_ms2=1.0, gyr=gyr)
    for gyr in (_GYRO, ())
    for name in ("Acceleration", "Accelerometer")
]


@contextmanager
def read(path: Path) -> Iterator[Recording]:
    """Open the accelerations, and the turning rates beside them; raises `BadInput`."""
    with opened(path) as file:
        if heading_in(head_of(file), _LINEAR.names):
            raise BadInput(f'{path}: gravity was taken out; record "Acceleration (with g)"')
        table = table_in(path, file, LAYOUTS)
        beside = path.with_name("Gyroscope.csv")
        gyro = None if _has_gyro(table) or beside == path else gyro_of(beside, TIME, _GYRO)
        yield table if gyro is None else WithGyro(table, *gyro)


def _has_gyro(table: Recording) -> bool:
    return table.header.scale is not None and table.header.scale.gyr_rads is not None


FORMAT = Format("phyphox", ".csv", read, head=has_columns([*LAYOUTS, _LINEAR]))
