"""What the motion room gives to the counting room: where is up, and is the segment being shaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import Floats
from imu_reps.motion.steadiness import Steadiness, Steady


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """A run of `n` evenly spaced poses of the sensor.

    `time_s` (n,); `up` (n, 3) unit vectors, the direction against gravity in the sensor's frame.
    Rows `first` to before `first + n` of the steadiness are theirs.
    """

    time_s: Floats
    up: Floats
    steadiness: Steadiness
    first: int = 0

    def __len__(self) -> int:
        return len(self.time_s)

    def __getitem__(self, rows: slice) -> Poses:
        start = rows.indices(len(self))[0]
        return Poses(self.time_s[rows], self.up[rows], self.steadiness, self.first + start)

    @property
    def mean_up(self) -> Floats:
        """The mean (n, 3) of `up` over the last `STILL_S` seconds: shorter than one in a turn."""
        return self.steadiness.known.mean_up[self._theirs]

    @property
    def spread_deg(self) -> Floats:
        """The RMS angle (n,) between `up` and its mean over that time."""
        return self.steadiness.known.spread_deg[self._theirs]

    @property
    def shake_ms2(self) -> Floats:
        """How much the specific force differs from gravity on average (n,) over `SHAKE_S` seconds:
        steps and bumps, not slow turns.
        """
        return self.steadiness.known.shake_ms2[self._theirs]

    @property
    def felt_deg(self) -> Floats:
        """The spread (n,) as it was felt, where these poses are means of others; else the same."""
        return self.steadiness.known.felt_deg[self._theirs]

    @property
    def lift_ms2(self) -> Floats:
        """How much (n,) of the specific force along `up` there is beside gravity."""
        return self.steadiness.known.lift_ms2[self._theirs]

    @property
    def _theirs(self) -> slice:
        return slice(self.first, self.first + len(self))


def joined(runs: Sequence[Poses]) -> Poses:
    """The runs one after the other."""
    if len(runs) == 1:
        return runs[0]
    told = told_by(runs)
    return Poses(
        np.concatenate([run.time_s for run in runs]),
        np.concatenate([run.up for run in runs]),
        Steady(
            np.concatenate([steadiness.known.mean_up[rows] for steadiness, rows in told]),
            np.concatenate([steadiness.known.spread_deg[rows] for steadiness, rows in told]),
            np.concatenate([steadiness.known.shake_ms2[rows] for steadiness, rows in told]),
            np.concatenate([steadiness.known.felt_deg[rows] for steadiness, rows in told]),
            np.concatenate([steadiness.known.lift_ms2[rows] for steadiness, rows in told]),
        ),
    )


def told_by(runs: Sequence[Poses]) -> list[tuple[Steadiness, slice]]:
    """Which rows of which steadiness are those of the runs, one after the other: runs that follow
    each other, as they come from a sensor that is live, share theirs, and it is asked but once.
    """
    told: list[tuple[Steadiness, slice]] = []
    for run in runs:
        rows = slice(run.first, run.first + len(run))
        if told and told[-1][0] is run.steadiness and told[-1][1].stop == rows.start:
            rows = slice(told.pop()[1].start, rows.stop)
        told.append((run.steadiness, rows))
    return told
