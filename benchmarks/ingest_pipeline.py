"""The pipeline in one process, from bytes to events and a recording: its time and its memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.ingest_live import HELLO, MOVEMENT, rss_mb, simulated
from imu_reps.core.frames import Header, Piece
from imu_reps.devices.imu_reps_frame import DEVICE, encode_hello, encode_sample
from imu_reps.session.sensors.sensor import Sensor
from imu_reps.session.setup import Wishes, setup
from imu_reps.session.stream.live import live

HOURS, HOUR_S = 24, 3600.0
SESSION_S = 300.0
"""Some minutes of sets, again and again."""

FRAMES_A_PIECE = 10
"""A tenth of a second: what a port gives a program that has something else to do, too."""

TIMED_S = 600.0


def delays(rates_hz: tuple[int, ...] = (100, 1000)) -> Iterator[list[object]]:
    """Rows a rate: how long a piece of one frame takes, and how long one that makes an event."""
    for rate_hz in rates_hz:
        took_s: list[float] = []
        with_events: set[int] = set()
        for _ in _events(_timed(_pieces(rate_hz, TIMED_S, 1), took_s), rate_hz):
            with_events.add(len(took_s))
        eventful_s = [took_s[piece] for piece in with_events if piece < len(took_s)]
        yield [
            f"{rate_hz} Hz",
            "all pieces",
            *_spread(took_s),
            f"{100 * sum(took_s) / TIMED_S:.1f} %",
        ]
        yield [f"{rate_hz} Hz", "those with an event", *_spread(eventful_s), ""]


def _spread(took_s: list[float]) -> list[str]:
    parts = (f"{1e3 * np.percentile(took_s, part):.2f} ms" for part in (50, 99, 100))
    return [f"{len(took_s):,}", *parts]


def memory(hours: int = HOURS) -> Iterator[list[object]]:
    """A row some hours: what the process holds after so much of a 100 Hz sensor."""
    told: list[tuple[float, float]] = []
    begin_s = time.perf_counter()
    for _ in _events(_watched(_pieces(100, hours * HOUR_S, FRAMES_A_PIECE), told), 100):
        pass
    passed_s = time.perf_counter() - begin_s
    for hour in (1, 2, 6, 12, 18, 24):
        held_mb = [mb for at_s, mb in told if at_s <= hour * HOUR_S]
        if hour <= hours and held_mb:
            yield [f"{hour} h", f"{held_mb[-1]:.1f} MB"]
    yield ["time for all", f"{passed_s:.0f} s"]


def _events(pieces: Iterator[Piece], rate_hz: int) -> Iterator[object]:
    chosen = setup(Wishes(MOVEMENT.name, "left", "thigh"), Header())
    with TemporaryDirectory() as folder:
        sensor = Sensor(pieces, DEVICE, float(rate_hz))
        sensor.listen(lambda: False)
        yield from live(sensor, chosen, Path(folder) / "a.imu.csv", lambda: False)


def _pieces(rate_hz: int, lasts_s: float, frames_a_piece: int) -> Iterator[Piece]:
    """What a port would give, arriving when it is sent; counter and clock never stop."""
    frames = simulated(rate_hz, min(lasts_s, SESSION_S)).frames
    values = frames.values
    step_us = round(1e6 / rate_hz)
    yield Piece(b"\0" + encode_hello(HELLO | {"rate_hz": rate_hz}), 0)
    for first in range(0, round(lasts_s * rate_hz), frames_a_piece):
        rows = range(first, first + frames_a_piece)
        sent = (encode_sample(i, i * step_us, values[i % len(values)].tolist()) for i in rows)
        yield Piece(b"".join(sent), rows[-1] * step_us)


def _timed(pieces: Iterator[Piece], took_s: list[float]) -> Iterator[Piece]:
    """The pieces; from one to the demand for the next all that it caused has been done."""
    for piece in pieces:
        begin_s = time.perf_counter()
        yield piece
        took_s.append(time.perf_counter() - begin_s)


def _watched(pieces: Iterator[Piece], told: list[tuple[float, float]]) -> Iterator[Piece]:
    every_us, next_us = round(HOUR_S * 1e6) // 12, 0
    for piece in pieces:
        if piece.host_us >= next_us:
            told.append((piece.host_us / 1e6, rss_mb()))
            next_us += every_us
        yield piece
