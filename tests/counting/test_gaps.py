"""What is missing: it makes no rep, and costs one only where it may hide it."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.events import Gap
from imu_reps.core.samples import Samples, joined
from imu_reps.counting.limits import LONGEST_S
from tests.counting.counts import events_of, partials_of, reps_of
from tests.legs import Leg


def test_a_partial_attempt_before_a_set_with_a_gap_in_it_is_not_told() -> None:
    samples = Leg().rest(4).rep(16).rest(2).reps(4, 40).rest(2).samples()
    later = samples.time_s + 1.5 * (samples.time_s > 5.5)
    events = events_of(Samples(later, samples.acc_ms2, samples.gyr_rads))
    assert len(reps_of(events)) == 4
    assert not partials_of(events)


def test_no_rep_is_made_of_a_gap() -> None:
    samples = Leg().rest(3).reps(3).rest(5).reps(3).rest(2).samples()
    missing = (samples.time_s > 12) & (samples.time_s < 20.5)
    kept = np.flatnonzero(~missing)
    first, rest = samples[: kept[missing[:1].size + 1200 - 1] + 1], samples[2051:]
    events = events_of([first, rest])
    (gap,) = [event for event in events if isinstance(event, Gap)]
    assert gap.end_s - gap.start_s == pytest.approx(8.5, abs=0.1)
    assert not [rep for rep in reps_of(events) if rep.start_s < 12.1 and rep.end_s > 20.4]


@pytest.mark.parametrize("missing_s", [1.5, 5.0, 30.0, 120.0, 1000.0])
@pytest.mark.parametrize("at_s", [1.0, 12.6, 13.5, 15.5])
def test_an_attempt_with_a_gap_in_it_is_not_counted(missing_s: float, at_s: float) -> None:
    samples = Leg().rest(3).reps(8).rest(2).samples()
    later = samples.time_s + missing_s * (samples.time_s > at_s)
    events = events_of(Samples(later, samples.acc_ms2, samples.gyr_rads), "bridge")
    (gap,) = [event for event in events if isinstance(event, Gap)]
    reps = reps_of(events)
    assert not [rep for rep in reps if rep.start_s < gap.start_s and rep.end_s > gap.end_s]
    # The third rep is on its way from 12.0 to 15.5 s: only a gap inside of it may cost one, and a
    # long one the two before it, too, which alone were not yet a set.
    least = 6 if missing_s > LONGEST_S else 7
    assert len(reps) in (range(least, 9) if 12.0 < at_s < 15.5 else (8,))


@pytest.mark.parametrize("reps_before", [0, 1, 4])
@pytest.mark.parametrize("begins_s", [0.0, 1.0, 2.5, 4.0, 6.0])
@pytest.mark.parametrize(("missing_s", "least"), [(1.3, 8), (1.7, 8), (3.0, 7)])
def test_a_gap_that_hides_no_whole_rep_costs_none(
    missing_s: float, begins_s: float, reps_before: int, least: int
) -> None:
    # Strokes of 5 s: in a third of that nobody comes back and goes out again.
    samples = Leg().rest(3).reps(8, out=2.5, hold=1.0, back=2.5).rest(2).samples()
    gone_s = samples.time_s - (3.0 + 7.0 * reps_before + begins_s)
    runs = [samples[: (gone_s < 0).sum()], samples[(gone_s < missing_s).sum() :]]
    for some in (runs, [joined(runs)]):
        assert least <= len(reps_of(events_of(some, "bridge"))) <= 8


@pytest.mark.parametrize("begins_s", [0.2, 0.7, 1.2])
def test_a_gap_of_a_second_costs_no_quick_rep(begins_s: float) -> None:
    samples = Leg().rest(3).reps(8, 30, 0.3, out=0.8, hold=0.2, back=0.8).rest(2).samples()
    gone_s = samples.time_s - (3.0 + 3 * 2.1 + begins_s)
    kept = [samples[: (gone_s < 0).sum()], samples[(gone_s < 0.9).sum() :]]
    assert len(reps_of(events_of(kept, "generic"))) == 8


def test_a_rep_is_over_when_it_was_seen_to_be_over_after_a_gap() -> None:
    leg = Leg().rest(3).reps(9, 32, 0.3, out=3.1, hold=0.5, back=1.4).rest(2)
    samples = leg.samples(50, gyro=False, sway_deg=0.5)
    # The second one is on its way back.
    gone_s = samples.time_s - 12.5
    kept = [samples[: (gone_s < 0).sum()], samples[(gone_s < 2.0).sum() :]]
    reps = reps_of(events_of(kept, "bridge"))
    assert len(reps) == 9
    assert reps[1].end_s <= 14.55
    assert reps[2].out_s > 1.5


def test_three_reps_are_a_set_with_a_gap_in_one_of_them() -> None:
    samples = Leg().rest(3).reps(3, 30, out=2.5, hold=1.0, back=2.5).rest(2).samples()
    gone_s = samples.time_s - 12.0
    kept = [samples[: (gone_s < 0).sum()], samples[(gone_s < 1.5).sum() :]]
    assert len(reps_of(events_of(kept, "generic"))) == 3


@pytest.mark.parametrize(("slow", "quick"), [(0, 3), (6, 0)])
def test_a_gap_in_which_a_quick_rep_may_hide_makes_none_of_two(slow: int, quick: int) -> None:
    # What a slow set's gap may not hide, one before a quick set may.
    leg = Leg().rest(3).reps(slow, 30, out=2.5, hold=1.0, back=2.5).rest(30)
    samples = leg.reps(8, 30, 0.3, out=0.8, hold=0.2, back=0.8).rest(2).samples()
    # From a quick rep's far end to the next one's.
    gone_s = samples.time_s - (33.9 + 7.0 * slow + 2.1 * quick)
    kept = [samples[: (gone_s < 0).sum()], samples[(gone_s < 2.0).sum() :]]
    reps = reps_of(events_of(kept, "bridge"))
    assert len(reps) == slow + 6
    assert not [rep for rep in reps[slow:] if rep.end_s - rep.start_s > 3.0]


def _with_gaps(samples: Samples, *gaps_s: tuple[float, float]) -> Samples:
    """The samples without those of these spans of time."""
    missing = [(samples.time_s >= begin) & (samples.time_s < end) for begin, end in gaps_s]
    return samples[~np.any(missing, axis=0)]


@pytest.mark.parametrize("gyro", [True, False])
@pytest.mark.parametrize("reps_before", [1, 4])
@pytest.mark.parametrize(
    ("begins_s", "ends_s", "seen"),
    [
        (1.5, 4.0, 8),  # seen to be out and to be back
        (2.6, 4.0, 8),  # seen to be on its way back
        (-0.5, 1.5, 8),  # seen to be at rest and to be out
        (-0.5, 4.0, 7),  # not seen at all
        (1.5, 6.0, 6),  # seen to be out in one and in the next: one or two of them
        (1.5, 5.0, 7),  # seen to be out, and half-way out in the next
        (3.2, 6.0, 8),  # as good as back, and out in the next
        (0.7, 4.0, 8),  # on its way out, nearly there
    ],
)
def test_a_rep_that_was_seen_to_be_far_out_is_counted_over_a_gap(
    begins_s: float, ends_s: float, seen: int, reps_before: int, *, gyro: bool
) -> None:
    samples = Leg().rest(3).reps(8).rest(5).samples(gyro=gyro)
    rep_s = 3.0 + 4.5 * reps_before
    kept = _with_gaps(samples, (rep_s + begins_s, rep_s + ends_s))
    events = events_of(kept)
    for chunk in (7, 100):
        assert events_of([kept[i : i + chunk] for i in range(0, len(kept), chunk)]) == events
    reps = reps_of(events)
    assert len(reps) == seen
    assert not partials_of(events)
    assert all(rep.out_s > 0 and rep.hold_s < 1.8 and rep.back_s > 0 for rep in reps)
    for rep in reps:
        hides = rep.start_s < rep_s + ends_s and rep.end_s > rep_s + begins_s + 0.3
        assert (rep.peak_back_dps > 0) is not hides


@pytest.mark.parametrize("begins_s", np.arange(0.0, 7.0, 0.35).tolist())
@pytest.mark.parametrize("missing_s", [2.6, 4.5])
def test_a_gap_in_a_slow_set_makes_no_rep_and_no_partial_attempt(
    begins_s: float, missing_s: float
) -> None:
    leg = Leg().rest(3).reps(8, out=2.5, hold=1, back=2.5).rest(3)
    kept = _with_gaps(leg.samples(50), (31.0 + begins_s, 31.0 + begins_s + missing_s))
    events = events_of(kept, "bridge")
    assert events_of([kept[i : i + 7] for i in range(0, len(kept), 7)], "bridge") == events
    assert 6 <= len(reps_of(events)) <= 8
    assert not partials_of(events)
    assert all(rep.rom_deg > 18 for rep in reps_of(events))


def test_who_is_far_out_before_and_after_two_gaps_makes_no_rep_of_them() -> None:
    leg = Leg().rest(3).reps(4).move(30, 1).rest(12).move(0, 1.5).rest(1).reps(3).rest(3)
    kept = _with_gaps(leg.samples(50), (23.0, 26.0), (28.0, 31.0))
    events = events_of(kept, "bridge")
    assert len(reps_of(events)) == 7
    assert not [rep for rep in reps_of(events) if 20.0 < rep.end_s < 36.0]
