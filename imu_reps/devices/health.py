"""What the numbers of a sensor say of it: hung, at its range's end, wrongly scaled, lossy.

Frames are looked at about once a second, all at once: a limb moves slower, and it costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from imu_reps.core.events import Warn
from imu_reps.core.frames import Frames, Integers, Scale, joined
from imu_reps.core.samples import GRAVITY_MS2, Floats

LOOK_S = 1.0
"""Between two looks."""

FROZEN_LOOKS = 2
"""So many looks in a row at numbers that never change: the noise of a sensor alone changes them."""

FULL_ACC_MS2, FULL_GYR_RADS = 1.9 * GRAVITY_MS2, np.radians(240.0)
"""The smallest ranges that sensors have are 2 g and 250 degrees a second."""

SATURATED_SAMPLES = 5
"""So many in a row at one large value: a limb that swings has none of that."""

CALM_MS2, CALM_LOOKS = 0.15, 2
"""Standard deviation of each axis while the sensor lies still, and for how many looks."""

GRAVITY_PART = 0.15
"""Offset and scale of a sound sensor are wrong by less than this part of gravity; a wrong range
by a factor of two."""

LOSS_PART, LOSS_FRAMES = 0.01, 500
"""A sound line loses next to nothing; of so many frames one in a hundred are five."""

LOSS_PLACES = 8
"""A line is lossy that loses in so many places: one burst is a stumble, and is waited out."""

RESTART_US = 1_000_000
"""A clock that goes back by more has started again."""


class Health:
    """Frames of one sensor in, what is wrong with it out; a fault is told once while it lasts."""

    def __init__(self, scale: Scale, rate_hz: float) -> None:
        self._look_at = max(2, round(LOOK_S * rate_hz))
        self._waiting: list[Frames] = []
        self._waiting_rows = 0
        self._restart = _Restart(scale)
        self._checks: tuple[Callable[[Frames], Warn | None], ...] = (
            _Stuck(scale),
            _Gravity(scale),
            self._restart,
        )
        self._loss = _Loss(scale)
        self._told: set[str] = set()

    def update(self, frames: Frames, bad_frames: int) -> Iterator[Warn]:
        """What these frames show, after so many damaged ones in all."""
        if len(frames):
            self._waiting.append(frames)
            self._waiting_rows += len(frames)
        if self._waiting_rows < self._look_at:
            return
        look, self._waiting, self._waiting_rows = joined(self._waiting), [], 0
        found = [check(look) for check in self._checks]
        found.append(self._loss.of(look, bad_frames))
        codes = {warn.code for warn in found if warn is not None}
        for warn in found:
            if warn is not None and warn.code not in self._told:
                yield warn
        # The lossy line is judged over more than one look: it is told again only after a while.
        self._told = codes | (self._told & {"loss"})

    def after_a_gap(self) -> None:
        """A sensor that was away may have started anew, and what it missed is told already."""
        self._waiting, self._waiting_rows = [], 0
        self._restart.forget()
        self._loss.forget()


def has_digits(scale: Scale) -> bool:
    """Whether numbers are g or m/s²: printed with two digits they hide the noise of a sensor."""
    return scale.acc_ms2 >= 1.0


class _Stuck:
    """Whether all numbers stand still, or one of them at the end of its range."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._last: Floats | None = None
        self._still = 0

    def __call__(self, look: Frames) -> Warn | None:
        values = look.values.astype(np.float64)
        known = values if self._last is None else np.concatenate([self._last, values])
        self._last = known[1 - SATURATED_SAMPLES :]
        same = known[1:] == known[:-1]
        self._still = self._still + 1 if same[1 - len(values) :].all() else 0
        if self._still >= FROZEN_LOOKS:
            coarse = "prints too few digits or " if has_digits(self._scale) else ""
            return Warn(
                "frozen",
                f"the sensor repeats one and the same value: it {coarse}has hung; "
                "switch it off and on",
            )
        axis = self._saturated(known, same)
        if axis is None:
            return None
        return Warn(
            "saturated",
            f"the sensor's {axis} is at the end of its range: set it to a larger one, or fix the "
            "strap so that it does not knock",
        )

    def _saturated(self, known: Floats, same: NDArray[np.bool_]) -> str | None:
        full = np.full(known.shape[1], FULL_ACC_MS2 / self._scale.acc_ms2)
        full[3:] = FULL_GYR_RADS / (self._scale.gyr_rads or 1.0)
        at_end = same & (np.abs(known[1:]) >= full)
        runs = SATURATED_SAMPLES - 1
        if len(at_end) < runs or not at_end.any():
            return None
        windows = np.lib.stride_tricks.sliding_window_view(at_end, runs, axis=0).all(axis=2)
        hit = np.flatnonzero(windows.any(axis=0))
        return ("ax", "ay", "az", "gx", "gy", "gz")[int(hit[0])] if len(hit) else None


class _Gravity:
    """Whether gravity has its length while the sensor lies still."""

    def __init__(self, scale: Scale) -> None:
        self._acc_ms2 = scale.acc_ms2
        self._seen: list[float] = []

    def __call__(self, look: Frames) -> Warn | None:
        acc = look.values[:, :3] * self._acc_ms2
        length = float(np.linalg.norm(acc.mean(axis=0)))
        # Noise grows with a wrong scale, too.
        if (acc.std(axis=0) > CALM_MS2 * max(length / GRAVITY_MS2, 0.1)).any():
            self._seen = []
            return None
        self._seen = [*self._seen[1 - CALM_LOOKS :], length / GRAVITY_MS2]
        if len(self._seen) < CALM_LOOKS or min(abs(x - 1) for x in self._seen) < GRAVITY_PART:
            return None
        return Warn(
            "gravity",
            f"at rest the sensor shows {length:.1f} m/s² where gravity is 9.8: its range or unit "
            "is not the one it is read with; name the unit in its lines or its hello",
        )


class _Restart:
    """Whether the device's clock has begun anew."""

    def __init__(self, scale: Scale) -> None:
        self._wrap = scale.device_us_wrap
        self._last: Integers | None = None

    def forget(self) -> None:
        """Where it stood before is no matter."""
        self._last = None

    def __call__(self, look: Frames) -> Warn | None:
        if look.device_us is None:
            return None
        last = look.device_us[:1] if self._last is None else self._last
        steps_us = np.diff(look.device_us, prepend=last)
        self._last = look.device_us[-1:]
        if self._wrap is not None:
            steps_us = (steps_us + self._wrap // 2) % self._wrap - self._wrap // 2
        if (steps_us >= -RESTART_US).all():
            return None
        return Warn(
            "restarted",
            "the sensor has started again: its clock began anew, the count goes on; "
            "if it happens again, look at its battery and plug",
        )


class _Loss:
    """Which part of the frames is damaged or does not come."""

    def __init__(self, scale: Scale) -> None:
        self._wrap = scale.seq_wrap
        self._seq: Integers | None = None
        self._frames = self._skipped = self._places = self._bad = self._bad_before = 0

    def forget(self) -> None:
        """Where the counter stood before is no matter."""
        self._seq = None

    def of(self, look: Frames, bad_frames: int) -> Warn | None:
        self._frames += len(look)
        self._skipped += self._steps_over(look.seq)
        self._bad = bad_frames - self._bad_before
        missing = max(self._bad, self._skipped)
        if self._frames + missing < LOSS_FRAMES:
            return None
        part = missing / (self._frames + missing)
        if part > LOSS_PART and max(self._bad, self._places) < LOSS_PLACES:
            return None
        warn = self._warn(part) if part > LOSS_PART else None
        self._frames = self._skipped = self._places = 0
        self._bad_before = bad_frames
        return warn

    def _warn(self, part: float) -> Warn:
        if self._bad < self._skipped:
            what, mend = "lost on the way", "go nearer, or let the sensor send less"
        else:
            what, mend = "damaged on the way", "use a shorter cable, or check its plugs"
        return Warn("loss", f"{part:.1%} of the samples are {what}: {mend}")

    def _steps_over(self, seq: Integers | None) -> int:
        if seq is None or self._wrap is None:
            return 0
        last = seq[:1] if self._seq is None else self._seq
        self._seq = seq[-1:]
        steps = np.diff(seq, prepend=last) % self._wrap
        # What goes back, or comes again, is no loss.
        skipped = np.maximum(steps - 1, 0)[steps < self._wrap // 2]
        self._places += int(np.count_nonzero(skipped))
        return int(skipped.sum())
