"""The benchmarks still run, on less than they measure."""

from __future__ import annotations

import pytest

from benchmarks import ingest_decoders, ingest_pipeline
from benchmarks.recognise import tried
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
