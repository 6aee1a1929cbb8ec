"""From which pose is an attempt measured? The mean of the rests so far, until the strap slips.

Who lies or stands at rest sways, so that many rests tell the pose better than one. And who turns
round early in touch-and-go has not been at rest, however slowly he does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import AGAIN_PART, FULL_PART, NEAR_PART, REST_MEAN_S, REST_S, part
from imu_reps.counting.mount_check import SLIP_DEG
from imu_reps.motion.vectors import between_deg, median, unit_vector

SLIP_ASIDE_PART = 0.4
"""Of how far a rest pose has moved: a strap slips round the limb, who stops early is on the way."""


MOST_HOME_PART = 0.5
"""Of the peak: home is taken to be no farther above rest than half-way."""


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """The pose (3,) of a rest before an attempt, for how long it was seen, and the row of the last
    far end before it.
    """

    up: Floats
    lasts_s: float
    far: int


class RestPose:
    """The rest pose (3,) that attempts are measured from, and how far they go from it."""

    def __init__(self, up: Floats) -> None:
        self._up = up
        self._lasts_s = REST_S
        self._peaks_deg: deque[float] = deque(maxlen=5)
        self._last_far_up: Floats | None = None
        self._lifts_deg: deque[float] = deque(maxlen=3)
        """From how far above rest the last attempts left."""

    def is_elsewhere(self, up: Floats, range_deg: float) -> bool:
        """Whether the pose `up` (3,) is too far away to be this one in reps of such a range."""
        return between_deg(up, self._up) > NEAR_PART * range_deg

    def is_likelier(self, up: Floats) -> bool:
        """Whether the strap may have slipped to the pose `up` (3,): it is as far away, and from
        there rather than from here the last attempt went as far as others.
        """
        far_up = self._last_far_up
        is_away = between_deg(up, self._up) > SLIP_DEG
        return far_up is not None and is_away and self._is_usual(up, far_up)

    def take(
        self, rest: Rest, far_up: Floats, range_deg: float, rested_s: Callable[[], float]
    ) -> float:
        """Take a new rest into account, before an attempt to `far_up` (3,); how far it has jumped.

        A strap that slips takes both ends along, or jumps aside; who does not go all the way back
        moves one end only. In between is asked how long, `rested_s`, was really rested.
        """
        off_deg, is_elsewhere = (
            between_deg(rest.up, self._up),
            self.is_elsewhere(rest.up, range_deg),
        )
        if off_deg <= SLIP_DEG and not is_elsewhere:
            self._up = unit_vector(self._lasts_s * self._up + rest.lasts_s * rest.up)
            self._lasts_s = min(self._lasts_s + rest.lasts_s, REST_MEAN_S)
            return 0.0
        paused_s = rested_s()
        has_slipped = (
            is_elsewhere
            or self._is_usual(rest.up, far_up)
            or self._is_aside(rest.up, far_up, off_deg)
            or paused_s > REST_S
        )
        if not has_slipped:
            return 0.0
        # Who only turned round has done so as far above rest as before the slip.
        lift_deg = max(median(self._lifts_deg), 0.0) if self._lifts_deg and paused_s < 0.0 else 0.0
        up = Plane(rest.up).towards(far_up).pose(-lift_deg)
        moved_deg = between_deg(up, self._up)
        self._up, self._lasts_s = up, REST_S
        return moved_deg

    def measure(self, left_up: Floats, far_up: Floats) -> tuple[Plane, float]:
        """The plane of an attempt that left from the pose `left_up` (3,) and went to `far_up` (3,),
        and how far it goes in it.
        """
        self._last_far_up = far_up
        plane, peak_deg = Plane(self._up).towards(far_up), between_deg(self._up, far_up)
        self._lifts_deg.append(float(plane.excursion_deg(left_up[None])[0]))
        self._peaks_deg.append(peak_deg)
        return plane, peak_deg

    def _is_usual(self, rest_up: Floats, far_up: Floats) -> bool:
        """Whether an attempt goes as far as others rather from this rest than from the last one;
        or farther than from that, as nobody does who has only stopped early.
        """
        if not self._peaks_deg:
            return True
        usual_deg = full_deg(self._peaks_deg)
        new_deg, old_deg = between_deg(rest_up, far_up), between_deg(self._up, far_up)
        return new_deg > old_deg or part(new_deg, usual_deg) > part(old_deg, usual_deg)

    def _is_aside(self, rest_up: Floats, far_up: Floats, off_deg: float) -> bool:
        """Whether a rest is aside of the way that the attempt goes from the last one."""
        aside_deg = abs(float(Plane(self._up).towards(far_up).across_deg(rest_up[None])[0]))
        return aside_deg > SLIP_ASIDE_PART * off_deg


def again_deg(plane: Plane, peak_deg: float, home_up: Floats | None) -> float:
    """How far from rest turning round or stopping ends an attempt that went to `peak_deg`.

    Who lay down before a set, or stood, does not go all the way back there between its reps, but to
    the pose `home_up` (3,), if that is known: then this is a part of the way from there.
    """
    home_deg = 0.0
    if home_up is not None:
        home_deg = float(plane.excursion_deg(home_up[None])[0])
        home_deg = min(max(home_deg, 0.0), MOST_HOME_PART * peak_deg)
    return home_deg + AGAIN_PART * (peak_deg - home_deg)


def full_deg(peaks_deg: Collection[float]) -> float:
    """How far attempts with these peaks go that are not partial."""
    largest_deg = max(peaks_deg)
    return median(deg for deg in peaks_deg if deg >= FULL_PART * largest_deg)
