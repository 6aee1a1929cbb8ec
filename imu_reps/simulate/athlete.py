"""The synthetic body: how each segment lies at rest and how far it turns, movement by movement.

A planar chain of rigid segments. The angles come from the model in the notes on the movements
(GOOD, FAIR, WEAK and BLIND are made of them); no person was measured. The sensor sits on its
segment some way from the joint that the segment turns about, so that it feels the turn's
acceleration as a real one does.
"""

from __future__ import annotations

from dataclasses import dataclass

from imu_reps.core.words import Mount


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment in one movement: its pitch from upright at rest, how far it turns to the far end,
    and how far from the joint it turns about the sensor is.
    """

    rest_deg: float
    turn_deg: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Body:
    """A movement of the whole body: a segment a mount, and the sway (RMS) of its posture."""

    segments: dict[Mount, Segment]
    sway_deg: float
    lies: bool


def _body(*, sway_deg: float, lies: bool, **segments: tuple[float, float, float]) -> Body:
    return Body(
        {Mount(name.replace("_", "-")): Segment(*values) for name, values in segments.items()},
        sway_deg,
        lies,
    )


BODIES: dict[str, Body] = {
    # A hinge: pelvis and trunk turn by 58 degrees at the hip, the knee by 8 (Schellenberg 2013).
    "single-leg-deadlift": _body(
        sway_deg=1.2,
        lies=False,
        thigh=(0, 14, 0.45),
        ankle=(0, -4, 0.10),
        free_thigh=(15, -65, 0.35),
        free_ankle=(-45, -65, 0.60),
        chest=(0, -45, 0.45),
    ),
    # Foot on a bench: the shank turns about the heel, the thigh about the knee that goes with it.
    "single-leg-bridge": _body(
        sway_deg=0.5,
        lies=True,
        thigh=(122, -32, 0.30),
        ankle=(32, -37, 0.12),
        free_thigh=(100, 38, 0.40),
        free_ankle=(20, 38, 0.70),
    ),
    "single-leg-back-extension": _body(
        sway_deg=0.6,
        lies=True,
        thigh=(60, 2, 0.30),
        ankle=(60, 1, 0.10),
        free_thigh=(-60, -55, 0.35),
        free_ankle=(-60, -55, 0.70),
        chest=(-60, -75, 0.50),
    ),
    "single-leg-ball-curl": _body(
        sway_deg=0.6,
        lies=True,
        thigh=(80, 30, 0.30),
        ankle=(85, -62, 0.15),
        free_thigh=(140, 30, 0.35),
        free_ankle=(60, 30, 0.40),
    ),
    # Seated knee extension at the shank, straight-leg raise at the thigh.
    "generic": _body(
        sway_deg=0.4,
        lies=False,
        thigh=(85, 35, 0.30),
        ankle=(5, 65, 0.30),
    ),
}
