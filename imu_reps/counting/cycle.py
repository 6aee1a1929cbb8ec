"""The rep cycle: rest -> out -> far -> back, one state machine that leaps from exit to exit.

Each phase asks the rows still ahead for the first one at which one of its exits is true, and goes
there. All its limits are parts of the attempt's own excursion or of the set's range, so that a
strap that sees 8 degrees and one that sees 80 are served by the same machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.counting.excursion import Plane, mean_direction
from imu_reps.counting.track import Track
from imu_reps.motion.vectors import angles_deg

LEAVE_DEG = 3.0
"""An excursion that may be an attempt: half of the least that any strap position is trusted with."""

LEAVE_PART = 0.2
"""Of the set's range: less than this is no attempt (contract)."""

TURNED_PART = 0.75
"""Of the peak: below it the way back has begun; the far quarter is where a hold may wobble."""

HOME_PART = 0.15
"""Of the peak: below it the segment is home; the rep's end is at 10 %."""

AGAIN_PART = 0.4
"""Of the peak: turning round or stopping below it ends a rep, above it is a hesitation."""

TURN_PART = 0.15
"""Of the peak: rising by so much is a turn, not a wobble."""

WAY_PART = 0.5
"""Of the largest excursion so far: only such an attempt shows which way the movement goes."""

STILL_DEG = 0.5
"""RMS turn over `motion.tracker.STILL_S` of a limb that lies or hangs still (lying: 0.3-1)."""

LONGEST_S = 20.0
"""No rep lasts longer (domain: 1-20 s)."""

REST_MEAN_S = 1.5
"""The rest pose is the mean over so long before an attempt: a period or more of most sway."""


class Phase(StrEnum):
    """Where in the rep the segment is."""

    REST = "rest"
    OUT = "out"
    FAR = "far"
    BACK = "back"


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """One way out and back, by rows of the track, and the plane it went in.

    `left` is the last row of the rest before, `far` the row of the peak, `home` the row at which
    the machine knew that it was over. `cut` marks an attempt that the data ended.
    """

    left: int
    far: int
    home: int
    plane: Plane
    peak_deg: float
    cut: bool = False


class RepCycle:
    """The machine for one rest pose. `range_deg` is set from outside as the set becomes known."""

    def __init__(self, rest_up: Floats, row: int) -> None:
        self.phase = Phase.REST
        self.plane = Plane(rest_up)
        self.range_deg: float | None = None
        self.row = row
        self.since = row
        self._lowest_deg = np.inf
        self._left = row
        self._far = row
        self._peak_deg = 0.0
        self._valley = row
        self._known_deg = 0.0

    def update(self, track: Track) -> list[Attempt]:
        """The attempts that end in the rows which the track has got."""
        done: list[Attempt] = []
        while self.row < track.end:
            step = {Phase.REST: self._rest, Phase.OUT: self._out, Phase.BACK: self._back}[self.phase]
            attempt = step(track)
            if attempt is not None:
                done.append(attempt)
        return done

    @property
    def leave_deg(self) -> float:
        """What is more than this above rest is on its way out."""
        return max(LEAVE_DEG, LEAVE_PART * (self.range_deg or 0.0))

    def _go(self, phase: Phase, row: int) -> None:
        self.phase, self.row, self.since = phase, row, row

    def settle(self, rest_up: Floats, row: int) -> None:
        """Rest anew in this pose from this row on."""
        self.plane = self.plane.moved(rest_up)
        self._lowest_deg = np.inf
        self._valley = row
        self._go(Phase.REST, row)

    def _rest(self, track: Track) -> None:
        x = self.plane.excursion_deg(track.up(self.row, track.end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        # Below rest there is no rest: coming back from there is not yet the way out.
        floor = np.maximum(lowest, -AGAIN_PART * (self.range_deg or np.inf))
        i = _first(x - floor > self.leave_deg)
        if i is None:
            self._lowest_deg = float(lowest[-1])
            self.row = track.end
            return
        self._leave(track, self.row + i, float(floor[i]))

    def _leave(self, track: Track, row: int, floor_deg: float) -> None:
        start = max(self.since, track.begin)
        x = self.plane.excursion_deg(track.up(start, row + 1)) - floor_deg
        below = np.flatnonzero(x[:-1] <= 0.3 * self.leave_deg)
        self._left = start + (int(below[-1]) if len(below) else 0)
        begin_s = track.at_s(self._left) - REST_MEAN_S
        first = start + int(np.searchsorted(track.time_s(start, self._left), begin_s))
        self.plane = self.plane.moved(mean_direction(track.up(first, self._left + 1)))
        self._peak_deg, self._far = 0.0, row
        self._go(Phase.OUT, row)

    def _out(self, track: Track) -> None:
        x = self.plane.excursion_deg(track.up(self.row, track.end))
        peaks = np.maximum.accumulate(np.maximum(x, self._peak_deg))
        turned = _first(x < TURNED_PART * peaks)
        seen = slice(0, len(x) if turned is None else turned + 1)
        if len(x[seen]) and x[seen].max() > self._peak_deg:
            self._far = self.row + int(np.argmax(x[seen]))
            self._peak_deg = float(x[seen].max())
        if turned is None:
            self.row = track.end
            return
        self._turn(track, self.row + turned)

    def _turn(self, track: Track, row: int) -> None:
        if self._peak_deg >= WAY_PART * max(self._known_deg, 2 * LEAVE_DEG):
            around = track.up(max(self._far - 2, self._left), self._far + 3)
            self.plane = Plane(self.plane.rest_up).towards(mean_direction(around))
            self._known_deg = max(self._known_deg, self._peak_deg)
        self._valley, self._lowest_deg = row, np.inf
        self._go(Phase.BACK, row)

    def _back(self, track: Track) -> Attempt | None:
        x = self.plane.excursion_deg(track.up(self.row, track.end))
        lowest = np.minimum.accumulate(np.minimum(x, self._lowest_deg))
        low = lowest < AGAIN_PART * self._peak_deg
        home = _first(x < HOME_PART * self._peak_deg)
        turned = _first(low & (x - lowest > TURN_PART * self._peak_deg))
        stopped = _first(low & (track.spread_deg(self.row, track.end) < STILL_DEG))
        again = _first(~low & (x > TURNED_PART * self._peak_deg))
        exits = [i for i in (home, turned, stopped, again) if i is not None]
        i = min(exits, default=len(x) - 1)
        if lowest[i] < self._lowest_deg:
            self._valley = self.row + int(np.argmin(x[: i + 1]))
            self._lowest_deg = float(lowest[i])
        row = self.row + i
        if not exits:
            self.row = track.end
            return None
        if i == again:
            self._go(Phase.OUT, row)
            return None
        attempt = Attempt(self._left, self._far, row, self.plane, self._peak_deg)
        if i == home:
            self._home(row, self._lowest_deg)
        elif i == turned:
            self._start_again(row)
        else:
            self.settle(track.mean_up(row, row + 1)[0], row)
        return attempt

    def _home(self, row: int, lowest_deg: float) -> None:
        self._lowest_deg = lowest_deg
        self._go(Phase.REST, row)

    def _start_again(self, row: int) -> None:
        self._left, self._peak_deg, self._far = self._valley, 0.0, row
        self._go(Phase.OUT, row)


def _first(true: np.ndarray) -> int | None:
    i = int(np.argmax(true)) if len(true) else 0
    return i if len(true) and true[i] else None
