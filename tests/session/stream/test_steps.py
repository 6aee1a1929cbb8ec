"""The steps from frames to samples: times with too few digits are told, and pacing waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from imu_reps.core.events import Warn
from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.session.setup import Setup
from imu_reps.session.stream.counted import counted
from imu_reps.session.stream.steps import clocked, paced
from tests.legs import Leg as Body

SETUP = Setup(movement_named("generic"), Leg.LEFT, Mount.THIGH)


def _body(reps: int) -> Samples:
    return Body().rest(3).reps(reps).rest(2).samples(50.0)


def _told(time_us: Sequence[int]) -> list[str]:
    """What is told of frames with these times."""
    at_us = np.array(time_us)
    frames = Frames(at_us, np.full((len(at_us), 3), 5.66), device_us=at_us)
    stream = clocked([frames[:30], frames[30:]], DeviceClock(Scale(1.0, None), 100.0))
    return [e.text for e in counted(stream, SETUP, lambda: 0) if isinstance(e, Warn)]


def test_times_with_too_few_digits_are_told_at_the_end() -> None:
    in_pairs = [10_000 * (i // 2) for i in range(200)]
    (told,) = (text for text in _told(in_pairs) if "time of the one before" in text)
    assert told.startswith("50% of the samples")


def test_a_frame_that_comes_twice_now_and_then_is_no_matter() -> None:
    once = [10_000 * i for i in range(200)]
    assert _told([*once[:90], once[89], *once[90:]]) == []


def test_pacing_waits_for_every_piece() -> None:
    now_s, waits = [0.0], []

    def sleep(wait_s: float) -> None:
        waits.append(wait_s)
        now_s[0] += wait_s

    samples = _body(2)
    pieces = list(paced([samples], 2.0, lambda: now_s[0], sleep))
    assert now_s[0] == pytest.approx(float(samples.time_s[-1]) / 2, abs=0.03)
    assert sum(len(piece) for piece in pieces if isinstance(piece, Samples)) == len(samples)
    assert len(pieces) > 200
