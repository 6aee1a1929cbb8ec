"""A session on a board with its screen, whose keys a test presses: everything real but the body."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from textual.pilot import Pilot

from imu_reps.core.events import Event
from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.display.screen.app import Canvas, LiveScreen
from imu_reps.display.screen.feed import Feed
from imu_reps.display.screen.keys import ALL
from imu_reps.display.screen.look import UTF8
from imu_reps.movements import movement_named
from imu_reps.ports.reader import Taken
from imu_reps.session.coaching.coach import Coach
from imu_reps.session.coaching.cues import Cue, Kind
from imu_reps.session.coaching.guide import Guide, Sinks
from imu_reps.session.coaching.view import View
from imu_reps.session.planning.plan import Exercise, Plan
from imu_reps.session.sensors.finding import Wanted, find
from imu_reps.session.sensors.wire import reading
from imu_reps.session.stream.steps import Inbox
from imu_reps.session.training.one_sensor import Wiring, trained
from imu_reps.simulate import Imu, Strap, easy, simulate
from tests.ports.boards import Board

PATIENCE_S = 60.0
"""On a machine that does many other things."""

BRIDGE = movement_named("bridge")
HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}


@dataclass(frozen=True, slots=True)
class Wire:
    """What a sensor sends for a set, six seconds of rest before and after it; and while it rests
    for so long afterwards.
    """

    reps: list[bytes]
    rest: list[bytes]


def wires(reps: int, rest_s: float) -> Iterator[Wire]:
    """One set after the other, on one clock."""
    seq = time_us = number = 0
    while True:
        plan, _ = easy(BRIDGE, reps, np.random.default_rng(number))
        strap = Strap(BRIDGE, Leg.LEFT, Mount.THIGH)
        values = simulate(strap, replace(plan, settle_s=6.0), Imu(), seed=5).frames.values
        still = np.repeat(values[-1:], int(rest_s * 100), axis=0)
        sent = []
        for row in np.concatenate([values, still]).tolist():
            sent.append(encode_sample(seq % 2**16, time_us % 2**32, row))
            seq, time_us = seq + 1, time_us + 10_000
        yield Wire(sent[: len(values)], sent[len(values) :])
        number += 1


class Staged:
    """A session of a plan; what was said so far, what was counted, what was recorded."""

    def __init__(self, board: Board, folder: Path, plan: Plan) -> None:
        self.said: list[tuple[Kind, str]] = []
        self.events: list[Event] = []
        self.paths: list[Path] = []
        self.sent = 0
        self._stop = threading.Event()
        self._board = board
        self._folder = folder
        self._feed = Feed()
        self._inbox = Inbox()
        coach = Coach(plan)
        sinks = Sinks(self._feed.show, self._say)
        self._guide = Guide(coach, self._inbox.put, time.monotonic, sinks)
        self._app = LiveScreen(self._feed, self._guide.press, ALL, UTF8)
        self.pilot: Pilot[None]

    def play(self, first: Wire, script: Callable[[Self], Awaitable[None]]) -> None:
        """Run the session behind the screen, the first set coming, and the script on its pilot."""
        self._first = threading.Thread(target=self._begin, args=(first,), daemon=True)
        self._first.start()
        found = find(Wanted(self._board.port), lambda _: None, lambda: False)
        assert found is not None
        with reading(found, Taken(), lambda _: None) as sensor:
            sensor.listen(lambda: False)
            wiring = Wiring(sensor, self._guide, self._inbox, lambda _: None)
            counting = threading.Thread(target=self._count, args=(wiring,), daemon=True)
            counting.start()
            try:
                asyncio.run(self._on_pilot(script))
            finally:
                self._stop.set()
                counting.join(PATIENCE_S)
            assert not counting.is_alive()

    def send(self, samples: list[bytes]) -> None:
        """Let these samples come after the first set, as fast as the line takes them."""
        self._first.join(PATIENCE_S)
        self._send(samples)

    def _send(self, samples: list[bytes]) -> None:
        self._board.send(b"".join(samples))
        self.sent += len(samples)

    @property
    def view(self) -> View:
        assert self._feed.view is not None
        return self._feed.view

    @property
    def text(self) -> str:
        """What stands on the screen."""
        canvas = self._app.query_one(Canvas)
        return "\n".join(canvas.render_line(y).text for y in range(canvas.size.height))

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it."""
        end_s = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end_s, self.text
            await self.pilot.pause(0.02)

    async def shows(self, text: str) -> None:
        """Wait until this stands on the screen."""
        await self.until(lambda: text in self.text)

    async def is_over(self) -> None:
        """Wait for the session to end by itself, and the screen with it."""
        await self.until(lambda: self._feed.is_over)

    def stalled_until(self, is_so: Callable[[], bool]) -> None:
        """Let the screen do nothing at all until something is so."""
        end_s = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end_s
            time.sleep(0.02)

    @property
    def has_recorded_all(self) -> bool:
        """Whether the last sample that was sent stands in the recording."""
        rows = self.paths[-1].read_text(encoding="utf-8").splitlines()
        samples = [row for row in rows if row[:1].isdigit()]
        return int(samples[-1].partition(",")[0]) == self.sent - 1

    def _begin(self, first: Wire) -> None:
        self._board.send(b"boot\r\n\0" + encode_hello(HELLO))
        self._send(first.reps)

    def _count(self, wiring: Wiring) -> None:
        try:
            self.events += trained(wiring, self._place, self._stop.is_set)
        finally:
            self._feed.is_over = True

    def _place(self, exercise: Exercise) -> Path:
        name = f"{exercise.setup.movement.short_name}-{len(self.paths)}.imu.csv"
        self.paths.append(self._folder / name)
        return self.paths[-1]

    def _say(self, cue: Cue) -> None:
        self._feed.say(cue)
        self.said.append((cue.kind, cue.text))

    async def _on_pilot(self, script: Callable[[Self], Awaitable[None]]) -> None:
        async with self._app.run_test(size=(80, 24)) as self.pilot:
            await self.until(lambda: self._feed.view is not None)
            await script(self)
