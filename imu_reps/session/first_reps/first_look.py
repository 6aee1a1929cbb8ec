"""What the first reps of a set show of the movement, beside their count.

Their rhythm, range and sway are in the reps themselves. Where the wearer has walked before, it is
known which way of the sensor is up, and so how the segment lies at rest and at the far end. And
what the sensor feels in turning tells where from the axis it sits: along the segment, mostly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from imu_reps.core.events import Rep
from imu_reps.core.samples import Floats, Samples
from imu_reps.core.samples import joined as joined_samples
from imu_reps.counting.limits import LOOK_BACK_S
from imu_reps.counting.track import KEPT_S
from imu_reps.motion.glitches import without_glitches
from imu_reps.motion.lean import Leans
from imu_reps.motion.poses import Poses
from imu_reps.motion.poses import joined as joined_poses
from imu_reps.motion.reach import from_axis_m
from imu_reps.motion.strap import Slip, fastened
from imu_reps.motion.upright import Upright
from imu_reps.motion.vectors import between_deg, mean_direction, unit_vector
from imu_reps.session.first_reps.recent import Recent

REST_S, ROLL_S = 0.5, 0.2
"""The rest pose is seen for so long, until so long before a rep has come to 10 % of its way."""

AROUND_S = 1.0
"""Sway around the reps shows the axis as well as they do."""

SLOW_PART, SEEN_PART = 0.087, 0.667
"""Of a minimum-jerk stroke: what counts to the hold, and what is left of it for out or back."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A set's first reps, n of them: seconds, degrees, one of each a rep.

    `pauses_s` (n - 1): between them, by the definition of a hold. `leans`: how the segment lies;
    `axis_leans`: how the way from the axis to the sensor does; `reach_m`: how long that way is.
    None where it cannot be told.
    """

    out_s: Sequence[float]
    hold_s: Sequence[float]
    back_s: Sequence[float]
    pauses_s: Sequence[float]
    rom_deg: Sequence[float]
    wobble_deg: Sequence[float]
    leans: Leans | None = None
    axis_leans: Leans | None = None
    reach_m: float | None = None

    def other_way_round(self) -> Look | None:
        """The same motion, had the set been read from its far end; None after a single rep."""
        if not self.pauses_s:
            return None
        return replace(
            self,
            out_s=self.back_s,
            hold_s=self.pauses_s,
            back_s=self.out_s,
            pauses_s=self.hold_s,
            leans=self.leans and self.leans[::-1],
            axis_leans=self.axis_leans and self.axis_leans[::-1],
        )


def look_at(reps: Sequence[Rep]) -> Look:
    """What these reps, one at least, tell by themselves."""
    strokes_s = sum(one.out_s + one.back_s for one in reps) / len(reps)
    # A rep begins and ends at 10 % of its way, a hold at 10 % of its speed.
    slow_s = (1.0 - SEEN_PART - 2 * SLOW_PART) / SEEN_PART * strokes_s
    return Look(
        out_s=[one.out_s for one in reps],
        hold_s=[one.hold_s for one in reps],
        back_s=[one.back_s for one in reps],
        pauses_s=[max(b.start_s - a.end_s - slow_s, 0.0) for a, b in pairwise(reps)],
        rom_deg=[one.rom_deg for one in reps],
        wobble_deg=[one.wobble_deg for one in reps],
    )


class Watch:
    """Remembers the last samples and poses, for a look at the reps that are counted in them."""

    def __init__(self) -> None:
        self._samples = Recent(joined_samples)
        self._poses = Recent(joined_poses)
        self._upright = Upright()
        self._slips: list[Slip] = []

    def update(self, samples: Samples) -> None:
        """Take in a run of samples, before the reps in it are looked at."""
        self._samples.append(samples)

    def see(self, item: Poses | Slip) -> None:
        """Take in the poses that were tracked from samples, and the slips taken out of them."""
        if isinstance(item, Slip):
            self._slips.append(item)
        elif len(item):
            self._poses.append(item)
            self._upright.update(item)

    def forget(self) -> None:
        """Forget what is older than the first reps of a set that is still to be told."""
        last_s = self._samples.last_s
        if last_s is None:
            return
        self._samples.forget(last_s - KEPT_S)
        self._poses.forget(last_s - KEPT_S)
        self._upright.forget(last_s - KEPT_S)
        older = sum(slip.time_s < last_s - KEPT_S for slip in self._slips)
        del self._slips[: max(older - 1, 0)]

    def look(self, reps: Sequence[Rep]) -> Look:
        """What these reps, one at least, show."""
        seen = look_at(reps)
        # Those that counting looks back to are told while they are kept, however samples are cut.
        if reps[-1].end_s - reps[0].start_s > LOOK_BACK_S:
            return seen
        samples, poses = self._samples.whole(), self._poses.whole()
        if samples is None or poses is None or poses.time_s[0] > reps[0].start_s:
            return seen
        first_s = max(reps[0].start_s - AROUND_S, float(poses.time_s[0]))
        row, end = samples.time_s.searchsorted([first_s, reps[-1].end_s])
        felt = without_glitches(samples[max(row - 1, 0) : end + 1])
        way_m = from_axis_m(fastened(felt, self._slips), poses, first_s, reps[-1].end_s)
        upright = self._upright.before(reps[0].start_s)
        ends = _ends(poses, reps)
        if ends is None:
            return seen
        return replace(
            seen,
            leans=None if upright is None else _leans(ends, upright),
            axis_leans=None if way_m is None else _leans(ends, unit_vector(way_m)),
            reach_m=None if way_m is None else float(np.linalg.norm(way_m)),
        )


def _leans(ends: tuple[Floats, Floats], way: Floats) -> Leans:
    rest_up, far_up = ends
    return between_deg(rest_up, way), between_deg(far_up, way)


def _ends(poses: Poses, reps: Sequence[Rep]) -> tuple[Floats, Floats] | None:
    """The mean poses (3,) at the rest end and at the far end of these reps."""
    ends = []
    for rep in reps:
        rest_end_s, far_s = rep.start_s - ROLL_S, rep.start_s + rep.out_s + rep.hold_s / 2
        first, last, far = np.searchsorted(poses.time_s, [rest_end_s - REST_S, rest_end_s, far_s])
        if first < last and far < len(poses):
            ends.append((mean_direction(poses.up[first:last]), poses.up[far]))
    if not ends:
        return None
    rests, fars = zip(*ends, strict=True)
    return mean_direction(np.stack(rests)), mean_direction(np.stack(fars))
