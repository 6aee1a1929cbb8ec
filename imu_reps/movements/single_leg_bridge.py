"""Single-leg bridge: shoulders on a bench, one foot on a bench in front, hips up and down.

The hips go up to full extension, stay a second or two at the top and come down again. How far
thigh and shank turn hangs on what the foot stands on: the source's is a bench; with the foot on
the floor the shank turns 10-16 degrees only, with the heel on a 60 cm box the thigh 8-17.
Out is the lifting (concentric) stroke.
"""

from imu_reps.core.movement import Movement, Tempo, View
from imu_reps.core.words import Mount, Sight

MOVEMENT = Movement(
    name="single-leg-bridge",
    short_name="bridge",
    title="Single-leg bridge",
    description="Shoulders on a bench, one foot on a bench in front: hips up, hold, down.",
    posture="supine",
    tempo=Tempo(out_s=1.0, hold_s=1.5, back_s=2.0),
    target_reps=8,
    views={
        Mount.THIGH: View(
            Sight.GOOD,
            22,
            41,
            "model",
            "8-17 with the heel on a 60 cm box",
            other_deg=(8, 17),
            pitch_deg=(130, 100),
        ),
        Mount.ANKLE: View(
            Sight.GOOD,
            30,
            44,
            "model",
            "10-16 with the foot on the floor",
            other_deg=(10, 16),
            pitch_deg=(32, -5),
            reach_m=0.15,
            axis="lower",
        ),
        Mount.FREE_THIGH: View(
            Sight.FAIR,
            22,
            53,
            "model",
            "0 if the free thigh is kept vertical",
            pitch_deg=(110, 145),
        ),
        Mount.FREE_ANKLE: View(
            Sight.FAIR,
            22,
            53,
            "model",
            "0 if the free leg is kept vertical",
            pitch_deg=(60, 95),
            reach_m=0.7,
        ),
    },
    wear=(Mount.THIGH, Mount.ANKLE),
)
