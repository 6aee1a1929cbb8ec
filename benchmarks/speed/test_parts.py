"""The parts one by one: `pytest benchmarks/speed/test_parts.py`, or all of `benchmarks.speed`.

Each tells in `extra_info` how many samples it takes, and whether it is on the way of a live one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from vqf import VQF

from benchmarks.speed import training
from imu_reps.core.frames import Frames
from imu_reps.core.samples import Samples, joined
from imu_reps.counting import RepCounter
from imu_reps.devices.imu_reps_frame import FrameDecoder, encode_sample
from imu_reps.formats import format_of, open_recording
from imu_reps.motion.clock import DeviceClock
from imu_reps.motion.tracker import PoseTracker

MANY, SOME = 400_000, 20_000
STILL = 400
"""Of the training: nobody moves yet."""

WHOLE, LIVE = 10_000, 10
"""Samples in a chunk: from a file, and as they come from a sensor."""


class Benchmark(Protocol):
    """What is asked of the fixture of pytest-benchmark, which tells no types itself."""

    extra_info: dict[str, object]

    def pedantic(self, job: Callable[[], object], *, rounds: int, warmup_rounds: int) -> object: ...


def _measured(
    benchmark: Benchmark, samples: int, job: Callable[[], object], chunk: int = WHOLE
) -> None:
    benchmark.extra_info |= {"samples": samples, "is_live": chunk == LIVE}
    benchmark.pedantic(job, rounds=5, warmup_rounds=1)


def _fed(stage: PoseTracker | RepCounter, chunks: list[Samples]) -> None:
    for chunk in chunks:
        stage.update(chunk)


def _counter() -> RepCounter:
    return RepCounter(training.MOVEMENT, training.LEG, training.MOUNT)


def _frames(path: Path) -> list[Frames]:
    with open_recording(path) as recording:
        return [item for item in recording if isinstance(item, Frames)]


@pytest.mark.parametrize("name", ["a.csv", "a.imu.csv"])
def test_reading(name: str, benchmark: Benchmark, tmp_path: Path) -> None:
    path = training.written(tmp_path / name, training.PIECE, training.quarter_hour())
    _measured(benchmark, training.PIECE, lambda: _frames(path))


def test_vqf_alone(benchmark: Benchmark) -> None:
    whole = joined(training.samples(training.quarter_hour(), MANY, WHOLE))
    gyr, acc = np.ascontiguousarray(whole.gyr_rads), np.ascontiguousarray(whole.acc_ms2)
    _measured(benchmark, MANY, lambda: VQF(1 / training.RATE_HZ).updateBatch(gyr, acc))


@pytest.mark.parametrize(("chunk", "count"), [(WHOLE, MANY), (LIVE, SOME)])
def test_clock(chunk: int, count: int, benchmark: Benchmark) -> None:
    frames = list(training.frames(training.quarter_hour(), count, chunk))
    scale = training.quarter_hour().scale

    def told() -> None:
        clock = DeviceClock(scale, training.RATE_HZ)
        for some in frames:
            clock.update(some)

    _measured(benchmark, count, told, chunk)


@pytest.mark.parametrize(("chunk", "count"), [(WHOLE, MANY), (LIVE, SOME)])
def test_motion(chunk: int, count: int, benchmark: Benchmark) -> None:
    chunks = training.samples(training.quarter_hour(), count, chunk)
    _measured(benchmark, count, lambda: _fed(PoseTracker(), chunks))


@pytest.mark.parametrize(("chunk", "count"), [(WHOLE, MANY), (LIVE, SOME)])
def test_motion_and_counting(chunk: int, count: int, benchmark: Benchmark) -> None:
    chunks = training.samples(training.quarter_hour(), count, chunk)
    _measured(benchmark, count, lambda: _fed(_counter(), chunks), chunk)


def test_motion_and_counting_at_rest(benchmark: Benchmark) -> None:
    whole = training.quarter_hour()
    still = training.Piece(whole.header, whole.frames[:STILL])
    chunks = training.samples(still, MANY, WHOLE)
    _measured(benchmark, MANY, lambda: _fed(_counter(), chunks))


def test_decoding(benchmark: Benchmark) -> None:
    wire = [
        b"".join(map(_frame, _rows(some)))
        for some in training.frames(training.quarter_hour(), SOME, LIVE)
    ]

    def decoded() -> None:
        decoder = FrameDecoder()
        for data in wire:
            decoder.feed(data, 0)

    _measured(benchmark, SOME, decoded, LIVE)


def test_recording(benchmark: Benchmark, tmp_path: Path) -> None:
    frames = list(training.frames(training.quarter_hour(), SOME, LIVE))
    header = training.quarter_hour().header
    paths = (tmp_path / f"{number}.imu.csv" for number in range(100))

    def recorded() -> None:
        path = next(paths)
        with format_of(path).create(path, header) as writer:
            for some in frames:
                writer.write(some)

    _measured(benchmark, SOME, recorded, LIVE)


def _rows(some: Frames) -> list[tuple[int, int, list[int]]]:
    assert some.seq is not None
    assert some.device_us is not None
    values: list[list[int]] = some.values.tolist()
    return list(zip(some.seq.tolist(), some.device_us.tolist(), values, strict=True))


def _frame(row: tuple[int, int, list[int]]) -> bytes:
    return encode_sample(*row)
