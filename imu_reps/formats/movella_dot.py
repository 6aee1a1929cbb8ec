"""Movella (Xsens) DOT: the app's CSV, microseconds that wrap at 32 bits, m/s² and degrees a second.

Its "free acceleration" has gravity taken out and cannot be used: record calibrated or custom data.
"""

from __future__ import annotations

import math

from imu_reps.formats import Format
from imu_reps.formats.tables import Layout, has_columns, reader

# Units and wrap: Xsens DOT user manual (XD0502P), 4.2.2 and 4.2.5.
LAYOUTS = [
    Layout(
        program="Movella DOT",
        time="SampleTimeFine",
        time_s=1e-6,
        acc=("Acc_X", "Acc_Y", "Acc_Z"),
        acc_ms2=1.0,
        gyr=gyr,
        gyr_rads=math.radians(1.0),
        time_wrap_us=1 << 32,
    )
    for gyr in (("Gyr_X", "Gyr_Y", "Gyr_Z"), ())
]

FORMAT = Format("Movella DOT", ".csv", reader(LAYOUTS), head=has_columns(LAYOUTS))
