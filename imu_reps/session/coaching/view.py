"""What a screen shows at a moment: one frozen picture of a session, made by the guide."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from imu_reps.core.events import Attempt
from imu_reps.core.samples import Floats, Samples
from imu_reps.core.words import Sight
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.limb import Moment, Phase
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.planning.plan import Step

LINE_S = 12.0
"""Of the moving line: two or three reps."""

RATE_S = 2.0
"""The rate is counted over so long."""

OWN_REPS, OWN_PART = 2, 0.1
"""From so many reps on the target range is this leg's own, give or take a tenth: less than that
people do not notice, and a fading range shows.
"""


@dataclass(frozen=True, slots=True)
class Status:
    """How the sensor does, for the status line; None is "not known"."""

    rate_hz: float | None = None
    lost_samples: int = 0
    age_s: float = 0.0
    battery_v: float | None = None
    recording: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One picture. `line_s` (n,) and `line_deg` (n,) are the excursion of the last seconds,
    `band_deg` the range to reach, `left_s` what is left of a countdown or a rest.
    """

    step: Step
    upcoming: Step | None
    stage: Stage
    told: str
    left_s: float | None
    is_paused: bool
    is_lost: bool
    reps: int
    partials: int
    likely: int
    phase: Phase
    hold_s: float
    last: Attempt | None
    line_s: Floats
    line_deg: Floats
    band_deg: tuple[float, float] | None
    status: Status


class Viewer:
    """Remembers the line and the rate between two pictures."""

    def __init__(self) -> None:
        self._line = (np.empty(0), np.empty(0))
        self._news: list[Moment] = []
        self._arrived: deque[tuple[float, int]] = deque()

    def samples(self, samples: Samples) -> None:
        """These have come."""
        if len(samples):
            self._arrived.append((float(samples.time_s[-1]), len(samples)))
            while self._arrived[-1][0] - self._arrived[0][0] > RATE_S:
                self._arrived.popleft()

    def moment(self, moment: Moment) -> None:
        """So the limb has moved."""
        self._news.append(moment)

    def restart_clock(self) -> None:
        """A new recording begins: times count from 0 again."""
        self._line, self._news = (np.empty(0), np.empty(0)), []
        self._arrived.clear()

    @property
    def rate_hz(self) -> float | None:
        """Samples a second, as they come."""
        if len(self._arrived) < 2:
            return None
        lasts_s = self._arrived[-1][0] - self._arrived[0][0]
        count = sum(n for _, n in list(self._arrived)[1:])
        return count / lasts_s if lasts_s > 0 else None

    def view(self, coach: Coach, status: Status) -> View:
        """The picture of a session as it is now."""
        moment, tally = coach.moment, coach.tally
        self._draw_on()
        return View(
            step=coach.step,
            upcoming=coach.upcoming,
            stage=coach.stage,
            told=coach.told,
            left_s=coach.timer.left_s,
            is_paused=coach.timer.paused_s is not None,
            is_lost=coach.is_lost,
            reps=tally.reps,
            partials=tally.partials,
            likely=coach.likely,
            phase=moment.phase if moment else Phase.REST,
            hold_s=moment.hold_s if moment else 0.0,
            last=tally.last,
            line_s=self._line[0],
            line_deg=self._line[1],
            band_deg=_band_deg(coach),
            status=status,
        )

    def _draw_on(self) -> None:
        """Take what is new into the line, and leave out what has become old."""
        news, self._news = self._news, []
        time_s = np.concatenate([self._line[0], *(one.time_s for one in news)])
        deg = np.concatenate([self._line[1], *(one.excursion_deg for one in news)])
        if len(time_s):
            first = int(np.searchsorted(time_s, time_s[-1] - LINE_S))
            self._line = time_s[first:], deg[first:]


def _band_deg(coach: Coach) -> tuple[float, float] | None:
    reps = coach.tally.reps_of(coach.step)
    if len(reps) >= OWN_REPS:
        usual_deg = float(np.median([rep.rom_deg for rep in reps]))
        return (1 - OWN_PART) * usual_deg, (1 + OWN_PART) * usual_deg
    setup = coach.step.exercise.setup
    seen = setup.movement.view(setup.mount)
    return None if seen.sight is Sight.UNKNOWN else (float(seen.low_deg), float(seen.high_deg))
