"""A counter of eight bits that stands for a clock: restarts, silences, damage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imu_reps.core.frames import Frames, Scale
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.counted import CountedSteps

PERIOD_US, WRAP = 10_000, 256


def _restarted(phase: int, silence_us: int, rows: int = 80) -> Frames:
    """A board that stood at `phase` starts again from 0 after a silence; its samples are numbered.

    It is delivered each 16 ms.
    """
    at = np.arange(rows)
    true_us = np.concatenate([at, at + rows - 1]) * PERIOD_US + np.repeat([0, silence_us], rows)
    host_us = -(-(true_us + 100) // 16_000) * 16_000
    values = np.column_stack([true_us, true_us, np.arange(2 * rows)])
    return Frames(host_us, values, np.concatenate([phase - rows + at, at]) % WRAP)


@pytest.mark.parametrize("silence_us", [200_000, 600_000, 900_000, 1_500_000, 3_000_000])
def test_a_board_that_starts_again_goes_on_where_the_host_is(silence_us: int) -> None:
    """Within the jitter of arrivals; but where it went on by three samples at the most, as what
    the host kept does, and where that is all the silence (0.2 s).
    """
    errors_us, missing = [], []
    for phase in range(WRAP):
        frames = _restarted(phase, silence_us)
        clock = DeviceClock(Scale(1.0, None, seq_wrap=WRAP), 100.0)
        samples = clock.update(frames)
        first = int(np.searchsorted(samples.acc_ms2[:, 2], 80))
        error_us = samples.time_s[first] * 1e6 - samples.acc_ms2[first, 0]
        errors_us.append(abs(error_us))
        missing.append(len(frames) - len(samples))
    assert np.mean(np.array(errors_us) > 340_000) <= 3 / WRAP
    assert np.median(errors_us) < 30_000
    assert max(missing) <= 12


@pytest.mark.parametrize("off", [-120, -60, -12, 40, 80, 120])
def test_one_damaged_number_costs_one_sample(off: int) -> None:
    seq = np.arange(600) % WRAP
    seq[400] = (seq[400] + off) % WRAP
    host_us = np.arange(600) * PERIOD_US
    steps = CountedSteps(PERIOD_US, WRAP).update(seq, host_us)
    assert steps[400:402].tolist() == [0, 2]
    assert steps.sum() == 599


def test_what_the_host_kept_for_a_second_is_no_restart() -> None:
    host_us = np.arange(600) * PERIOD_US
    host_us[300:400] = host_us[400]
    steps = CountedSteps(PERIOD_US, WRAP).update(np.arange(600) % WRAP, host_us)
    assert steps[1:].tolist() == [1] * 599


_ODD = st.tuples(
    st.sampled_from([1, 1, 1, 1, 0, -2, -40, 3, 60, 100]),
    st.sampled_from([0, 10_000, 10_000, 20_000, 250_000, 490_000, 510_000, 900_000]),
)


@given(st.lists(_ODD, min_size=30, max_size=60), st.integers(1, 25))
def test_pieces_change_nothing(moves: list[tuple[int, int]], rows: int) -> None:
    seq, host_us = np.array(moves).cumsum(axis=0).T
    whole = CountedSteps(PERIOD_US, WRAP).update(seq % WRAP, host_us).tolist()
    pieces = CountedSteps(PERIOD_US, WRAP)
    cut = range(0, len(seq), rows)
    steps = [pieces.update(seq[a : a + rows] % WRAP, host_us[a : a + rows]) for a in cut]
    assert np.concatenate(steps).tolist() == whole
    assert min(whole) >= 0
