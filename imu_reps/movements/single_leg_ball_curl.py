"""Single-leg ball curl: on the back, one foot on the ball, the other knee to the chest.

The heel pulls the ball in, stays a second at full bend, and rolls it back slowly. The shank turns
55-70 degrees, the best signal of all. Out is the pulling (concentric) stroke.
"""

from imu_reps.core.movement import Movement, Tempo, View
from imu_reps.core.words import Mount, Sight

MOVEMENT = Movement(
    name="single-leg-ball-curl",
    short_name="ball-curl",
    title="Single-leg ball curl",
    description="On the back, one foot on the ball: pull the ball in, hold, roll it back slowly.",
    posture="supine",
    tempo=Tempo(out_s=1.5, hold_s=1.0, back_s=3.0),
    target_reps=8,
    views={
        Mount.THIGH: View(Sight.GOOD, 20, 40, "model", pitch_deg=(100, 130), axis="either"),
        Mount.ANKLE: View(Sight.GOOD, 55, 70, "model", pitch_deg=(95, 35), reach_m=0.25),
        Mount.FREE_THIGH: View(Sight.FAIR, 20, 40, "model", pitch_deg=(165, 195)),
        Mount.FREE_ANKLE: View(Sight.FAIR, 20, 40, "model", pitch_deg=(80, 110), reach_m=0.5),
    },
    wear=(Mount.ANKLE, Mount.THIGH),
)
