"""Which recordings make a session, and the balance of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from imu_reps.core.events import Event, Rep, SetEnd
from imu_reps.core.words import Leg, Mount
from imu_reps.movements import movement_named
from imu_reps.session.afterwards import summarize
from imu_reps.session.afterwards.reading import Read, read_recording
from imu_reps.session.afterwards.summarize import Asked, compared
from imu_reps.session.history import History, sessions_of, trends_of
from imu_reps.session.history.store import Kept
from imu_reps.session.setup import Setup, Wishes

SETUP = Setup(movement_named("bridge"), Leg.LEFT, Mount.THIGH)


def _told_from_its_reps(read: Read) -> Read:
    """The recording as if it had not been said what it is of, its second set of curls."""
    curl = movement_named("ball-curl").name
    reps = [event for event in read.events if isinstance(event, Rep)]
    later = [replace(rep, set=2, movement=curl, start_s=rep.start_s + 90) for rep in reps]
    events: tuple[Event, ...] = (
        *reps,
        SetEnd(1, 4, 0, 40.0),
        *later,
        SetEnd(2, 4, 0, 130.0),
        read.summary,
    )
    generic = replace(read.setup, movement=movement_named("generic"), is_auto=True)
    return replace(read, setup=generic, events=events)


def test_what_is_told_from_the_reps_is_kept_with_its_like(
    known: History, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _told_from_its_reps(read_recording(recordings[0], Wishes()))
    known.add(told)
    (session, _) = sessions_of(known.kept())
    bridges, curls = session.balances()
    assert [bridges.movement, curls.movement] == ["single-leg-bridge", "single-leg-ball-curl"]
    assert [bridges.left["reps"], bridges.right["reps"]] == [4, 4]
    assert [curls.left["reps"], curls.right["reps"]] == [4, 0]
    monkeypatch.setattr(summarize, "read_recording", lambda *_: told)
    found = compared(recordings[:1], Wishes(), Asked())
    assert [one.movement.short_name for one in found] == ["bridge", "ball-curl"]
    assert [one.balance.left["reps"] for one in found] == [4, 4]


def test_a_leg_that_did_nothing_is_of_the_movement_of_the_other(
    known: History, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    generic = replace(SETUP, movement=movement_named("generic"), is_auto=True)
    reads = [read_recording(path, Wishes()) for path in recordings[:2]]
    left = replace(reads[0], setup=generic)
    right = replace(reads[1], setup=generic, events=(reads[1].summary,))
    for read in (left, right):
        known.add(read)
    (told,) = sessions_of(known.kept())[0].balances()
    by_path = {read.path: read for read in (left, right)}
    monkeypatch.setattr(summarize, "read_recording", lambda path, _: by_path[path])
    (found,) = compared(recordings[:2], Wishes(), Asked())
    assert found.movement.short_name == "bridge"
    assert found.balance.left["reps"] == told.left["reps"] == 4
    assert found.balance.right["reps"] == told.right["reps"] == 0


def test_only_sessions_with_both_legs_make_a_trend(known: History) -> None:
    sessions = sessions_of(known.kept())
    (points,) = trends_of(sessions).values()
    assert [point.day for point in points] == [sessions[0].day]


def _kept(started_utc: str, duration_s: float) -> Kept:
    return Kept(Path("x"), started_utc, "single-leg-bridge", duration_s, (), ())


def test_recordings_within_an_hour_of_the_last_ones_end_are_one_session() -> None:
    kept = [
        _kept("2026-03-01T10:00:00+00:00", 1800.0),
        _kept("2026-03-01T10:05:00+00:00", 60.0),
        _kept("2026-03-01T11:29:59+00:00", 60.0),
        _kept("2026-03-01T12:31:00+00:00", 60.0),
    ]
    assert [len(session.recordings) for session in sessions_of(kept)] == [3, 1]
