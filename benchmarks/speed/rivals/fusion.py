"""Count reps in a plain table sample by sample: tilt by imufusion, a threshold."""

import sys

import imufusion
import numpy as np

table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
ahrs = imufusion.Ahrs()
ahrs.set_sample_period(float(np.median(np.diff(table[:, 0]))))
gyr_dps, acc_g = np.degrees(table[:, 4:7]), table[:, 1:4] / 9.80665
rest, is_out, reps = None, False, 0
for gyr, acc in zip(gyr_dps, acc_g, strict=True):
    ahrs.update_no_magnetometer(gyr, acc)
    gravity = ahrs.get_gravity()
    if rest is None:
        rest = gravity
    angle_deg = np.degrees(np.arccos(min(1.0, gravity @ rest)))
    if not is_out and angle_deg > 20:
        is_out = True
    elif is_out and angle_deg < 10:
        is_out, reps = False, reps + 1
print(reps, "reps")
