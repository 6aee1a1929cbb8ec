"""What `doctor` finds in a sensor's data: what was seen, and what mends it where it is wrong.

The sensor should lie still while it is heard. Nothing here does any I/O.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Floats, Samples
from imu_reps.devices.health import has_digits
from imu_reps.motion.tilt import BIAS_LIMIT_DPS
from imu_reps.session.doctor.axes import frozen_axes, saturated_axes
from imu_reps.session.sensors.spoken import Spoken

LEAST_HZ = 25.0
"""What a limb does has its content under 3 Hz; counting was measured from 25 Hz up."""

DECLARED_PART = 0.05
"""A rate that is so far from the declared one is none that jitter or a crystal explains."""

LOST_PART, DAMAGED_PART = 0.01, 0.01
"""More than this is worth a look at the cable; a rep is seen with far more missing."""

STILL_S, STILL_MS2, STILL_DPS = 1.0, 0.5, 3.0
"""A sensor on a table stays under these (standard deviation) for so long, in a hand not."""

GRAVITY_PART = 0.12
"""The worst cheap sensor: 3 % of scale and 80 mg of offset (MPU-6050 datasheet 6.2)."""

CLOCK_PART = 0.02
"""A ceramic resonator is right within half a percent, and some seconds of bursts tell as much."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was checked, what was seen, and what mends it, None where all is well."""

    check: str
    text: str
    mend: str | None = None

    @property
    def is_ok(self) -> bool:
        return self.mend is None

    def as_dict(self) -> dict[str, object]:
        """The finding as `--json` prints it."""
        return {"check": self.check, "ok": self.is_ok, "text": self.text, "mend": self.mend}


def checked(spoken: Spoken) -> Iterator[Finding]:
    """All that can be told from what a sensor said."""
    yield _rate(spoken)
    yield _loss(spoken)
    still = stillest(spoken.samples)
    yield _gravity(still)
    yield _bias(still)
    yield _frozen(spoken)
    yield _saturated(spoken)
    yield _clock(spoken)


def _rate(spoken: Spoken) -> Finding:
    text = f"{spoken.rate_hz:.4g} samples a second"
    declared_hz = spoken.decoder.rate_hz
    if spoken.rate_hz < LEAST_HZ:
        mend = spoken.found.remark or f"set the sensor to {LEAST_HZ:.0f} or more, best 100"
        return Finding("rate", text, mend)
    if declared_hz and abs(spoken.rate_hz / declared_hz - 1) > DECLARED_PART:
        text = f"{text}, and it says {declared_hz:g}"
        return Finding("rate", text, "the measured one is used; set a rate that it can keep")
    return Finding("rate", text)


def _loss(spoken: Spoken) -> Finding:
    lost, damaged = spoken.lost_part, spoken.damaged_part
    text = f"{damaged * 100:.1f} % damaged; without counter or clock no one can tell what is lost"
    if lost is not None:
        text = f"{lost * 100:.1f} % lost, {damaged * 100:.1f} % damaged"
    if (lost or 0.0) > LOST_PART or damaged > DAMAGED_PART:
        return Finding("loss", text, "take a shorter cable, a nearer place or a lower rate")
    return Finding("loss", text)


def stillest(samples: Samples) -> Samples | None:
    """The stillest second of these samples, None where the sensor was never still so long."""
    ends = np.searchsorted(samples.time_s, samples.time_s + STILL_S)
    starts = np.flatnonzero(ends < len(samples))
    windows = [samples[start : ends[start]] for start in starts[:: max(1, len(starts) // 50)]]
    windows = [window for window in windows if len(window) > 2 and _is_still(window)]
    return min(windows, key=lambda window: _sway(window.acc_ms2), default=None)


def _is_still(samples: Samples) -> bool:
    turning = 0.0 if samples.gyr_rads is None else np.degrees(_sway(samples.gyr_rads))
    return _sway(samples.acc_ms2) < STILL_MS2 and turning < STILL_DPS


def _sway(values: Floats) -> float:
    return float(np.linalg.norm(values.std(axis=0)))


def _gravity(still: Samples | None) -> Finding:
    if still is None:
        return _moves("gravity")
    length_g = float(np.linalg.norm(still.acc_ms2.mean(axis=0))) / GRAVITY_MS2
    text = f"{length_g:.3f} g at rest"
    if abs(length_g - 1) < GRAVITY_PART:
        return Finding("gravity", text)
    if length_g and abs(np.log2(length_g) - round(np.log2(length_g))) < np.log2(1 + GRAVITY_PART):
        mend = "the range that the sensor is set to is not the one that is declared: make them one"
        return Finding("gravity", text, mend)
    return Finding("gravity", text, "calibrate the accelerometer; it must show 1 g whichever way")


def _bias(still: Samples | None) -> Finding:
    if still is None:
        return _moves("gyro bias")
    if still.gyr_rads is None:
        return Finding(
            "gyro bias", "no gyro; counts from the accelerometer alone, range is rougher"
        )
    bias_dps = float(np.degrees(np.abs(still.gyr_rads.mean(axis=0)).max()))
    text = f"{bias_dps:.1f} °/s, taken out while counting"
    if bias_dps > BIAS_LIMIT_DPS:
        text = f"{bias_dps:.1f} °/s, more than can be taken out"
        return Finding("gyro bias", text, "restart the sensor while it lies still, or calibrate it")
    return Finding("gyro bias", text)


def _moves(check: str) -> Finding:
    return Finding(check, "the sensor moves", "lay it on a table and run `imu-reps doctor` again")


def _frozen(spoken: Spoken) -> Finding:
    frozen = frozen_axes(spoken.frames)
    if frozen:
        text = f"never changes: {', '.join(frozen)}"
        mend = "cut the sensor's power, check its wires, start it again"
        if has_digits(spoken.scale):
            mend = f"let it print more digits; else {mend}"
        return Finding("frozen axes", text, mend)
    return Finding("frozen axes", "none")


def _saturated(spoken: Spoken) -> Finding:
    full = saturated_axes(spoken.frames, spoken.scale)
    if full:
        text = f"at the end of the range: {', '.join(full)}"
        return Finding("saturated axes", text, "set a larger range; at rest, replace the sensor")
    return Finding("saturated axes", "none")


def _clock(spoken: Spoken) -> Finding:
    device_us, host_us = spoken.frames.device_us, spoken.frames.host_us
    if device_us is None:
        from_what = "the arrivals" if spoken.frames.seq is None else "its counter and the arrivals"
        return Finding("clock", f"the sensor sends none; time comes from {from_what}")
    back = len(spoken.frames) - len(spoken.samples)
    if back > DAMAGED_PART * len(spoken.frames):
        text = f"the sensor's steps back or stands {back} times"
        return Finding("clock", text, "check what the sketch sends as its time")
    if back or np.ptp(host_us) == 0:
        return Finding("clock", "the sensor's")
    drift = float(np.polyfit(host_us * 1e-6, spoken.samples.time_s, 1)[0]) - 1
    text = f"the sensor's, right within {max(abs(drift) * 100, 0.1):.1f} %"
    if abs(drift) > CLOCK_PART:
        text = f"the sensor's is {abs(drift) * 100:.0f} % {'fast' if drift > 0 else 'slow'}"
        return Finding("clock", text, "check what the sketch sends as its time: microseconds")
    return Finding("clock", text)
