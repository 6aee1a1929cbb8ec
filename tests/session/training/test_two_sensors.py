"""`imu-reps live` with two sensors: each leg counted, recorded and captured, and both compared."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from imu_reps import replay as replayed
from imu_reps.core.events import Rep
from imu_reps.core.words import Leg
from tests.conftest import Live
from tests.ports.boards import Board
from tests.ports.boards import Told as ToldLines
from tests.session.bridging import bridges

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Board]:
    made = Board(tmp_path / "ttyUSB8")
    yield made
    made.unplug()


def test_both_legs_are_counted_recorded_and_compared(
    board: Board, other: Board, live: Live, tmp_path: Path
) -> None:
    ports = ["--port", f"left={board.port}", "--port", f"right={other.port}"]
    record = str(tmp_path / "mine.imu.csv")
    running = live(*ports, "--movement", "bridge", "--record", record, "--capture")
    for _ in Leg:
        running.says("listening")
    for each, leg in ((board, LEFT), (other, RIGHT)):
        each.send(bridges(leg).wire)
    for _ in Leg:
        running.tells('"number": 3')
    time.sleep(0.5)
    events = running.ended()
    (summary,) = (event for event in events if event["event"] == "summary")
    assert [total["set"] for total in summary["sets"]] == [1, 2]
    assert {total["leg"]: total["reps"] for total in summary["sets"]} == {"left": 4, "right": 4}
    recordings = sorted(tmp_path.glob("*.imu.csv"))
    assert [path.name for path in recordings] == ["mine-left.imu.csv", "mine-right.imu.csv"]
    headers = [path.read_text().split("\n", 1)[0] for path in recordings]
    assert [f'"leg": "{leg}"' in head for leg, head in zip(Leg, headers, strict=True)] == [True] * 2
    captures = sorted(tmp_path.glob("*.imu.raw"))
    assert [path.name for path in captures] == ["mine-left.imu.raw", "mine-right.imu.raw"]
    reps = [e for path in captures for e in replayed(path) if isinstance(e, Rep)]
    assert [rep.leg for rep in reps] == [LEFT] * 4 + [RIGHT] * 4


def test_captures_must_know_the_legs(board: Board, other: Board, live: Live) -> None:
    running = live("--port", board.port, "--port", other.port, "--capture")
    assert running.process.wait(timeout=30) == 2
    assert "--port left=" in running.err.rest()[-1]


def test_the_balance_stands_at_the_end_for_a_person(
    board: Board, other: Board, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "imu_reps", "live", "--movement", "bridge"]
    process = subprocess.Popen(
        [*command, "--port", f"right={board.port}", "--port", other.port],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path)},
    )
    out, err = ToldLines(process.stdout), ToldLines(process.stderr)
    try:
        assert err.until("listening")
        assert err.until("listening")
        for each, leg in ((board, RIGHT), (other, LEFT)):
            each.send(bridges(leg).wire)
        for _ in Leg:
            assert out.until("rep   3")
        time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    told = "\n".join(out.rest())
    assert "single-leg-bridge, left leg, thigh: 4 reps" in told
    assert "not a diagnosis" in told
    assert err.rest()


def test_without_legs_the_one_that_is_moved_is_the_left_one(
    board: Board, other: Board, live: Live
) -> None:
    lying, lifted = bridges(LEFT).wire, bridges(RIGHT).wire
    running = live("--port", board.port, "--port", other.port, "--movement", "bridge")
    for _ in Leg:
        running.says("listening")
    # The second one is lifted as in a bridge, while the first one lies still.
    first_s = len(lying) // 8
    board.send(lying[: lying.index(b"\0", first_s) + 1] * 4)
    other.send(lifted)
    running.says("Lift the left leg")
    running.says("that is the left one")
    board.send(lying)
    events = running.ended()
    assert events[-1]["event"] == "summary"


def test_a_plan_of_two_movements_is_two_recordings_of_each_leg(
    board: Board, other: Board, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    exercise = '[[exercise]]\nmovement = "{}"\nlegs = ["{}"]\nreps = 4\nrest_s = 1\n'
    plan.write_text(exercise.format("bridge", "left") + exercise.format("generic", "right"))
    home = tmp_path / "home"
    command = [sys.executable, "-m", "imu_reps", "live", "--plan", str(plan)]
    process = subprocess.Popen(
        [*command, "--port", f"left={board.port}", "--port", f"right={other.port}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"XDG_DATA_HOME": str(home)},
    )
    out, err = ToldLines(process.stdout), ToldLines(process.stderr)
    try:
        for _ in Leg:
            assert err.until("listening")
        board.send(bridges(LEFT).wire)
        other.send(bridges(RIGHT).before(3.0))
        assert out.until("4, set done")
        assert err.until("recording to")
        for _ in Leg:
            assert err.until("generic")
        other.send(bridges(RIGHT).after(3.0))
        assert out.until("set 2 begins: generic, right leg")
        assert out.until("4, set done")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    told = "\n".join(out.rest())
    assert "set 1   single-leg-bridge, left leg, thigh: 4 reps" in told
    assert "set 2   generic, right leg, thigh: 4 reps" in told
    made = sorted(path.name.split("-", 3)[-1] for path in home.rglob("*.imu.csv"))
    assert len(made) == 4
