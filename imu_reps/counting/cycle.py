"""The rep cycle: rest -> out -> back, one state machine that leaps from exit to exit.

Each phase asks the rows still ahead for the first one at which one of its exits is true, and goes
there. Its limits stand in `limits.py`, each with its reason.
"""

from __future__ import annotations

import functools
from collections import deque

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane, first_true
from imu_reps.counting.gates import has_settled
from imu_reps.counting.ground import Pattern
from imu_reps.counting.limits import (
    AGAIN_PART,
    BREAK_S,
    FULL_PART,
    HOME_PART,
    LEAVE_DEG,
    LEAVE_PART,
    LONGEST_S,
    REST_MEAN_S,
    REST_S,
    SHORTEST_REP_S,
    SHORTEST_S,
    SLOW_TURN_TIMES,
    STILL_DEG,
    STILL_PART,
    TURN_PART,
    TURNED_PART,
    WAY_PART,
)
from imu_reps.counting.outcome import Attempt, Lost, Outcome, Phase
from imu_reps.counting.rest_pose import Rest, RestPose, again_deg, full_deg
from imu_reps.counting.search import SURE_PART, Gone
from imu_reps.counting.strokes import rested_s
from imu_reps.counting.track import LEAP_ROWS, Track
from imu_reps.motion.vectors import Pose, mean_direction, median_direction


class RepCycle:
    """The machine for one pattern; to be stepped while `row` is behind the end.

    It is measured from the `rest_pose`, if the pattern's is only one where somebody turned round.
    Rest may lie `below` the pattern's by such a part of the range.
    """

    def __init__(
        self, pattern: Pattern, rest_pose: RestPose | None = None, below: float = AGAIN_PART
    ) -> None:
        self.phase = Phase.REST
        self.plane = Plane(pattern.rest_up).towards(pattern.far_up)
        self.row = self.since = pattern.begin
        self._leave = self._left = self._far = self._valley = self._moved = pattern.begin
        self._rest_pose = rest_pose or RestPose(pattern.rest_up)
        self._below_part, self._home_up = below, pattern.home_up
        self._rest_seen: Rest | None = None
        self._back_since = pattern.begin
        self._peak_deg, self._lowest_deg = 0.0, np.inf
        self._peaks_deg: deque[float] = deque(maxlen=5)
        self._until = self._until_s = 0.0
        self._is_broken, self._break = False, 0
        self._learn(pattern.range_deg)

    def _learn(self, peak_deg: float) -> None:
        self._peaks_deg.append(peak_deg)
        self.range_deg = full_deg(self._peaks_deg)
        """The typical excursion of the attempts that were not partial."""

    @property
    def leave_deg(self) -> float:
        """What is more than this above rest is on its way out."""
        return max(LEAVE_DEG, LEAVE_PART * self.range_deg)

    @property
    def _is_full(self) -> bool:
        """Whether the attempt under way has gone as far as a rep."""
        return self._peak_deg >= FULL_PART * self.range_deg

    @property
    def unrested(self) -> RestPose | None:
        """The rest pose of the attempt that is under way, if it began without a rest before it."""
        return self._rest_pose if self.phase is Phase.OUT and self._rest_seen is None else None

    def rested_until(self, end: int) -> int:
        """The last row known at which the segment was at rest, where it sleeps until row `end`."""
        return max(self.row, end) - 1 if self.phase is Phase.REST else self._leave

    def sleeps(self, track: Track, gone: Gone) -> bool:
        """Whether there is no exit in the latest rows, as the segment has not gone so far."""
        return gone.ahead < self._until and track.at_s(track.end - 1) < self._until_s

    def sleep(self, track: Track, gone: Gone) -> None:
        """Sleep from the end of the track, where it is, until there may be an exit."""
        if self.phase is not Phase.BACK:
            here = track.pose(track.end - 1)
            self._until = gone.to(here) + SURE_PART * self._room(here)
            self._until_s = self._over_s(track)

    def _room(self, here: Pose) -> float:
        """How far, a chord, one may go from the pose `here` of the last row without an exit."""
        x = float(self.plane.excursion_deg(np.array([here]))[0])
        if self.phase is Phase.REST:
            floor = max(self._lowest_deg, -self._below_part * self.range_deg)
            change_deg = min(self.leave_deg - (x - floor), self.leave_deg / 2)
        else:
            stays_part = (1.0 - TURNED_PART) / (1.0 + TURNED_PART)
            change_deg = min(x - TURNED_PART * self._peak_deg, stays_part * x)
        return self.plane.room(here, change_deg)

    def step(self, track: Track, until: int) -> Outcome | None:
        """Leap to the next exit, or some rows on; what there is to tell of it."""
        if self._is_broken:
            return self._resume(track)
        over = track.row_at(self._over_s(track))
        if self.row >= over:
            return Lost(self.row)
        end = min(until, self.row + LEAP_ROWS, over)
        if self.phase is Phase.BACK:
            return self._back(track, end)
        if self.phase is Phase.REST:
            self._rest(track, end)
        else:
            self._out(track, end)
        return None

    def _over_s(self, track: Track) -> float:
        """When it is lost, unless there is an exit before."""
        if self.phase is Phase.REST:
            return track.at_s(self.since) + BREAK_S
        return track.at_s(self._leave) + LONGEST_S

    def finish(self, track: Track) -> Attempt | None:
        """The attempt that is under way when the data end."""
        if self.phase is Phase.REST or track.end == 0:
            return None
        return self._attempt(track, track.end - 1, cut=True)

    def interrupt(self, row: int) -> None:
        """Go on from this row, before which so much is missing that a rep may be."""
        self._is_broken, self._break, self.row, self._until = True, row, row, 0.0

    def _resume(self, track: Track) -> Attempt | None:
        """Go on by what is sure: who was far out and is near rest has come back, who was near rest
        and is far out has gone there. Else the attempt under way is given up.
        """
        self._is_broken, row, attempt = False, self.row, None
        was_deg, is_deg = self.plane.excursion_deg(track.up(row - 1, row + 1)).tolist()
        far_deg, near_deg = FULL_PART * self.range_deg, AGAIN_PART * self._peak_deg
        if self.phase is Phase.BACK and self._lowest_deg < near_deg:
            attempt = self._over(track, row - 1)
        elif self.phase is not Phase.REST and self._peak_deg >= far_deg and is_deg < near_deg:
            attempt = self._over(track, row)
        self._lowest_deg = np.inf
        self._go(Phase.REST, row)
        if is_deg >= far_deg and (attempt or was_deg < AGAIN_PART * self.range_deg):
            self._left = row - 1
            self._begin(row)
        return attempt

    def _go(self, phase: Phase, row: int) -> None:
        self.phase, self.row, self.since, self._until = phase, row, row, 0.0

    def _rest(self, track: Track, end: int) -> None:
        x = self.plane.excursion_deg(track.up(self.row, end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        # Below rest there is no rest: coming back from there is not yet the way out.
        floor = np.maximum(lowest, -self._below_part * self.range_deg)
        i = first_true(x - floor > self.leave_deg)
        if i is None:
            self._lowest_deg = float(lowest[-1])
            self.row = end
        else:
            self._set_out(track, self.row + i, float(floor[i]))

    def _set_out(self, track: Track, row: int, floor_deg: float) -> None:
        start = max(self.since, track.row_at(track.at_s(row) - LONGEST_S))
        x = self.plane.excursion_deg(track.up(start, row + 1)) - floor_deg
        below = np.flatnonzero(x[:-1] <= 0.3 * self.leave_deg)
        self._left = start + (int(below[-1]) if len(below) else 0)
        self._rested(track, row)
        self._begin(row)

    def _rested(self, track: Track, row: int) -> None:
        """Take the rest pose anew: this one for counting, what is made of it for measuring later.

        Who only turns round slowly has not rested: touch-and-go is measured from the last rest.
        """
        self._rest_seen = None
        lasts_s = track.at_s(row) - track.at_s(self.since)
        if lasts_s < REST_S:
            return
        back_s = track.at_s(self.since) - track.at_s(self._back_since)
        first_s = max(track.at_s(self.since) + back_s, track.at_s(row) - REST_MEAN_S)
        first = min(track.row_at(first_s), self._left)
        seen_up = median_direction(track.up(first, self._left + 1))
        # After the first attempt its own rest tells where home is.
        self._home_up = self._home_up if len(self._peaks_deg) == 1 else None
        self.plane = self.plane.moved(seen_up)
        has_rested = lasts_s > REST_S + SLOW_TURN_TIMES * back_s
        if (
            has_rested
            or self._rest_pose.is_elsewhere(seen_up, self.range_deg)
            or self._rest_pose.is_likelier(seen_up)
        ):
            seen_s = track.at_s(self._left) - track.at_s(first)
            self._rest_seen = Rest(seen_up, seen_s, self._far)

    def _rested_since_s(self, track: Track, far: int) -> float:
        """How long was rested between the far end in row `far` and the last one."""
        x = self.plane.excursion_deg(track.up(far, self._far + 1))
        return rested_s(track.time_s(far, self._far + 1), x)

    def _begin(self, row: int) -> None:
        self._peak_deg, self._far, self._leave = 0.0, row, row
        self._go(Phase.OUT, row)

    def _out(self, track: Track, end: int) -> None:
        """Out and far: until it turns."""
        x = self.plane.excursion_deg(track.up(self.row, end))
        peaks = np.maximum.accumulate(np.maximum(x, self._peak_deg))
        i = first_true(x < TURNED_PART * peaks)
        reached = x[: len(x) if i is None else i + 1]
        if reached.max() > self._peak_deg:
            self._far = self.row + int(np.argmax(reached))
            self._peak_deg = float(reached.max())
        if i is None:
            self.row = end
            return
        self._valley = self._back_since = self._moved = self.row + i
        self._lowest_deg = np.inf
        self._go(Phase.BACK, self.row + i)

    def _back(self, track: Track, end: int) -> Outcome | None:
        x = self.plane.excursion_deg(track.up(self.row, end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        home_up = self._home_up if self._is_full else None
        low = lowest < again_deg(self.plane, self._peak_deg, home_up)
        home = x < HOME_PART * self._peak_deg
        turned = low & (x - lowest > TURN_PART * self._peak_deg)
        still_deg = max(STILL_DEG, STILL_PART * max(self._peak_deg, self.range_deg))
        stopped = low & (track.spread_deg(self.row, end) < still_deg)
        again = ~low & (x > TURNED_PART * self._peak_deg)
        # Who stays where no rest was has come back, and the strap has slipped.
        self._moved, settled = has_settled(track, self.row, end, self._moved, still_deg)
        slipped = ~low & settled & (x < FULL_PART * self._peak_deg)
        i = first_true(home | turned | stopped | again | slipped)
        self._sink(x, lowest, len(x) if i is None else i + 1)
        if i is None:
            self.row = end
            return None
        row = self.row + i
        if again[i]:
            self._go(Phase.OUT, row)
            return None
        attempt = self._over(track, row)
        if turned[i] and not home[i]:
            self._left = self._valley
            self._begin(row)
            return attempt
        if not home[i]:
            self._lowest_deg = np.inf
        self._go(Phase.REST, row)
        return attempt

    def _sink(self, x: Floats, lowest: Floats, rows: int) -> None:
        """Remember the deepest valley of the way back."""
        if lowest[rows - 1] < self._lowest_deg:
            self._valley = self.row + int(np.argmin(x[:rows]))
            self._lowest_deg = float(lowest[rows - 1])

    def _over(self, track: Track, row: int) -> Attempt | None:
        least_s = SHORTEST_REP_S if self._is_full else SHORTEST_S
        if track.at_s(row) - track.at_s(self._left) < least_s:
            return None
        self._learn(self._peak_deg)
        if self._peak_deg >= max(WAY_PART * self.range_deg, 2 * LEAVE_DEG):
            self.plane = Plane(self.plane.rest_up).towards(self._far_up(track, row))
        return self._attempt(track, row)

    def _attempt(self, track: Track, row: int, *, cut: bool = False) -> Attempt:
        far_up, moved_deg = self._far_up(track, row), 0.0
        if self._rest_seen is not None:
            rest, self._rest_seen = self._rest_seen, None
            rested_since_s = functools.partial(self._rested_since_s, track, rest.far)
            moved_deg = self._rest_pose.take(rest, far_up, self.range_deg, rested_since_s)
        plane, peak_deg = self._rest_pose.measure(track.up(self._left, self._left + 1)[0], far_up)
        rows, unseen = (self._left, self._leave, self._far, row), self._left < self._break <= row
        return Attempt(*rows, plane, peak_deg, cut, unseen, moved_deg)

    def _far_up(self, track: Track, row: int) -> Floats:
        # Over a gap it may be home, in `row`, right after: no other may have come by then.
        end = max(min(self._far + 3, row), self._far + 1)
        first, gap = max(self._far - 2, self._left), self._break
        first, end = (first, min(end, gap)) if self._far < gap else (max(first, gap), end)
        return mean_direction(track.up(first, end))
