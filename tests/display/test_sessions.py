"""Whole sessions on a pseudo-terminal sensor and the real application, led by the pilot's keys."""

from __future__ import annotations

from pathlib import Path

from imu_reps.core.events import Rep, Summary
from imu_reps.core.words import Leg, Mount
from imu_reps.session.afterwards.reading import read_recording
from imu_reps.session.coaching.cues import Kind
from imu_reps.session.coaching.stage import Stage
from imu_reps.session.planning.plan import Exercise, Plan, Target, free
from imu_reps.session.setup import Setup, Wishes
from imu_reps.session.stream.replay import replay
from tests.display.staged import BRIDGE, Staged, wires
from tests.ports.boards import Board

SETUP = Setup(BRIDGE, Leg.LEFT, Mount.THIGH)


def test_both_legs_with_every_key(board: Board, tmp_path: Path) -> None:
    sets = wires(3, rest_s=30.0)
    left, right = next(sets), next(sets)
    target = Target(reps=3, hold_s=1.0)
    plan = Plan((Exercise(SETUP, tuple(Leg), 1, target, rest_s=25.0),))

    async def script(staged: Staged) -> None:
        await staged.until(lambda: staged.view.stage is Stage.REST)
        await staged.shows("now the right leg: move the strap")
        await staged.shows("of REST left")
        await staged.pilot.press("u")
        await staged.shows("1 to go")
        await staged.pilot.press("+")
        await staged.until(lambda: staged.view.stage is Stage.REST)
        await staged.pilot.press("m", "space")
        await staged.shows("PAUSED")
        await staged.pilot.press("space")
        await staged.until(lambda: not staged.view.is_paused)
        staged.send(left.rest)
        await staged.shows("RIGHT leg  set 1 of 1")
        await staged.until(lambda: staged.view.stage is Stage.READY)
        staged.send(right.reps)
        await staged.is_over()

    staged = Staged(board, tmp_path, plan)
    staged.play(left, script)
    reps = [(event.leg, event.number) for event in staged.events if isinstance(event, Rep)]
    assert reps == [(leg, number) for leg in Leg for number in (1, 2, 3)]
    assert isinstance(staged.events[-1], Summary)
    assert staged.events[-1].lost_samples == 0
    said = [text for kind, text in staged.said if kind is not Kind.TICK]
    for text in (
        "left leg, set 1 of 1 begins",
        "3, set done",
        "rest 25 s; now the right leg: move the strap",
        "taken back: 2",
        "marked",
        "on again",
        "rest over: right leg, set 1 of 1",
        "right leg, set 1 of 1 begins",
        "all sets are done",
    ):
        assert text in said
    assert sum(kind is Kind.HOLD for kind, _ in staged.said) >= 3
    (path,) = staged.paths
    read = read_recording(path, Wishes())
    assert [label.action for label in read.labels] == ["remove", "undo"]
    assert sum(isinstance(event, Rep) for event in read.events) == 6
    assert list(replay(path))[:-1] == staged.events[:-1]


def test_undo_and_finish_hold_in_the_recording(board: Board, tmp_path: Path) -> None:
    (left,) = [next(wires(3, rest_s=1.0))]

    async def script(staged: Staged) -> None:
        await staged.until(lambda: staged.view.reps == 3)
        await staged.pilot.press("u")
        await staged.until(lambda: staged.view.reps == 2)
        await staged.pilot.press("q")
        await staged.is_over()

    staged = Staged(board, tmp_path, free(SETUP))
    staged.play(left, script)
    assert sum(isinstance(event, Rep) for event in staged.events) == 3
    read = read_recording(staged.paths[0], Wishes())
    assert [done.reps for done in read.summary.sets] == [2]


def test_a_stalled_screen_loses_nothing(board: Board, tmp_path: Path) -> None:
    sets = wires(4, rest_s=30.0)
    first, second = next(sets), next(sets)

    async def script(staged: Staged) -> None:
        await staged.until(lambda: staged.view.reps == 4)
        staged.send(first.rest)
        staged.send(second.reps)
        staged.stalled_until(lambda: staged.has_recorded_all)
        await staged.until(lambda: staged.view.step.number == 2 and staged.view.reps == 4)
        await staged.shows("set 2")
        await staged.pilot.press("q")
        await staged.is_over()

    staged = Staged(board, tmp_path, free(SETUP))
    staged.play(first, script)
    summary = staged.events[-1]
    assert isinstance(summary, Summary)
    assert summary.lost_samples == 0
    assert [total.reps for total in summary.sets] == [4, 4]
