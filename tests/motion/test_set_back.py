"""A device's clock that is set back by less than a second, and what only looks so."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Frames, Note, Scale
from imu_reps.motion.clock import DeviceClock

SCALE = Scale(0.5, 0.25, seq_wrap=1 << 16, device_us_wrap=1 << 32)


def _set_back(back_us: int, seq: list[int], *, counts: bool) -> Frames:
    """A clock that is set back before the 50th of these frames; each comes as it is taken."""
    numbers = np.array(seq, dtype=np.int64)
    true_us = numbers * 10_000
    device_us = true_us + 2_000_000 - np.where(np.arange(len(seq)) >= 50, back_us, 0)
    values = np.ones((len(seq), 6))
    return Frames(true_us + 777, values, numbers if counts else None, device_us)


def _times_s(*chunks: Frames, clock: DeviceClock | None = None) -> list[float]:
    clock = clock or DeviceClock(SCALE, 100.0)
    return [float(t) for chunk in chunks for t in clock.update(chunk).time_s]


@pytest.mark.parametrize("rows", [1, 7, 100])
@pytest.mark.parametrize("back_us", [150_000, 500_000, 990_000])
@pytest.mark.parametrize("counts", [True, False])
def test_a_clock_that_is_set_back_costs_one_sample_at_most(
    back_us: int,
    rows: int,
    counts: bool,  # noqa: FBT001
) -> None:
    clock, frames = DeviceClock(SCALE, 100.0), _set_back(back_us, list(range(200)), counts=counts)
    pieces = [frames[first : first + rows] for first in range(0, 200, rows)]
    came = np.delete(np.arange(200), [] if counts else [50])
    assert _times_s(*pieces, clock=clock) == pytest.approx(came / 100)
    assert (clock.repeated, clock.lost_samples) == (0 if counts else 1, 0)


@pytest.mark.parametrize("counts", [True, False])
def test_frames_that_come_again_by_the_dozen_are_no_news(counts: bool) -> None:  # noqa: FBT001
    seq = [*range(100), *range(91, 100), *range(100, 200)]
    frames = _set_back(0, seq, counts=counts)
    assert _times_s(frames) == pytest.approx(np.arange(200) / 100)


def test_one_damaged_time_does_not_set_a_clock_back() -> None:
    frames = _set_back(0, list(range(100)), counts=False)
    assert frames.device_us is not None
    frames.device_us[[30, 60]] -= [300_000, 900_000]
    assert _times_s(frames) == pytest.approx(np.delete(np.arange(100), [30, 60]) / 100)


@pytest.mark.parametrize("counts", [True, False])
def test_a_clock_that_went_back_while_the_device_was_away_is_the_hosts(counts: bool) -> None:  # noqa: FBT001
    frames = _set_back(540_000, list(range(100)), counts=counts)
    clock = DeviceClock(SCALE, 100.0)
    _times_s(frames[:50], clock=clock)
    clock.note(Note(0, "reconnect"))
    assert _times_s(frames[50:], clock=clock) == pytest.approx(np.arange(50, 100) / 100)
