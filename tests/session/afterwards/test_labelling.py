"""Corrections by hand: as events in the recording, honoured by whatever reads the count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import imu_reps
from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.events import Partial, Rep, SetEnd, SetStart, Summary, Warn
from imu_reps.core.frames import Note
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import open_recording
from imu_reps.formats.native import create
from imu_reps.movements import movement_named
from imu_reps.session.afterwards.labelling import Correction, label
from imu_reps.session.afterwards.reading import Read, read_recording
from imu_reps.session.setup import Wishes
from imu_reps.simulate import Imu, Plan, Simulation, Strap, easy, simulate


@pytest.fixture
def made() -> Simulation:
    movement = movement_named("bridge")
    plan, _ = easy(movement, 5, np.random.default_rng(3))
    return simulate(Strap(movement, Leg.LEFT, Mount.THIGH), plan, Imu(rate_hz=50.0), seed=3)


@pytest.fixture
def recording(made: Simulation, tmp_path: Path) -> Path:
    path = tmp_path / "a.imu.csv"
    with create(path, made.header) as writer:
        writer.write(made.frames)
        writer.write(Note(int(made.frames.host_us[-1]), "end"))
    return path


def _attempts(read: Read) -> list[Rep | Partial]:
    return [event for event in read.events if isinstance(event, Rep | Partial)]


def _kinds(read: Read) -> list[int | str]:
    return [one.number if isinstance(one, Rep) else one.reason for one in _attempts(read)]


def _counted(path: Path) -> Sequence[Rep | Partial]:
    return _attempts(read_recording(path, Wishes()))


def test_a_rep_that_was_none_goes_and_the_others_are_numbered_anew(recording: Path) -> None:
    second = _counted(recording)[1]
    read = label(recording, [Correction("remove", second.start_s + 1.0)])
    assert _kinds(read) == [1, 2, 3, 4]
    (total,) = read.summary.sets
    assert (total.reps, total.partials) == (4, 0)
    (end,) = [event for event in read.events if isinstance(event, SetEnd)]
    assert end.reps == 4


def test_a_rep_becomes_a_partial_and_a_rep_again(recording: Path) -> None:
    third = _counted(recording)[2]
    assert _kinds(label(recording, [Correction("partial", third.end_s)])) == [
        1, 2, "label", 3, 4,
    ]  # fmt: skip
    read = label(recording, [Correction("rep", third.end_s)])
    assert _attempts(read) == list(_counted(recording))
    assert _kinds(read) == [1, 2, 3, 4, 5]


def test_a_count_whose_labels_were_all_taken_back_is_not_corrected(recording: Path) -> None:
    at_s = _counted(recording)[1].start_s + 1.0
    assert label(recording, [Correction("remove", at_s)]).is_corrected
    assert not label(recording, [Correction("undo")]).is_corrected


def test_an_added_rep_is_of_the_leg_that_worked_then(tmp_path: Path) -> None:
    """The right leg's only rep makes no set by itself; the left one's set is half a minute ago."""
    movement = movement_named("bridge")
    sets = [easy(movement, reps, np.random.default_rng(3))[0].sets[0] for reps in (5, 1)]
    plan = Plan(tuple(sets), sway_part=0.5, between_s=45.0)
    made = simulate(Strap(movement, Leg.LEFT, Mount.THIGH), plan, Imu(rate_hz=50.0), seed=3)
    missed = made.truth.reps[-1]
    turned = int(50 * (missed.start_s - 15.0))
    path = tmp_path / "both.imu.csv"
    with create(path, made.header) as writer:
        writer.write(made.frames[:turned])
        writer.write(Note(int(made.frames.host_us[turned]), "leg", {"leg": "right"}))
        writer.write(made.frames[turned:])
        writer.write(Note(int(made.frames.host_us[-1]), "end"))
    read = label(path, [Correction("add", missed.start_s - 0.4, missed.end_s + 0.4)])
    assert [one.leg for one in _attempts(read)] == [Leg.LEFT] * 5 + [Leg.RIGHT]
    assert [(total.leg, total.reps) for total in read.summary.sets] == [
        (Leg.LEFT, 5), (Leg.RIGHT, 1),
    ]  # fmt: skip
    *_, summary = imu_reps.replay(path)
    assert isinstance(summary, Summary)
    assert summary.corrected is not None
    assert [total.leg for total in summary.corrected] == [Leg.LEFT, Leg.RIGHT]


def test_an_added_rep_is_measured_as_a_counted_one_is(made: Simulation, recording: Path) -> None:
    counted = _counted(recording)[2]
    label(recording, [Correction("remove", counted.start_s)])
    span = counted.start_s - 0.4, counted.end_s + 0.4
    added = _attempts(label(recording, [Correction("add", *span)]))[2]
    assert isinstance(added, Rep)
    assert (added.number, added.set, added.leg) == (3, 1, Leg.LEFT)
    for name in ("start_s", "end_s", "hold_s", "out_s", "back_s"):
        assert getattr(added, name) == pytest.approx(getattr(counted, name), abs=0.1), name
    # One is seen from the rest beside it and the other from the set's: in sway, each its own way.
    true_deg = made.truth.reps[2].rom_deg
    assert (added.rom_deg, counted.rom_deg) == pytest.approx((true_deg, true_deg), abs=1.0)


def test_undo_takes_the_last_label_back(recording: Path) -> None:
    before = _counted(recording)
    label(recording, [Correction("remove", before[0].start_s)])
    assert list(_attempts(label(recording, [Correction("undo")]))) == list(before)
    with pytest.raises(BadUsage, match="no label left"):
        label(recording, [Correction("undo")])


def test_nothing_is_overwritten_and_replay_gives_what_was_counted_live(recording: Path) -> None:
    before = recording.read_bytes()
    events = list(imu_reps.replay(recording))
    label(recording, [Correction("remove", _counted(recording)[0].start_s)])
    assert recording.read_bytes().startswith(before)
    assert list(imu_reps.replay(recording)) == events
    assert not any(isinstance(event, Warn) for event in events)


def test_summaries_honour_labels_and_convert_keeps_them(recording: Path, tmp_path: Path) -> None:
    label(recording, [Correction("remove", _counted(recording)[0].start_s)])
    assert imu_reps.summarize([recording]).left["reps"] == 4
    copy = tmp_path / "copy.imu.csv"
    with open_recording(recording) as opened, create(copy, opened.header) as writer:
        for item in opened:
            writer.write(item)
    assert imu_reps.summarize([copy]).left["reps"] == 4


def test_a_set_without_an_attempt_is_none(recording: Path) -> None:
    all_of_them = [Correction("remove", one.start_s) for one in _counted(recording)]
    read = label(recording, all_of_them)
    assert not any(isinstance(event, SetStart | SetEnd) for event in read.events)
    assert isinstance(read.events[-1], Summary)
    assert read.summary.sets == ()
    first = next(e for e in read.counted if isinstance(e, Rep))
    again = label(recording, [Correction("add", first.start_s - 0.4, first.end_s + 0.4)])
    assert _kinds(again) == [1]
    assert again.summary.sets[0].reps == 1


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (Correction("remove", 500.0), "nothing was counted at 500.0 s"),
        (Correction("add", 3.0, 3.5), "It lasts 1 to"),
        (Correction("add", 0.2, 2.2), "hardly turns"),
        (Correction("add", 900.0, 905.0), "has no data"),
    ],
)
def test_what_cannot_be_labelled_is_told_and_not_written(
    recording: Path, correction: Correction, told: str
) -> None:
    before = recording.read_bytes()
    with pytest.raises(BadUsage, match=told):
        label(recording, [Correction("remove", _counted(recording)[0].start_s), correction])
    assert recording.read_bytes() == before


def test_a_rep_is_counted_once(recording: Path) -> None:
    first = _counted(recording)[0]
    with pytest.raises(BadUsage, match="counted there already"):
        label(recording, [Correction("add", first.start_s, first.end_s)])
    with pytest.raises(BadUsage, match="is a rep already"):
        label(recording, [Correction("rep", first.start_s)])


def test_the_rest_between_two_reps_is_no_rep(recording: Path) -> None:
    _, third, fourth, _ = _counted(recording)[1:5]
    span = third.end_s - 1.0, fourth.start_s + 1.4
    with pytest.raises(BadUsage, match="counted there already"):
        label(recording, [Correction("add", *span)])


def test_a_recording_that_was_cut_off_says_how_to_label_it(recording: Path) -> None:
    start_s = _counted(recording)[0].start_s
    whole = recording.read_bytes().splitlines(keepends=True)
    recording.write_bytes(b"".join(whole[:-1]))
    assert _kinds(label(recording, [Correction("remove", start_s)])) == [1, 2, 3, 4]
    assert any(isinstance(event, Warn) for event in imu_reps.replay(recording))
    recording.write_bytes(b"".join(whole[:-1])[:-3])
    with pytest.raises(BadInput, match="imu-reps convert"):
        label(recording, [Correction("remove", start_s)])


def test_a_plain_table_holds_no_labels(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n"
        + "".join(f"{i / 50},0,0,9.8\n" for i in range(100))
    )
    with pytest.raises(BadInput, match="only a native recording"):
        label(table, [Correction("remove", 1.0)])
