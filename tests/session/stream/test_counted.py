"""What is counted of a stream: legs, pauses, corrections and the summary."""

from __future__ import annotations

import pytest

from imu_reps.core.events import Gap, Rep, SetTotal, Summary, Warn
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.core.words import Leg, Mount
from imu_reps.counting.measure import Measures
from imu_reps.movements import movement_named
from imu_reps.session.correcting.labels import Label
from imu_reps.session.setup import Setup
from imu_reps.session.stream.counted import counted
from tests.legs import Leg as Body

SETUP = Setup(movement_named("generic"), Leg.LEFT, Mount.THIGH)


def _body(reps: int) -> Samples:
    return Body().rest(3).reps(reps).rest(2).samples(50.0)


def test_the_summary_is_last_and_adds_up() -> None:
    samples = _body(4)
    *_, summary = counted([samples], SETUP, lambda: 7)
    assert isinstance(summary, Summary)
    assert summary.samples == len(samples)
    assert summary.lost_samples == 7
    assert summary.duration_s == pytest.approx(float(samples.time_s[-1]))
    (total,) = summary.sets
    assert isinstance(total, SetTotal)
    assert (total.reps, total.leg) == (4, Leg.LEFT)


def test_a_leg_note_begins_sets_of_the_other_leg() -> None:
    left, right = _body(4), _body(3)
    later = Samples(right.time_s + 60.0, right.acc_ms2, right.gyr_rads)
    events = list(counted([left, Note(0, "leg", {"leg": "right"}), later], SETUP, lambda: 0))
    reps = [event for event in events if isinstance(event, Rep)]
    assert [(rep.set, rep.leg) for rep in reps] == [(1, Leg.LEFT)] * 4 + [(2, Leg.RIGHT)] * 3


def test_an_interruption_is_told() -> None:
    events = list(counted([_body(2), Note(0, "interrupted")], SETUP, lambda: 0))
    assert [event.code for event in events if isinstance(event, Warn)] == ["interrupted"]


def test_a_rest_note_ends_the_set() -> None:
    first, second = _body(4), _body(3)
    later = Samples(second.time_s + 40.0, second.acc_ms2, second.gyr_rads)
    events = list(counted([first, Note(0, "rest"), later], SETUP, lambda: 0))
    assert [event.set for event in events if isinstance(event, Rep)] == [1] * 4 + [2] * 3


def test_nothing_is_counted_in_a_pause_and_the_pause_is_no_gap() -> None:
    samples = Body().rest(3).reps(4).rest(1).reps(2).rest(1).reps(3).rest(2).samples(50.0)
    # A rep with the pause after it takes 4.5 s: the two in the middle are from 22 to 31 s.
    out, back = samples.time_s.searchsorted([22.0, 31.2])
    stream: list[Samples | Note] = [
        samples[:out],
        Note(0, "pause"),
        samples[out:back],
        Note(0, "resume"),
        samples[back:],
    ]
    events = list(counted(stream, SETUP, lambda: 0))
    (total,) = events[-1].sets if isinstance(events[-1], Summary) else ()
    assert total.reps == 7
    assert not [event for event in events if isinstance(event, Gap)]
    assert isinstance(events[-1], Summary)
    assert events[-1].samples == len(samples)


def test_the_summary_tells_what_is_left_after_corrections_and_nothing_else_changes() -> None:
    samples = _body(4)
    *before, plain = counted([samples], SETUP, lambda: 0)
    rep = [event for event in before if isinstance(event, Rep)][1]
    away = Label("remove", rep.start_s, rep.end_s).note(0)
    *events, summary = counted([samples, away], SETUP, lambda: 0)
    assert events == before
    assert isinstance(summary, Summary)
    assert isinstance(plain, Summary)
    assert plain.corrected is None
    assert summary.as_dict() == plain.as_dict()
    assert summary.corrected is not None
    assert [(one.set, one.reps) for one in summary.corrected] == [(1, 3)]
    undone: list[Samples | Note] = [samples, away, Label("undo").note(0)]
    *_, again = counted(undone, SETUP, lambda: 0)
    assert isinstance(again, Summary)
    assert again.corrected == plain.sets


def test_a_set_made_by_hand_has_no_number() -> None:
    still = Body().rest(20).samples(50.0)
    added = Label("add", 5.0, 9.0, Measures(5.0, 1.0, 1.0, 2.0, 9.0, 30.0, 1.0, 60.0, 40.0))
    *_, summary = counted([still, added.note(0)], SETUP, lambda: 0)
    assert isinstance(summary, Summary)
    assert summary.corrected is not None
    assert [(one.set, one.reps) for one in summary.corrected] == [(0, 1)]
    assert summary.sets == ()


def test_a_damaged_label_costs_no_summary() -> None:
    *_, summary = counted([_body(4), Note(0, "label", {"action": "guess"})], SETUP, lambda: 0)
    assert isinstance(summary, Summary)
    assert summary.corrected is None
