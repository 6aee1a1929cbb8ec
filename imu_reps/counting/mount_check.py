"""Can this strap see this movement, and is it this one at all? Said before the set, and checked
against the first attempts.
"""

from __future__ import annotations

from imu_reps.core.events import Warn
from imu_reps.core.movement import Movement
from imu_reps.core.words import Mount, Sight

SEEN_DEG = 6.0
"""Less than this no mount is trusted with (domain: BLIND)."""

SLIP_DEG = 8.0
"""A rest pose that jumps by more within a set is a slipped strap (domain)."""

SWAY_TIMES = 3.0
"""An excursion must stand out of the sway at rest by so much (domain)."""


def blind(movement: Movement, mount: Mount) -> Warn | None:
    """The warning for a mount that cannot see the movement, with one that can."""
    view = movement.view(mount)
    if view.sight is not Sight.BLIND:
        return None
    why = f" ({view.note})" if view.note else ""
    return Warn(
        "blind_mount",
        f"a strap on the {mount} cannot see the {movement.name}{why}, so nothing is counted: "
        f"{_wear(movement)}",
    )


def unclear(movement: Movement, mount: Mount, range_deg: float) -> Warn:
    """The warning for attempts that do not stand out of the sway."""
    return Warn(
        "no_clear_excursion",
        f"the strap on the {mount} turns by only {range_deg:.0f}° or hardly more than it sways, "
        f"too little to count: {_larger(movement, mount)}",
    )


def too_large(movement: Movement, mount: Mount, range_deg: float) -> Warn:
    """The warning for reps that go farther than the mount ever turns in the movement."""
    high_deg = movement.view(mount).most_deg
    return Warn(
        "no_such_excursion",
        f"something regular turns the strap by {range_deg:.0f}°, far more than a strap on the "
        f"{mount} turns in the {movement.name} ({high_deg:.0f}° at most), so it is not counted: "
        "check --movement, and --mount against where the strap is",
    )


def too_quick(movement: Movement, period_s: float, least_s: float) -> Warn:
    """The warning for going to and fro more quickly than anybody trains."""
    return Warn(
        "too_quick",
        f"something regular goes to and fro every {period_s:.1f} s: that may be steps, so it is "
        f"not counted. Reps of the {movement.name} are from {least_s:.1f} s on: go slower, or "
        "check --movement",
    )


def too_brisk(movement: Movement, strokes_s: float, least_s: float) -> Warn:
    """The warning for strokes that are more quickly over than anybody trains."""
    return Warn(
        "too_quick",
        f"something regular goes out and back in {strokes_s:.1f} s, holds aside: that may be "
        f"sitting down or steps, so it is not counted. Strokes of the {movement.name} take "
        f"{least_s:.1f} s and more: go slower, or check --movement",
    )


def slipped(moved_deg: float) -> Warn:
    """The warning for a strap that slips within a set, or a rest pose that jumps as if it did."""
    return Warn(
        "strap_slipped",
        f"the strap seems to have slipped by {moved_deg:.0f}°: the set goes on from where it is "
        "now, fasten it before the next one",
    )


def _larger(movement: Movement, mount: Mount) -> str:
    """What makes the excursion larger: going further, where the strap is well placed already."""
    if mount not in movement.wear:
        return _wear(movement)
    others = [other.value for other in movement.wear if other is not mount]
    return " or ".join(["go further", *(f"wear it on the {other}" for other in others)])


def _wear(movement: Movement) -> str:
    return "wear it on the " + " or ".join(mount.value for mount in movement.wear)
