"""Generic: any slow out-and-back turn of the segment that wears the sensor.

It knows nothing of posture, range or hold; what a rep is, the set's own first reps tell.
"""

from imu_reps.core.movement import Movement, Tempo
from imu_reps.core.words import Mount

MOVEMENT = Movement(
    name="generic",
    short_name="generic",
    title="Any slow out-and-back turn",
    description="Any slow turn of a segment out of a resting pose and back.",
    posture="any",
    tempo=Tempo(out_s=1.5, hold_s=1.0, back_s=1.5),
    target_reps=8,
    views={},
    wear=(Mount.THIGH, Mount.ANKLE),
)
