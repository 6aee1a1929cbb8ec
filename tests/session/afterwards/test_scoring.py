"""Counted against true: which attempt is which, and whose fault a wrong word is."""

from __future__ import annotations

from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event
from imu_reps.core.truth import Kind, TrueRep, Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.formats.truth import write_truth
from imu_reps.session.afterwards.scoring import score, truth_beside
from tests.sets import a_partial, a_rep


def _true(start_s: float, end_s: float, kind: Kind = "rep") -> TrueRep:
    return TrueRep(kind, start_s, end_s, 1.0, 30.0)


def _truth(*reps: TrueRep, movement: str = "single-leg-bridge") -> Truth:
    return Truth(movement, Leg.LEFT, Mount.THIGH, reps)


def test_each_true_rep_is_matched_with_the_event_at_its_time() -> None:
    events: list[Event] = [
        a_rep(Leg.LEFT, 1),
        a_rep(Leg.LEFT, 2, hold_s=1.5),
        a_partial(Leg.LEFT, 30.0),
    ]
    truth = _truth(_true(10.0, 14.0), _true(20.1, 24.1), _true(30.0, 34.0, "partial"))
    told = score(events, truth)
    assert (told.true_reps, told.reps, told.same_reps) == (2, 2, 2)
    assert (told.true_partials, told.partials, told.exact) == (1, 1, True)
    assert told.errors[1].tolist() == pytest.approx([-0.1, 0.4, 0.5, 0.0])


def test_half_the_time_of_a_true_rep_is_not_enough() -> None:
    told = score([a_rep(Leg.LEFT, 1)], _truth(_true(12.0, 16.0), _true(13.9, 20.0)))
    assert len(told.errors) == 0


def test_an_event_is_one_true_rep_only() -> None:
    """A rep from 10 to 14 s has more of the later one, and both of the doubled."""
    told = score([a_rep(Leg.LEFT, 1)], _truth(_true(10.0, 11.0), _true(11.0, 14.5)))
    assert told.same_reps == 1
    assert told.errors[:, :2].tolist() == [[-1.0, -0.5]]
    told = score([a_rep(Leg.LEFT, 1)], _truth(_true(10.0, 14.0), _true(10.0, 14.0)))
    assert (len(told.errors), told.same_reps, told.exact_reps) == (1, 1, False)


def test_a_truths_movement_must_be_known(tmp_path: Path) -> None:
    recording, path = tmp_path / "a.imu.csv", tmp_path / "a.truth.json"
    write_truth(path, _truth(movement="bridge"))
    assert truth_beside(recording).movement == "bridge"
    path.unlink()
    write_truth(path, _truth(movement="squat"))
    with pytest.raises(BadInput, match=r"a\.truth\.json: unknown movement 'squat'"):
        truth_beside(recording)
