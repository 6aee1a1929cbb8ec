"""One-leg prone push-up on a Roman chair: bend at the hip over the pad and come up again.

The pad is at the root of the thigh, one foot is fixed, the other rests on the pad. Only pelvis and
trunk turn: the pad holds the working leg still, so that neither thigh nor ankle can see it. The
source asks for no hold. Out is the lowering (eccentric) stroke.
"""

from imu_reps.core.movement import Movement, Tempo, View
from imu_reps.core.words import Mount, Sight

_IN_LINE = "only if held in line with the trunk: resting on the pad it sees nothing"

MOVEMENT = Movement(
    name="single-leg-back-extension",
    short_name="back-extension",
    title="One-leg prone push-up (back extension)",
    description="Roman chair, one foot fixed: bend at the hip over the pad, come up in line.",
    posture="prone",
    tempo=Tempo(out_s=3.0, hold_s=0.0, back_s=2.0),
    target_reps=8,
    views={
        Mount.THIGH: View(Sight.BLIND, 0, 5, "judgement", "the pad holds the thigh"),
        Mount.ANKLE: View(Sight.BLIND, 0, 3, "judgement", "the foot is fixed", reach_m=0.15),
        Mount.FREE_THIGH: View(
            Sight.GOOD, 30, 80, "judgement", _IN_LINE, pitch_deg=(-65, -120), axis="either"
        ),
        Mount.FREE_ANKLE: View(
            Sight.GOOD,
            30,
            80,
            "judgement",
            _IN_LINE,
            pitch_deg=(-65, -120),
            axis="either",
            reach_m=0.7,
        ),
        Mount.CHEST: View(Sight.GOOD, 60, 90, "model", pitch_deg=(-60, -135), axis="lower"),
    },
    wear=(Mount.CHEST, Mount.FREE_THIGH),
)
