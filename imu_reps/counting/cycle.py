"""The rep cycle: rest -> out -> far -> back, one state machine that leaps from exit to exit.

Each phase asks the rows still ahead for the first one at which one of its exits is true, and goes
there. Its limits stand in `limits.py`, each with its reason.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import (
    AGAIN_PART,
    ASTRAY_TIMES,
    DWELL_S,
    FULL_PART,
    HOME_PART,
    LEAVE_DEG,
    LEAVE_PART,
    LONGEST_S,
    REST_MEAN_S,
    REST_S,
    SHORTEST_S,
    STILL_DEG,
    STILL_PART,
    TURN_PART,
    TURNED_PART,
    WAY_PART,
)
from imu_reps.counting.outcome import Attempt, Dwell, Lost, Outcome, Phase
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import angles_deg, mean_direction

Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]


class RepCycle:
    """The machine for one rest pose; to be stepped while `row` is behind the track's end."""

    def __init__(self, rest_up: Floats, row: int) -> None:
        self.phase = Phase.REST
        self.plane = Plane(rest_up)
        self.row = row
        self.since = row
        self._leave = row
        self._left = row
        self._far = row
        self._peak_deg = 0.0
        self._valley = row
        self._lowest_deg = np.inf
        self._peaks_deg: deque[float] = deque(maxlen=5)
        self._dwelt = False
        self._moved = row
        self._told = row
        self._dwell = row
        self._dwell_deg = np.inf
        self._level_deg = 0.0

    @property
    def range_deg(self) -> float:
        """The typical excursion of the attempts that were not partial; 0 before the first."""
        full = [deg for deg in self._peaks_deg if deg >= FULL_PART * max(self._peaks_deg)]
        return float(np.median(full)) if full else 0.0

    @property
    def _proven(self) -> bool:
        """Whether two attempts have shown the way, so that one chance turn cannot be it."""
        return sum(deg >= FULL_PART * self.range_deg for deg in self._peaks_deg) > 1

    @property
    def leave_deg(self) -> float:
        """What is more than this above rest is on its way out."""
        return max(LEAVE_DEG, LEAVE_PART * self.range_deg)

    @property
    def rested_until(self) -> int:
        """The last row known at which the segment was at rest."""
        return self.row - 1 if self.phase is Phase.REST else self._leave

    def step(self, track: Track) -> Outcome | None:
        """Leap to the next exit, or to the end of the track; what there is to tell of it."""
        if self.phase is Phase.REST:
            self._rest(track)
            return None
        late = track.row_at(track.at_s(self._leave) + LONGEST_S)
        if self.row >= late:
            return Lost(self.row)
        if self.phase is Phase.BACK:
            return self._back(track, late)
        return self._out(track, late)

    def finish(self, track: Track) -> Attempt | None:
        """The attempt that is under way when the data end."""
        if self.phase is Phase.REST or track.end == 0:
            return None
        return self._attempt(track, track.end - 1, cut=True)

    def interrupt(self, row: int) -> None:
        """Give up the attempt that is under way: data are missing before this row."""
        self._lowest_deg = np.inf
        self._go(Phase.REST, row)

    def settle(self, rest_up: Floats, row: int) -> None:
        """Rest anew in this pose from this row on."""
        self.plane = self.plane.moved(rest_up)
        self._lowest_deg = np.inf
        self._go(Phase.REST, row)

    def _excursion_deg(self, up: Floats) -> Floats:
        return self.plane.excursion_deg(up) if self._proven else self.plane.guess_deg(up)

    def _still_deg(self, peaks_deg: Floats) -> Floats:
        """How much a limb turns that stands still: one that goes far sways far."""
        return np.maximum(STILL_DEG, STILL_PART * np.maximum(peaks_deg, self.range_deg))

    def _go(self, phase: Phase, row: int) -> None:
        self.phase, self.row, self.since = phase, row, row

    def _rest(self, track: Track) -> None:
        x = self._excursion_deg(track.up(self.row, track.end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        # Below rest there is no rest: coming back from there is not yet the way out.
        floor = np.maximum(lowest, -AGAIN_PART * (self.range_deg or np.inf))
        leaves = x - floor > self.leave_deg
        away_deg = angles_deg(track.up(self.row, track.end), self.plane.rest_up)
        astray = away_deg > ASTRAY_TIMES * max(self.range_deg, 2 * LEAVE_DEG)
        i = _first(leaves | astray)
        if i is None:
            self._lowest_deg = float(lowest[-1])
            self.row = track.end
        elif leaves[i]:
            self._set_out(track, self.row + i, float(floor[i]))
        else:
            self.plane = Plane(self.plane.rest_up)
            self._peaks_deg.clear()
            self._set_out(track, self.row + i, 0.0)

    def _set_out(self, track: Track, row: int, floor_deg: float) -> None:
        start = max(self.since, track.row_at(track.at_s(row) - LONGEST_S))
        x = self._excursion_deg(track.up(start, row + 1)) - floor_deg
        below = np.flatnonzero(x[:-1] <= 0.3 * self.leave_deg)
        self._left = start + (int(below[-1]) if len(below) else 0)
        resting = start + np.flatnonzero(x <= max(2 * STILL_DEG, STILL_PART * self.range_deg))
        if len(resting) and track.at_s(resting[-1]) - track.at_s(resting[0]) >= REST_S:
            first = max(start, track.row_at(track.at_s(self._left) - REST_MEAN_S))
            self.plane = self.plane.moved(mean_direction(track.up(first, self._left + 1)))
        self._begin(row)

    def _begin(self, row: int) -> None:
        self._peak_deg, self._far, self._leave = 0.0, row, row
        self._moved = self._told = row
        self._dwell_deg = np.inf
        self._go(Phase.OUT, row)

    def _out(self, track: Track, late: int) -> Outcome | None:
        """Out and far: growing until it turns; far is where it stands still."""
        end = min(late, track.end)
        x = self._excursion_deg(track.up(self.row, end))
        peaks = np.maximum.accumulate(np.maximum(x, self._peak_deg))
        still = track.spread_deg(self.row, end) < self._still_deg(peaks)
        moved, dwells = self._dwells(track, still)
        level_deg = _held(x, dwells, self._dwell_deg)
        far = self.phase is Phase.FAR
        turned = x < TURNED_PART * peaks
        outgrown = x > level_deg / AGAIN_PART
        dwelt = dwells & (moved > self._told)
        steps = x > (1.0 + TURN_PART) * self._level_deg if far else still
        i = _first(turned | outgrown | dwelt | steps)
        last = len(x) - 1 if i is None else i
        self._grow(x[: last + 1])
        self._moved, self._dwell_deg = int(moved[last]), float(level_deg[last])
        if dwells[: last + 1].any():
            self._dwell = self.row + int(np.flatnonzero(dwells[: last + 1])[-1])
        if i is None:
            self.row = end
            return None
        row = self.row + i
        if turned[i]:
            self._turn(row)
        elif outgrown[i]:
            self._rested_on_the_way(track, row)
        elif dwelt[i]:
            self._told = self.row = row
            return Dwell(row, None)
        else:
            self._level_deg = float(x[i])
            self._go(Phase.OUT if far else Phase.FAR, row)
        return None

    def _dwells(self, track: Track, still: Bools) -> tuple[Integers, Bools]:
        """For each row the last one that was not still, and whether that is a while ago."""
        rows = np.arange(self.row, self.row + len(still))
        moved: Integers = np.maximum.accumulate(np.where(still, self._moved, rows))
        first = int(moved[0])
        time_s = track.time_s(first, self.row + len(still))
        return moved, still & (time_s[rows - first] - time_s[moved - first] >= DWELL_S)

    def _rested_on_the_way(self, track: Track, row: int) -> None:
        """Begin the attempt anew where it had dwelt: so far below the peak that was the rest."""
        self.plane = self.plane.moved(track.mean_up(self._dwell, self._dwell + 1)[0])
        self.since = self._dwell
        self._set_out(track, row, 0.0)

    def _grow(self, x: Floats) -> None:
        if len(x) and x.max() > self._peak_deg:
            self._far = self.row + int(np.argmax(x))
            self._peak_deg = float(x.max())

    def _turn(self, row: int) -> None:
        self._valley, self._lowest_deg, self._dwelt = row, np.inf, False
        self._go(Phase.BACK, row)

    def _back(self, track: Track, late: int) -> Outcome | None:
        end = min(late, track.end)
        x = self._excursion_deg(track.up(self.row, end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        low = lowest < AGAIN_PART * self._peak_deg
        home = x < HOME_PART * self._peak_deg
        turned = low & (x - lowest > TURN_PART * self._peak_deg)
        still = track.spread_deg(self.row, end) < self._still_deg(np.array([self._peak_deg]))
        stopped = low & still
        again = ~low & (x > TURNED_PART * self._peak_deg)
        dwelt = ~low & still & (not self._dwelt)
        i = _first(home | turned | stopped | again | dwelt)
        self._sink(x, lowest, len(x) if i is None else i + 1)
        if i is None:
            self.row = end
            return None
        row = self.row + i
        if again[i]:
            self._go(Phase.OUT, row)
            return None
        if dwelt[i]:
            self._dwelt, self.row = True, row
            came_back = x[i] <= FULL_PART * self._peak_deg
            return Dwell(row, self._attempt(track, row) if came_back else None)
        attempt = self._over(track, row)
        if home[i]:
            self._go(Phase.REST, row)
        elif turned[i]:
            self._left = self._valley
            self._begin(row)
        else:
            self._lowest_deg = np.inf
            self._go(Phase.REST, row)
        return attempt

    def _sink(self, x: Floats, lowest: Floats, rows: int) -> None:
        """Remember the deepest valley of the way back."""
        if lowest[rows - 1] < self._lowest_deg:
            self._valley = self.row + int(np.argmin(x[:rows]))
            self._lowest_deg = float(lowest[rows - 1])

    def _over(self, track: Track, row: int) -> Attempt | None:
        if track.at_s(row) - track.at_s(self._left) < SHORTEST_S:
            return None
        self._peaks_deg.append(self._peak_deg)
        attempt = self._attempt(track, row)
        if self._peak_deg >= max(WAY_PART * self.range_deg, 2 * LEAVE_DEG):
            self.plane = attempt.plane
        return attempt

    def _attempt(self, track: Track, row: int, *, cut: bool = False) -> Attempt:
        around = track.up(max(self._far - 2, self._left), self._far + 3)
        plane = Plane(self.plane.rest_up).towards(mean_direction(around))
        return Attempt(self._left, self._leave, self._far, row, plane, self._peak_deg, cut)


def _held(values: Floats, known: Bools, before: float) -> Floats:
    """For each row the last known value; `before` where there is none yet."""
    last = np.maximum.accumulate(np.where(known, np.arange(len(values)), -1))
    held: Floats = np.where(last >= 0, values[last], before)
    return held


def _first(true: Bools) -> int | None:
    i = int(np.argmax(true)) if len(true) else 0
    return i if len(true) and true[i] else None
