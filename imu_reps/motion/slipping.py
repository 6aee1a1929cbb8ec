"""A strap that slips on its limb: its slips are taken out of the poses as if it sat where it was.

Two things tell a slip from a turn of the limb. It is over at once, and before and after it the limb
goes on as it did. And it turns the sensor about a point within the limb, while a limb turns about a
joint that is farther away: beside gravity the accelerometer feels the lever times the turn. A short
turn without a lever is the strap's own, and the gyro has felt how far it went.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples
from imu_reps.motion.strap import BESIDE_S, Strap
from imu_reps.motion.vectors import length, lengths, rotation

FAST_RADS = math.radians(25.0)
"""A strap that slips turns the sensor faster than that: by `LEAST_SLIP_DEG` in a third of a second.
"""

SLIPPING_S = 0.5
"""By then it has done so."""

SHARP_PART = 0.6
"""Of its fastest, so much comes and goes within `BESIDE_S`: 0.65 in a slip of 0.35 s (minimum
jerk), 0.40 in a stroke of 0.6 s, the quickest that is usual.
"""

AROUND_S = 0.2
"""So long before and after it the limb's own turn is looked at, but for `BESIDE_S`."""

LEVER_M = 0.08
"""From a limb's axis to its skin, a thigh's. Joints are farther away: of 49 quick turns of real
legs (UCI, NC State) seven look nearer, of those of two simulators none.
"""

LEAST_SLIP_DEG, MOST_SLIP_DEG = 8.0, 30.0
"""Less costs no rep (domain: what jumps by more has slipped), with more the strap is off."""


class ByGyro(Protocol):
    """A tilt that knows its gyro's bias (n, 3) at each of the last samples."""

    @property
    def biases_rads(self) -> Floats: ...

    def update(self, samples: Samples) -> Floats: ...


class FastenedTilt:
    """A tilt by gyro with the slips of its strap taken out. Poses wait for as long as it may be
    slipping just now, `SLIPPING_S` and `AROUND_S` at most; those of duller turns are told at once.
    """

    def __init__(self, rate_hz: float, tilt: ByGyro, strap: Strap) -> None:
        self._rate_hz, self._tilt, self._strap = rate_hz, tilt, strap
        self._longest = max(2, round(SLIPPING_S * rate_hz))
        self._around = max(4, round(AROUND_S * rate_hz))
        self._beside = max(1, round(BESIDE_S * rate_hz))
        self._felt: deque[_Felt] = deque()
        """The last rows: those that wait, and as many before them as a slip needs."""
        self._known = self._told = 0
        """So many there are, and so many of them were told."""
        self._rate_before: Floats = np.empty((0, 3))
        """The turning rate (n, 3) of the last rows, `BESIDE_S` of them."""

    def update(self, samples: Samples) -> Floats:
        up = self._tilt.update(samples)
        assert samples.gyr_rads is not None
        rate = samples.gyr_rads - self._tilt.biases_rads
        may_jump, waits = self._may_jump(rate), self._told < self._known
        self._felt.append(_Felt(samples.time_s, rate, samples.acc_ms2, up))
        self._known += len(up)
        if waits or may_jump:
            return self._next(is_last=False)
        self._told = self._known
        self._forget()
        return self._strap.before(up)

    def finish(self) -> Floats:
        return self._next(is_last=True) if self._felt else np.empty((0, 3))

    def _may_jump(self, rate: Floats) -> bool:
        """Whether there may be a row among the next ones at which the rate jumps."""
        known = np.concatenate([self._rate_before, rate])
        self._rate_before = known[-self._beside :]
        change = known[self._beside :] - known[: -self._beside]
        return len(change) > 0 and bool(np.abs(change).max() > FAST_RADS / 2.0)

    def _forget(self) -> None:
        while self._told - len(self._felt[0].up) >= self._around:
            gone = len(self._felt.popleft().up)
            self._known -= gone
            self._told -= gone

    def _next(self, *, is_last: bool) -> Floats:
        """The poses that need not wait any longer."""
        felt, row, end = _joined(self._felt), self._told, self._known
        before, out, looked = self._strap.before, [np.empty((0, 3))], self._told
        for begin in self._jumps(felt.rate):
            if begin < max(looked, self._around):
                continue
            stop, may_slip = self._over(felt.rate, begin)
            if may_slip and stop + self._around > end and not is_last:
                end = begin
                break
            looked = stop + 1
            turned_rad = self._turned(felt, begin, stop) if may_slip else None
            times_s = float(felt.time_s[begin]), float(felt.time_s[min(stop, end - 1)])
            if turned_rad is None:
                continue
            moved_deg = self._strap.slipped_deg(turned_rad[-1], times_s[0])
            if moved_deg is None:
                continue
            parts = zip(turned_rad, felt.up[begin:stop], strict=True)
            slipping = np.array([rotation(by) @ up for by, up in parts])
            out += [before(felt.up[row:begin]), before(slipping)]
            self._strap.take_out(turned_rad[-1], moved_deg, *times_s)
            row = stop
        out.append(before(felt.up[row:end]))
        gone = max(end - self._around, 0)
        self._felt = deque([felt[gone:]])
        self._told, self._known = end - gone, self._known - gone
        return np.concatenate(out)

    def _jumps(self, rate: Floats) -> list[int]:
        """The rows from which on the rate is another one than a moment before."""
        change = lengths(rate[self._beside :] - rate[: -self._beside])
        jumps = np.concatenate([np.zeros(self._beside + 1, dtype=bool), change > FAST_RADS])
        rows: list[int] = np.flatnonzero(jumps[1:] & ~jumps[:-1]).tolist()
        return rows

    def _over(self, rate: Floats, begin: int) -> tuple[int, bool]:
        """The row up to which a turn is looked at that begins with a jump, the end of what is known
        if it is not over, and whether it may be the strap's: short, and sharp from the beginning.
        """
        beside, calm = self._beside, rate[begin - self._around : begin - self._beside + 1]
        if np.ptp(calm, axis=0).max() > FAST_RADS:
            return begin, False
        turning = rate[begin : begin + self._longest + 1]
        off = lengths(turning - calm.mean(axis=0))
        first = turning[: beside + 1]
        comes = lengths(first - rate[begin - beside :][: len(first)]).max()
        over = off < np.maximum(np.maximum.accumulate(off) / 2.0, FAST_RADS)
        dull = SHARP_PART * off > comes
        dull[:beside] = False
        ends = np.flatnonzero(over | dull)
        if len(ends):
            row = int(ends[0])
            return begin + row, row > 0 and not dull[row]
        return begin + min(len(off), self._longest), len(off) <= self._longest

    def _turned(self, felt: _Felt, begin: int, stop: int) -> Floats | None:
        """How far (n, 3) the strap has turned by each row of a short turn; None if the limb has."""
        around, beside = self._around, self._beside
        if stop + around > len(felt.up):
            return None
        seen = slice(begin - around, stop + around)
        still, again = slice(around - beside), slice(around + stop - begin + beside, None)
        turning = slice(still.stop, again.start)
        rate = np.ascontiguousarray(felt.rate[seen])
        if any(np.ptp(rate[some], axis=0).max() > FAST_RADS for some in (still, again)):
            return None
        # The limb's own turn changes evenly below the strap's.
        line = np.vander(np.linspace(-1.0, 1.0, len(rate)), 2)
        known = np.delete(np.arange(len(rate)), turning)
        limb = line[turning] @ np.linalg.lstsq(line[known], rate[known], rcond=None)[0]
        own = rate[turning] - limb
        goes = lengths(
            rate[again.start - beside :] - rate[again.start - 2 * beside : -beside]
        ).max()
        if goes < SHARP_PART * lengths(rate - rate[still].mean(axis=0)).max():
            return None
        turned_rad: Floats = own.cumsum(axis=0) / self._rate_hz
        if not LEAST_SLIP_DEG <= math.degrees(length(turned_rad[-1])) <= MOST_SLIP_DEG:
            return None
        # The accelerometer feels the middle of a step, at whose end the gyro's turn has arrived.
        up = felt.up[seen].copy()
        up[1:] = (up[1:] + up[:-1]) / 2.0
        pushed = felt.acc_ms2[seen] - GRAVITY_MS2 * up
        ease = (pushed[still].sum(axis=0) + pushed[again].sum(axis=0)) / (2 * (around - beside))
        speeding = np.gradient(own, axis=0) * self._rate_hz
        drive = float((speeding**2).sum() + (lengths(own) ** 4).sum())
        if float(((pushed[turning] - ease) ** 2).sum()) > LEVER_M**2 * drive:
            return None
        # What came right beside the turn is of it, too.
        turned_rad[-beside - 1] = turned_rad[-1]
        return turned_rad[beside:-beside]


@dataclass(frozen=True, slots=True, eq=False)
class _Felt:
    """Times (n,), and what was felt then (n, 3): turning rate without bias, acceleration, up."""

    time_s: Floats
    rate: Floats
    acc_ms2: Floats
    up: Floats

    def __getitem__(self, rows: slice) -> _Felt:
        return _Felt(self.time_s[rows], self.rate[rows], self.acc_ms2[rows], self.up[rows])


def _joined(runs: Collection[_Felt]) -> _Felt:
    """The runs one after the other."""
    if len(runs) == 1:
        return next(iter(runs))
    columns = ("time_s", "rate", "acc_ms2", "up")
    return _Felt(*(np.concatenate([getattr(run, name) for run in runs]) for name in columns))
