"""The x-IMU3's data logger: `Inertial.csv`, microseconds, degrees a second and g."""

from __future__ import annotations

import math

from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.formats import Format
from imu_reps.formats.tables import Layout, has_columns, reader

LAYOUTS = [
    Layout(
        program="x-IMU3 logger",
        time="Timestamp (us)",
        time_s=1e-6,
        acc=("Accelerometer X (g)", "Accelerometer Y (g)", "Accelerometer Z (g)"),
        acc_ms2=GRAVITY_MS2,
        gyr=("Gyroscope X (deg/s)", "Gyroscope Y (deg/s)", "Gyroscope Z (deg/s)"),
        gyr_rads=math.radians(1.0),
    )
]

FORMAT = Format("x-IMU3 logger", ".csv", reader(LAYOUTS), head=has_columns(LAYOUTS))
