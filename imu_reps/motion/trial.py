"""A stretch whose gyro is on trial: its poses wait until the gyro is known to be sound or not.

By then the gyro's bias is known too, and the first poses are made anew with it, and with what came
after them: the first seconds are as good as the later ones.
"""

from __future__ import annotations

import math

from imu_reps.core.events import Warn
from imu_reps.core.samples import Floats, Samples, joined
from imu_reps.motion.gyro_check import GyroCheck, Verdict
from imu_reps.motion.poses import Poses
from imu_reps.motion.slipping import FastenedTilt
from imu_reps.motion.strap import Strap
from imu_reps.motion.stretch import Stretch
from imu_reps.motion.tilt import AccelerometerTilt, GyroTilt

LONGEST_S = 12.0
"""So long do poses wait for the verdict, a rep or two, which are then told late once: by then two
windows of the check and the moment before them are over.
"""

SHORTEST_S = 3.0
"""VQF takes a bias for known after 1.5 s at rest and half a second more."""

STEP_S = 0.2
"""A verdict is acted on at the next of these steps, wherever chunks begin and end."""

LIES = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity and is not used: check its scale and its axes",
)
LIES_LATE = Warn(
    "gyro_disagrees",
    "the gyro contradicts gravity and is not used any more, angles and times before may be off: "
    "check its scale and its axes",
)


class GyroOnTrial:
    """A `Stretch` by gyro that turns into one by accelerometer alone if the gyro lies.

    While that is open, poses wait from where something has spoken against the gyro, but not for
    longer than `LONGEST_S`.
    """

    def __init__(self, rate_hz: float, strap: Strap) -> None:
        self._rate_hz, self._strap = rate_hz, strap
        self._step_rows = max(1, round(STEP_S * rate_hz))
        self._longest = self._step_at(LONGEST_S * rate_hz)
        self._check = GyroCheck(rate_hz)
        self._tilt = GyroTilt(rate_hz)
        self._stretch: Stretch | None = None
        self._held: list[Samples] = []
        self._rows = 0
        """So many have come, and so many of them are `_told`."""
        self._told = 0
        self._is_told = False
        """Whether it has been said that the gyro lies."""

    @property
    def verdict(self) -> Verdict:
        return self._check.verdict

    @property
    def bias_rads(self) -> Floats:
        """The gyro's bias (3,) as far as it is known."""
        return self._tilt.bias_rads

    def update(self, samples: Samples) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        out = list[Poses | Warn]()
        if self._stretch is None and len(samples):
            samples = self._waited(samples)
            out += self._released()
        if self._stretch is None or not len(samples):
            return out
        self._take(samples)
        self._check.update(samples)
        return out + self._released()

    def finish(self) -> list[Poses | Warn]:
        """The poses that still wait, and those that a symmetric filter owes."""
        if self._stretch is None and self._held:
            self._begin(self.bias_rads)
        if self._stretch is None:
            return []
        return [*self._up_to(self._rows), *self._stretch.finish()]

    def _take(self, samples: Samples) -> None:
        self._held.append(samples)
        self._rows += len(samples)

    def _waited(self, samples: Samples) -> Samples:
        """Hold these samples back until the stretch begins; those that come after that."""
        before = self._rows
        looked = samples[: self._longest - before]
        self._tilt.update(looked)
        self._check.update(looked)
        end = self._end()
        self._take(samples[: end - before])
        if self._rows == end:
            self._begin(self._tilt.biases_rads[end - before - 1])
        return samples[end - before :]

    def _end(self) -> int:
        """How many rows wait for the stretch to begin, by what is known so far."""
        if self.verdict is Verdict.OPEN:
            return self._longest
        known = self._step_at(self._check.rows)
        if self.verdict is Verdict.LIES:
            return known
        return max(known, self._step_at(SHORTEST_S * self._rate_hz))

    def _step_at(self, rows: float) -> int:
        """The first whole number of steps with so many rows."""
        return math.ceil(rows / self._step_rows) * self._step_rows

    def _begin(self, bias_rads: Floats) -> None:
        """Begin with what is held, from the first row on, by the bias that is known by now."""
        self._tilt = GyroTilt(self._rate_hz, bias_rads, joined(self._held))
        fastened = FastenedTilt(self._rate_hz, self._tilt, self._strap)
        self._stretch = Stretch(self._rate_hz, fastened)

    def _released(self) -> list[Poses | Warn]:
        """The poses that need not wait any longer."""
        check = self._check
        if self._stretch is None:
            return []
        if self.verdict is Verdict.OPEN:
            return self._up_to(max(check.believed, self._rows - self._longest))
        if self.verdict is Verdict.SOUND or self._is_told:
            return self._up_to(self._rows)
        # Where nothing has been told yet, nothing need be believed.
        last = max(check.believed, check.rows - self._longest) if self._told else 0
        out = [*self._up_to(last), *self._stretch.finish()]
        self._stretch, self._is_told = (
            Stretch(self._rate_hz, AccelerometerTilt(self._rate_hz)),
            True,
        )
        return [*out, LIES if last <= check.believed else LIES_LATE, *self._up_to(self._rows)]

    def _up_to(self, row: int) -> list[Poses | Warn]:
        """The poses of what is held up to before a row."""
        rows = row - self._told
        if rows <= 0 or self._stretch is None:
            return []
        held, self._told = joined(self._held), row
        self._held = [held[rows:]] if rows < len(held) else []
        return [*self._stretch.update(held[:rows])]
