"""Single-leg deadlift: stand on one leg, the other knee lifted, and bend at the hip.

The trunk comes down to about 45 degrees, the free leg goes back as its counterweight, one holds a
second or two at the low end and stands up again. It is a hinge: pelvis and trunk turn over an
almost still standing leg (58 degrees at the hip, 7.8 at the knee in a measured hinge,
Schellenberg 2013), which is why the working leg sees so little of it and the free leg so much.
Out is the lowering (eccentric) stroke.
"""

from imu_reps.core.movement import Movement, Tempo, View
from imu_reps.core.words import Mount, Sight

MOVEMENT = Movement(
    name="single-leg-deadlift",
    short_name="deadlift",
    title="Single-leg deadlift",
    description="Stand on one leg, bend at the hip until the trunk is at about 45°, come up.",
    posture="standing",
    tempo=Tempo(out_s=3.0, hold_s=1.5, back_s=2.0),
    target_reps=8,
    views={
        Mount.THIGH: View(
            Sight.WEAK,
            8,
            20,
            "model",
            "the standing leg hardly turns",
            pitch_deg=(0, 14),
            axis="lower",
        ),
        Mount.ANKLE: View(
            Sight.BLIND,
            0,
            9,
            "model",
            "inside the sway of standing on one leg",
            reach_m=0.15,
            axis="lower",
        ),
        Mount.FREE_THIGH: View(Sight.GOOD, 45, 90, "model", pitch_deg=(25, -45), axis="either"),
        Mount.FREE_ANKLE: View(
            Sight.GOOD, 45, 90, "model", pitch_deg=(-25, -90), axis="either", reach_m=0.7
        ),
        Mount.CHEST: View(
            Sight.GOOD,
            45,
            45,
            "model",
            "90 with the trunk bent until it is level",
            pitch_deg=(0, -45),
            axis="lower",
            other_deg=(45, 95),
        ),
    },
    wear=(Mount.FREE_ANKLE, Mount.FREE_THIGH, Mount.CHEST),
)
