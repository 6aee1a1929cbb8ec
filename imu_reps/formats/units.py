"""What units are called in files, and what one of each is worth in SI units."""

from __future__ import annotations

import math

from imu_reps.core.samples import GRAVITY_MS2

TIME_S = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
ACC_MS2 = {"ms2": 1.0, "g": GRAVITY_MS2, "mg": GRAVITY_MS2 / 1000}
GYR_RADS = {"rads": 1.0, "dps": math.radians(1.0), "mdps": math.radians(1e-3)}
