"""What the numbers of a sensor say of it."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.core.frames import Frames, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices.health import Health

LSB = 8192
SCALE = Scale(GRAVITY_MS2 / LSB, np.radians(1 / 65.5), seq_wrap=1 << 16, device_us_wrap=1 << 32)


def _frames(seconds: float, noise: float = 30.0, seed: int = 1, first: int = 0) -> Frames:
    """A sensor at rest, a hundred samples a second."""
    n = round(seconds * 100)
    rng = np.random.default_rng(seed)
    values = np.array([0, 0, LSB, 3, -2, 5]) + rng.normal(0, noise, (n, 6)).round()
    count = np.arange(first, first + n)
    return Frames(
        count * 10_000, values.astype(np.int64), count % (1 << 16), count * 10_000 % (1 << 32)
    )


def _told(*runs: Frames, bad_frames: int = 0, scale: Scale = SCALE) -> list[str]:
    health = Health(scale, 100.0)
    return [
        warn.code
        for run in runs
        for start in range(0, len(run), 10)
        for warn in health.update(run[start : start + 10], bad_frames)
    ]


def _with(frames: Frames, **columns: object) -> Frames:
    known = {name: getattr(frames, name) for name in ("host_us", "values", "seq", "device_us")}
    return Frames(**(known | columns))


def test_a_sound_sensor_at_rest_is_no_news() -> None:
    assert _told(_frames(60)) == []


def test_a_leg_that_moves_is_no_news() -> None:
    frames = _frames(60)
    swing = np.sin(np.arange(len(frames)) / 30)
    moved = frames.values + (np.outer(swing, [4000, 3000, 2000, 9000, 5000, 0])).astype(np.int64)
    assert _told(_with(frames, values=moved)) == []


def test_a_frozen_sensor_is_told_once_as_long_as_it_is_frozen() -> None:
    still, again = _frames(8, noise=0, first=300), _frames(8, noise=0, first=1400)
    assert _told(_frames(3), still) == ["frozen"]
    assert _told(_frames(3), still, _frames(3, first=1100), again) == ["frozen", "frozen"]


def test_printed_numbers_that_never_change_may_have_too_few_digits() -> None:
    still = _with(_frames(8), values=np.tile([0.01, -0.02, 0.99], (800, 1)))
    health = Health(Scale(GRAVITY_MS2, None), 100.0)
    looks = (still[start : start + 100] for start in range(0, 800, 100))
    (warn,) = [warn for look in looks for warn in health.update(look, 0)]
    assert "it prints too few digits or has hung" in warn.text


@pytest.mark.parametrize("axis", range(6))
def test_an_axis_at_the_end_of_its_range_is_told(axis: int) -> None:
    frames = _frames(5)
    values = frames.values.copy()
    values[200:230, axis] = -32768
    assert _told(_with(frames, values=values)) == ["saturated"]


def test_a_knock_is_no_saturation() -> None:
    frames = _frames(5)
    values = frames.values.copy()
    values[200:203, 0] = 32767
    assert _told(_with(frames, values=values)) == []


@pytest.mark.parametrize("factor", [0.5, 2.0, 0.102])
def test_gravity_of_a_wrong_length_is_told(factor: float) -> None:
    wrong = Scale(SCALE.acc_ms2 * factor, SCALE.gyr_rads, SCALE.seq_wrap, SCALE.device_us_wrap)
    assert _told(_frames(5), scale=wrong) == ["gravity"]


def test_a_cheap_sensors_gravity_is_no_news() -> None:
    wrong = Scale(SCALE.acc_ms2 * 1.1, SCALE.gyr_rads, SCALE.seq_wrap, SCALE.device_us_wrap)
    assert _told(_frames(5), scale=wrong) == []


def test_a_restart_is_told_and_a_wrap_is_not() -> None:
    before, after = _frames(5, first=5000), _frames(5, first=0)
    assert "restarted" in _told(before, after)
    wraps = _frames(5, first=(1 << 32) // 10_000 - 200)
    assert "restarted" not in _told(wraps)


def test_a_restart_while_it_was_away_is_no_news() -> None:
    health = Health(SCALE, 100.0)
    told = [*health.update(_frames(5, first=5000), 0)]
    health.after_a_gap()
    assert [*told, *health.update(_frames(5, first=0), 0)] == []


@pytest.mark.parametrize(("part", "told"), [(0.0, []), (0.005, []), (0.03, ["loss"])])
def test_what_is_lost_is_told_above_one_in_a_hundred(part: float, told: list[str]) -> None:
    frames = _frames(20)
    kept = np.arange(len(frames)) % round(1 / part) != 3 if part else np.ones(2000, dtype=bool)
    assert _told(frames[kept]) == told


def test_one_burst_is_no_lossy_line_and_many_are() -> None:
    frames = _frames(20)
    number = np.arange(len(frames))
    one, many = (number - 200) % 2000 >= 12, (number - 200) % 150 >= 12
    assert _told(frames[one]) == []
    assert _told(frames[many]) == ["loss"]


def test_damaged_frames_are_told_above_one_in_a_hundred() -> None:
    health = Health(SCALE, 100.0)
    frames = _with(_frames(6), seq=None)
    assert list(health.update(frames, bad_frames=3)) == []
    (loss,) = health.update(_with(_frames(6, first=600), seq=None), bad_frames=43)
    assert "damaged" in loss.text


def test_any_pieces_say_the_same() -> None:
    frames = _frames(8, noise=0)
    whole = Health(SCALE, 100.0)
    assert [warn.code for warn in whole.update(frames, 0)] == []
    assert _told(frames[:350], frames[350:]) == ["frozen"]
