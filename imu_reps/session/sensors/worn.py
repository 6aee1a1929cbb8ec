"""Which sensor is on which leg: as the ports are named, else told by moving one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from imu_reps.core.errors import BadUsage
from imu_reps.core.frames import Frames
from imu_reps.core.words import Leg
from imu_reps.devices import Device
from imu_reps.ports.reader import Taken
from imu_reps.session.sensors.finding import Wanted, find
from imu_reps.session.sensors.listener import Found, Say, Tap
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.sensors.wire import reading
from imu_reps.session.setup import Wishes
from imu_reps.session.stopping import Stop

MOVED_MS2, STILL_MS2 = 1.5, 0.5
"""RMS about the mean of the acceleration over a second: a leg that is lifted and set down, and one
that is not meant to move (standing on one leg sways by less)."""

WINDOW_S = 1.0

Read = Callable[[Found, Tap], Sensor]
"""Begins to read a sensor that was found."""


@dataclass(frozen=True, slots=True)
class Worn:
    """A sensor that is wanted, and the leg that it is said to be on."""

    leg: Leg | None
    wanted: Wanted


def worn(ports: Sequence[str], device: Device | None, baud: int | None) -> list[Worn]:
    """The sensors that `--port` asks for, `left=NAME` or NAME; without any, one to be found."""
    found = [_worn(port, device, baud) for port in ports] or [
        Worn(None, Wanted(None, device, baud))
    ]
    if len(found) > len(Leg):
        raise BadUsage(f"{len(found)} ports are more than there are legs; name one or two")
    if len(found) == 1:
        return found
    names = [each.wanted.port for each in found]
    legs = [each.leg for each in found]
    if len(set(names)) < len(names):
        raise BadUsage(f"{names[0]} is named twice; name the other sensor's port")
    if None not in legs and len(set(legs)) < len(legs):
        raise BadUsage(f"both sensors are said to be on the {legs[0]} leg; say left=… and right=…")
    return [_with_the_other_leg(each, found) for each in found]


def with_leg(wishes: Wishes, asked: Sequence[Worn]) -> Wishes:
    """The user's words, with the leg that a port is named for; raises `BadUsage` if they differ."""
    leg = asked[0].leg
    if len(asked) == 1 and leg is None:
        return wishes
    if wishes.leg is not None and (len(asked) > 1 or Leg.named(wishes.leg) is not leg):
        raise BadUsage("--port says which leg it is; leave --leg out")
    return wishes if len(asked) > 1 else replace(wishes, leg=leg)


def _worn(port: str, device: Device | None, baud: int | None) -> Worn:
    first, is_named, rest = port.partition("=")
    leg = Leg.named(first) if is_named and first.strip().lower() in list(Leg) else None
    if is_named and leg is None and first.strip().isalpha():
        # No port is called so: a path and a URL have other characters before an "=".
        raise BadUsage(
            f"--port {port!r}: a sensor is on the left or the right leg; say left={rest}"
        )
    name = (rest if leg else port).strip()
    if not name:
        raise BadUsage(f"--port {port!r} names no port; `imu-reps devices` lists those there are")
    return Worn(leg, Wanted(name, device, baud))


def _with_the_other_leg(each: Worn, found: Sequence[Worn]) -> Worn:
    others = [other.leg for other in found if other is not each and other.leg is not None]
    return Worn(others[0].other, each.wanted) if each.leg is None and others else each


@contextmanager
def sensors(
    asked: Sequence[Worn], taps: Sequence[Tap], say: Say, stop: Stop, gather_s: float = 0.0
) -> Iterator[dict[Leg, Sensor]]:
    """The sensors, found and being read, by their legs; none of them if it was stopped before.

    Those that cannot be told apart by a name are told apart by moving one. `taps` are given what
    comes from each, before it is decoded; it may gather for `gather_s`.
    """
    with ExitStack() as stack:

        def read(found: Found, tap: Tap) -> Sensor:
            return stack.enter_context(reading(found, taken, tap, gather_s))

        taken = Taken()
        ready = _found_at_once(asked, taps, read, say, stop)
        legs = [each.leg for each in asked if each.leg is not None]
        if len(ready) < len(asked) or stop():
            yield {}
            return
        if len(legs) < len(asked):
            left = _told_apart(ready, say, stop)
            legs = [Leg.LEFT if sensor is left else Leg.RIGHT for sensor in ready]
        yield dict(zip(legs, ready, strict=True))


def _found_at_once(
    asked: Sequence[Worn], taps: Sequence[Tap], read: Read, say: Say, stop: Stop
) -> list[Sensor]:
    """All these sensors, heard side by side so that none has to wait; fewer if it was stopped."""
    failed = Event()

    def over() -> bool:
        return stop() or failed.is_set()

    def one(each: Worn, tap: Tap) -> Sensor | None:
        try:
            found = find(each.wanted, say, over, tap)
            if found is None:
                return None
            say(" ".join(filter(None, (str(found), found.sensor.remark))))
            sensor = read(found, tap)
            sensor.listen(over)
        except BaseException:
            failed.set()
            raise
        return sensor

    with ThreadPoolExecutor(len(asked)) as pool:
        return [sensor for sensor in pool.map(one, asked, taps) if sensor is not None]


def _told_apart(ready: Sequence[Sensor], say: Say, stop: Stop) -> Sensor:
    """The sensor on the left leg."""
    say("which sensor is on which leg? Lift the left leg and set it down, and keep the other still")
    left = moved(ready, stop)
    say("thank you: that is the left one")
    return left


def moved(ready: Sequence[Sensor], stop: Stop) -> Sensor:
    """The only one of these sensors that is moved; what they send until then is not kept."""
    streams = [(iter(sensor), _Motion(sensor)) for sensor in ready]
    while not stop():
        for stream, motion in streams:
            item = next(stream)
            if isinstance(item, Frames):
                motion.update(item)
        moving = [motion.rms_ms2 > MOVED_MS2 for _, motion in streams]
        still = [motion.rms_ms2 < STILL_MS2 for _, motion in streams]
        if sum(moving) == 1 and sum(still) == len(ready) - 1:
            return ready[moving.index(True)]
    return ready[0]


class _Motion:
    """How much a sensor was moved in the last second; NaN until it is known."""

    def __init__(self, sensor: Sensor) -> None:
        self._acc_ms2 = sensor.scale.acc_ms2
        self._rows = max(2, round(WINDOW_S * sensor.rate_hz))
        self._acc = np.empty((0, 3))
        self.rms_ms2 = float("nan")

    def update(self, frames: Frames) -> None:
        if not len(frames):
            return
        acc = frames.values[:, :3] * self._acc_ms2
        self._acc = np.concatenate([self._acc, acc])[-self._rows :]
        if len(self._acc) == self._rows:
            self.rms_ms2 = float(np.linalg.norm(self._acc.std(axis=0)))
