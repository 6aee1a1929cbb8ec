"""What the limb does just now: how far out, in which phase of a rep, held for how long.

The counter says a rep when it is over and certain. Who is in the middle of one wants to see it
move, and to hear when the hold is long enough: this looks at the same poses, slips of the strap
aside, and promises less.
Nothing is counted from it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from imu_reps.core.events import Rep
from imu_reps.core.movement import View
from imu_reps.core.samples import Floats, Samples
from imu_reps.core.words import Sight
from imu_reps.counting.excursion import Plane
from imu_reps.counting.limits import FULL_PART, LEAVE_DEG, LEAVE_PART, TURNED_PART
from imu_reps.motion.poses import Poses
from imu_reps.motion.prompt import PromptTracker
from imu_reps.motion.vectors import angles_deg, mean_direction, unit_vector
from imu_reps.session.trace import REST_S, ROLL_S, Trace

ASTRAY_TIMES = 1.5
"""Of the range: who goes so far does something else."""

KEPT_S = 30.0
"""The poses of the last attempt and of the rest before it (the longest rep: 20 s)."""

SPEED_S = 0.16
"""The speed is the mean over so long: at 50 poses a second, noise of 0.1° makes 1°/s."""

SLOW_PART = 0.1
"""Of the peak speed of the way out: at or below it the far end is held (contract)."""

PUSH_PART = 0.35
"""Of the peak speed: so fast again, and further out, it was a sticking point and no hold."""

LEFT_PART = 0.93
"""Of the peak: who sinks below it and goes on sinking has begun the way back."""

STILL_DEG = 1.5
"""RMS turn over 0.6 s of a limb that rests; on one leg it sways by as much."""

PATIENCE_S = 5.0
"""Still for so long beyond any hold: here is the rest pose, wherever it was thought to be."""

BEYOND_TIMES = 1.25
"""Of what the mount is known to see: who stops beyond it has not begun a rep but got into place."""

SETTLED_S = 0.3
"""So long still, beyond the window in which stillness is judged: a stop, not a turn."""

UNKNOWN_DEG = 15.0
"""The range to expect of a mount of which nothing is known."""

TYPICAL_OF = 5
"""Reps whose median is the range to expect."""


class Phase(StrEnum):
    """Where in a rep the limb is."""

    REST = "rest"
    OUT = "out"
    HOLD = "hold"
    BACK = "back"


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What was seen in a chunk: times (n,) and excursions in degrees (n,), and where it ended."""

    time_s: Floats
    excursion_deg: Floats
    phase: Phase
    hold_s: float
    astray: bool
    """Further away than this movement goes: somebody walks, sits or lies down."""

    @property
    def is_in_a_rep(self) -> bool:
        """Whether the limb is somewhere between the rest before a rep and the one after it."""
        return self.phase is not Phase.REST and not self.astray


class Limb:
    """Samples in, moments out. `hold_s` is the longest hold that is asked for."""

    def __init__(self, view: View, hold_s: float = 0.0) -> None:
        self._tracker = PromptTracker()
        self._kept: deque[Poses] = deque()
        self._patience_s = PATIENCE_S + hold_s
        known = view.sight is not Sight.UNKNOWN
        self._range_deg = max(view.low_deg, 2 * LEAVE_DEG) if known else UNKNOWN_DEG
        self._most_deg = BEYOND_TIMES * view.high_deg if known else 180.0
        self._reps_deg: deque[float] = deque(maxlen=TYPICAL_OF)
        self._plane: Plane | None = None
        self._still_s: float | None = None
        self._ended_s = -np.inf
        self._recent: deque[tuple[float, float]] = deque()
        self._to(Phase.REST)

    def distrust_gyro(self) -> None:
        """The counter has found that the gyro contradicts gravity."""
        self._tracker.distrust_gyro()

    def update(self, samples: Samples) -> list[Moment]:
        """The moments of these samples, none where the poses are still to come."""
        return [self._moment(item) for item in self._tracker.update(samples) if self._keep(item)]

    def rep(self, rep: Rep) -> None:
        """A rep was counted: now rest pose, way and range are known."""
        has_rested = rep.start_s - self._ended_s >= REST_S
        self._ended_s = rep.end_s
        trace = self.trace()
        rest_up = trace.rest_up([rep]) if has_rested or self._plane is None else self._plane.rest_up
        rows = trace.rows(rep.start_s + rep.out_s, rep.end_s - rep.back_s)
        if rest_up is None or rows.stop <= rows.start:
            return
        self._plane = Plane(rest_up).towards(mean_direction(trace.up[rows]))
        self._reps_deg.append(rep.rom_deg)
        self._range_deg = float(np.median(self._reps_deg))
        self._most_deg = ASTRAY_TIMES * self._range_deg

    def trace(self) -> Trace:
        """The poses that are still remembered."""
        return Trace(
            np.concatenate([np.empty(0), *(poses.time_s for poses in self._kept)]),
            np.concatenate([np.empty((0, 3)), *(poses.up for poses in self._kept)]),
        )

    def _keep(self, poses: Poses) -> bool:
        if not len(poses):
            return False
        self._kept.append(poses)
        while self._kept[0].time_s[-1] < poses.time_s[-1] - KEPT_S - REST_S - ROLL_S:
            self._kept.popleft()
        return True

    def _moment(self, poses: Poses) -> Moment:
        self._find_rest(poses)
        if self._plane is None:
            return Moment(poses.time_s, np.zeros(len(poses)), Phase.REST, 0.0, astray=False)
        x = self._plane.excursion_deg(poses.up)
        for time_s, deg in zip(poses.time_s.tolist(), x.tolist(), strict=True):
            self._step(time_s, deg)
        return Moment(
            poses.time_s, x, self._phase, self._hold_s, astray=abs(float(x[-1])) > self._most_deg
        )

    def _find_rest(self, poses: Poses) -> None:
        """Take the rest pose from where the limb is still, if it is there for longer than a hold;
        in the rest between two reps follow it.
        """
        if poses.spread_deg[-1] > STILL_DEG:
            self._still_s = None
            return
        now_s = float(poses.time_s[-1])
        self._still_s = now_s if self._still_s is None else self._still_s
        here_up = unit_vector(poses.mean_up[-1])
        still_s = now_s - self._still_s
        if self._plane is None or still_s > self._patience_for(poses):
            self._plane = Plane(here_up)
            self._to(Phase.REST)
        elif self._phase is Phase.REST:
            part = min(1.0, float(poses.time_s[-1] - poses.time_s[0]) / PATIENCE_S)
            mixed = (1 - part) * self._plane.rest_up + part * here_up
            self._plane = self._plane.moved(unit_vector(mixed))

    def _patience_for(self, poses: Poses) -> float:
        """How long the limb must be still, here where it is, to be taken to rest here."""
        assert self._plane is not None
        away_deg = float(angles_deg(poses.up[-1:], self._plane.rest_up)[0])
        if away_deg > self._most_deg:
            return SETTLED_S
        return np.inf if self._phase is Phase.REST else self._patience_s

    def _to(self, phase: Phase) -> None:
        self._phase = phase
        if phase is Phase.REST:
            self._hold_s = self._peak_deg = self._peak_dps = 0.0
        self._since_s, self._valley_deg = np.nan, np.inf

    def _step(self, time_s: float, deg: float) -> None:
        """One pose on: the first exit of the phase that has become true is taken."""
        speed_dps = self._speed_dps(time_s, deg)
        leave_deg = max(LEAVE_DEG, LEAVE_PART * self._range_deg)
        self._peak_deg = max(self._peak_deg, deg)
        if self._phase is Phase.REST:
            if deg > leave_deg:
                self._peak_deg, self._peak_dps, self._hold_s = deg, speed_dps, 0.0
                self._to(Phase.OUT)
        elif deg < leave_deg:
            self._to(Phase.REST)
        elif self._phase is Phase.OUT:
            self._out(time_s, deg, speed_dps)
        elif self._phase is Phase.HOLD:
            self._hold(time_s, deg, speed_dps)
        else:
            self._back(deg, speed_dps, leave_deg)

    def _out(self, time_s: float, deg: float, speed_dps: float) -> None:
        self._peak_dps = max(self._peak_dps, speed_dps)
        if deg < TURNED_PART * self._peak_deg:
            self._to(Phase.BACK)
        elif deg >= FULL_PART * self._range_deg and speed_dps <= SLOW_PART * self._peak_dps:
            self._to(Phase.HOLD)
            self._since_s = time_s - SPEED_S / 2
            self._held_deg = deg

    def _hold(self, time_s: float, deg: float, speed_dps: float) -> None:
        sinks = speed_dps < -SLOW_PART * self._peak_dps
        if deg < TURNED_PART * self._peak_deg or (sinks and deg < LEFT_PART * self._peak_deg):
            self._to(Phase.BACK)
        elif speed_dps > PUSH_PART * self._peak_dps and deg * LEFT_PART > self._held_deg:
            self._hold_s = 0.0
            self._to(Phase.OUT)
        else:
            self._hold_s = time_s - self._since_s

    def _back(self, deg: float, speed_dps: float, leave_deg: float) -> None:
        self._valley_deg = min(self._valley_deg, deg)
        if deg > self._valley_deg + leave_deg:
            # Touch and go: the next rep has begun above the rest pose, and may go less far.
            self._peak_deg, self._peak_dps, self._hold_s = deg, speed_dps, 0.0
            self._to(Phase.OUT)
        elif deg > self._peak_deg * LEFT_PART and speed_dps > 0:
            self._to(Phase.OUT)

    def _speed_dps(self, time_s: float, deg: float) -> float:
        self._recent.append((time_s, deg))
        while len(self._recent) > 2 and self._recent[1][0] <= time_s - SPEED_S:
            self._recent.popleft()
        then_s, then_deg = self._recent[0]
        return (deg - then_deg) / (time_s - then_s) if time_s > then_s else 0.0
