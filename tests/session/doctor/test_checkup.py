"""The checks of `doctor` on what a sensor sent: each must be able to find its fault."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imu_reps.core.frames import Piece
from imu_reps.devices.recognise import recognise
from imu_reps.session.doctor.checkup import Finding, checked
from imu_reps.session.sensors.spoken import said
from tests.devices.wires import WIRES, Told, Wire

NATIVE, RVC, WIT = (
    next(wire for wire in WIRES if wire.name == name)
    for name in ("native with hello", "bno08x", "wit 51 52 53")
)


def _resting(n: int = 500, rate_hz: float = 100.0) -> Told:
    rng = np.random.default_rng(6)
    acc = rng.normal([0.1, 0.2, 0.97], 0.004, (n, 3))
    return Told(acc, rng.normal([0.5, -1.0, 0.2], 0.1, (n, 3)), rate_hz)


def _pieces(told: Told, wire: Wire = NATIVE, each_us: float = 10_000) -> list[Piece]:
    frames = [wire.before, *wire.frames(told), wire.after]
    return [Piece(frame, round(i * each_us)) for i, frame in enumerate(frames)]


def _findings(pieces: list[Piece]) -> dict[str, Finding]:
    found = recognise(pieces)
    assert found is not None
    return {finding.check: finding for finding in checked(said(found, pieces))}


def _wrong(pieces: list[Piece]) -> dict[str, Finding]:
    return {name: found for name, found in _findings(pieces).items() if not found.is_ok}


@pytest.mark.parametrize("wire", [NATIVE, RVC, WIT], ids=lambda wire: wire.name)
def test_a_sound_sensor_at_rest_has_nothing_wrong(wire: Wire) -> None:
    found = _findings(_pieces(_resting(), wire))
    assert [finding for finding in found.values() if not finding.is_ok] == []
    assert list(found) == [
        "rate",
        "loss",
        "gravity",
        "gyro bias",
        "frozen axes",
        "saturated axes",
        "clock",
    ]
    assert "100 samples a second" in found["rate"].text


def test_a_slow_sensor_is_told() -> None:
    wrong = _wrong(_pieces(_resting(60, 10.0), WIT, 100_000))
    assert list(wrong) == ["rate"]


def test_a_rate_that_is_not_the_declared_one_is_told() -> None:
    wrong = _wrong(_pieces(_resting(300, 60.0), NATIVE, 1e6 / 60))
    assert list(wrong) == ["rate"]
    assert "says 100" in wrong["rate"].text


def test_losses_and_damage_are_told() -> None:
    pieces = _pieces(_resting())
    lossy = [piece for i, piece in enumerate(pieces) if i < 5 or i % 20]
    assert list(_wrong(lossy)) == ["loss"]
    damaged = [
        Piece(p if i % 20 or i < 5 else p[:5] + b"\7" + p[6:], us)
        for i, (p, us) in enumerate(pieces)
    ]
    assert "loss" in _wrong(damaged)


def test_a_moving_sensor_cannot_be_judged() -> None:
    told = _resting()
    told.acc_g[:, 0] += np.sin(np.arange(500) / 10)
    assert list(_wrong(_pieces(told))) == ["gravity", "gyro bias"]


def test_a_sensor_that_rests_for_a_second_can_be_judged() -> None:
    told = _resting()
    told.acc_g[:300, 0] += np.sin(np.arange(300) / 10)
    assert _wrong(_pieces(told)) == {}


def test_a_wrong_range_is_told_apart_from_a_bad_calibration() -> None:
    told = _resting()
    half, off = replace(told, acc_g=told.acc_g / 2), replace(told, acc_g=told.acc_g * 1.25)
    assert "range" in str(_wrong(_pieces(half))["gravity"].mend)
    assert "calibrate" in str(_wrong(_pieces(off))["gravity"].mend)


def test_a_bias_too_large_to_take_out_is_told() -> None:
    told = _resting()
    told.gyr_dps[:, 1] += 15
    assert list(_wrong(_pieces(told))) == ["gyro bias"]


def test_frozen_and_saturated_axes_are_told() -> None:
    told = _resting()
    told.gyr_dps[:, 2] = 0.0
    assert list(_wrong(_pieces(told))) == ["frozen axes"]
    told = _resting()
    told.gyr_dps[100:110, 2] = 600.0
    assert "saturated axes" in _wrong(_pieces(told))


def test_a_clock_that_is_wrong_is_told() -> None:
    fast = _pieces(_resting(500, 100.0), NATIVE, 9_500)
    assert "clock" in _wrong(fast)
    pieces = _pieces(_resting())
    doubled = [piece for piece in pieces for _ in range(2)]
    assert "clock" in _wrong(doubled)
