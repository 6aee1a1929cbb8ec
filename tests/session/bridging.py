"""A set of four bridges as a board puts it on the wire, to be cut where a test wants it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imu_reps.core.truth import TrueRep
from imu_reps.core.words import Leg, Mount
from imu_reps.devices.imu_reps_frame import encode_hello, encode_sample
from imu_reps.movements import movement_named
from imu_reps.simulate import Imu, Simulation, Strap, easy, simulate
from tests.conftest import Live
from tests.ports.boards import Board, Running

HELLO: dict[str, object] = {"rate_hz": 100, "acc_lsb_per_g": 8192, "gyr_lsb_per_dps": 65.536}
BOOT = b"boot\r\n\0"


@dataclass(frozen=True, slots=True)
class Bridges:
    """The samples of a set, and what really happened."""

    made: Simulation

    @property
    def reps(self) -> tuple[TrueRep, ...]:
        return self.made.truth.reps

    @property
    def wire(self) -> bytes:
        return self.before(1e9)

    def before(self, time_s: float) -> bytes:
        """From the board's start until a moment of the set."""
        return BOOT + encode_hello(HELLO) + self._frames(0.0, time_s)

    def after(self, time_s: float) -> bytes:
        """From a moment of the set on."""
        return self._frames(time_s, 1e9)

    def rebooted(self, time_s: float) -> bytes:
        """As `after`, from a board that has started again at that moment."""
        return BOOT + encode_hello(HELLO) + self._frames(time_s, 1e9, anew=True)

    def pause_s(self, rep: int) -> float:
        """The middle of the pause after so many reps."""
        return (self.reps[rep - 1].end_s + self.reps[rep].start_s) / 2

    def _frames(self, from_s: float, until_s: float, *, anew: bool = False) -> bytes:
        frames = self.made.frames
        assert frames.seq is not None
        assert frames.device_us is not None
        at_s = np.arange(len(frames)) / 100
        rows = np.flatnonzero((at_s >= from_s) & (at_s < until_s))
        seq, device_us = frames.seq[rows], frames.device_us[rows]
        if anew:
            seq, device_us = seq - seq[0], device_us - device_us[0]
        told = zip(seq.tolist(), device_us.tolist(), frames.values[rows].tolist(), strict=True)
        return b"".join(encode_sample(*row) for row in told)


def begun(board: Board, live: Live, record: Path) -> Running:
    """A session that has begun to record three seconds of a set."""
    running = live("--port", board.port, "--record", str(record))
    running.says("listening")
    board.send(bridges().before(3.0))
    running.says("recording to")
    return running


def bridges(leg: Leg = Leg.LEFT) -> Bridges:
    """Four reps, as a steady person does them."""
    plan, _ = easy(movement_named("bridge"), 4, np.random.default_rng(5))
    strap = Strap(movement_named("bridge"), leg, Mount.THIGH)
    return Bridges(simulate(strap, plan, Imu(), seed=5))
