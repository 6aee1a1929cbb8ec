"""The benchmarks still run, on less than they measure."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context

import numpy as np
import pytest

from benchmarks import (
    ingest_decoders,
    ingest_live,
    ingest_pipeline,
    limits,
    running_hold,
    screen_cpu,
)
from benchmarks.recognise import tried
from benchmarks.speed import training
from benchmarks.speed.endurance import held_bytes
from benchmarks.speed.processes import in_turn, ratio
from imu_reps.core.words import Leg, Mount
from imu_reps.motion.clock import DeviceClock
from imu_reps.movements import movement_named
from imu_reps.session.setup import Setup
from tests.devices.wires import WIRES


def test_three_hundred_random_streams_are_recognised() -> None:
    wrong = []
    for seed in range(90_000, 90_300):
        wire, device, found = tried(seed)
        answer = "none" if found is None else found.device.name
        wrong += [(seed, wire, answer)] if answer != device else []
    assert wrong == []


def test_every_decoder_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_decoders, "FRAMES", 200)
    monkeypatch.setattr(ingest_decoders, "TIMES", 1)
    assert [row[0] for row in ingest_decoders.rows()] == [wire.name for wire in WIRES]


def test_the_pipeline_is_timed_and_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_pipeline, "TIMED_S", 20.0)
    rates = [row[0] for row in ingest_pipeline.delays((100,))]
    assert rates == ["100 Hz", "100 Hz"]
    monkeypatch.setattr(ingest_pipeline, "HOUR_S", 20.0)
    told = list(ingest_pipeline.memory(1))
    assert [row[0] for row in told] == ["1 h", "time for all"]


def test_a_long_training_goes_on_where_a_piece_of_it_ends() -> None:
    piece = training.quarter_hour()
    clock = DeviceClock(piece.scale, training.RATE_HZ)
    count = 3 * training.PIECE
    time_s = np.concatenate(
        [clock.update(some).time_s for some in training.frames(piece, count, 7777)]
    )
    assert len(time_s) == count
    assert clock.lost_samples == 0
    assert np.diff(time_s).max() < 0.02


def test_processes_are_timed_in_turn() -> None:
    short, long = [sys.executable, "-c", "print(1)"], [sys.executable, "-c", "sum(range(10**7))"]
    runs = in_turn({"short": short, "long": long}, rounds=1)
    assert runs["short"][0].output == "1\n"
    assert ratio(runs["long"], runs["short"]) > 1


def test_what_objects_hold_is_counted_once() -> None:
    array = np.zeros(1000)
    assert 8000 < held_bytes([{"one": array, "again": array, "kind": np.ndarray}]) < 9000


def test_the_running_hold_is_compared_with_what_was_counted() -> None:
    setup = Setup(movement_named("bridge"), Leg.LEFT, Mount.THIGH)
    found = running_hold.result(setup, "clean", 900)
    assert found.holds == len(found.late_s) == 8
    assert found.said == 7
    assert found.false == 0


def test_a_session_on_a_terminal_is_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_live, "WARM_S", 1.0)
    whole = screen_cpu.bridges(1.0)
    run, written = screen_cpu.measured(replace(whole, frames=whole.frames[:300]), "40x12", [])
    assert run.cpu > 0
    assert written > 1000


def test_a_limit_is_moved_where_it_stands_and_wherever_it_is_used() -> None:
    found = limits.limits()
    assert len(set(found)) == len(found)
    full = limits.Limit("imu_reps.counting.limits", "FULL_PART")
    assert full in found
    assert full.value == 0.6
    with get_context("fork").Pool(1) as pool:
        assert pool.apply(_full_parts, ((full, 0.5),)) == [0.3, 0.3]
    assert _full_parts(None) == [0.6, 0.6]


def _full_parts(change: tuple[limits.Limit, float] | None) -> list[float]:
    limits.exact_with(change)
    rooms = ("imu_reps.counting.limits", "imu_reps.counting.sets")
    return [float(vars(import_module(room))["FULL_PART"]) for room in rooms]
