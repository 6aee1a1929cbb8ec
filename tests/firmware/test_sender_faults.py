"""The sketch when something is wrong: it says so, goes on, and every tick is accounted for."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from tests.firmware.uno import EASY, Built, counted, heard, live, served, truth_of, uno

MISSING = "no sensor answers at 0x68 or 0x69: check VCC, GND, SDA and SCL"
FREED = "the I2C bus was hung and has been freed"
STUCK = "the I2C bus is hung and cannot be freed"


def test_a_sensor_that_is_missing_at_boot_is_told_of_and_counted_when_it_comes(
    at_40_hz: Built, tmp_path: Path
) -> None:
    found, _ = counted(at_40_hz, EASY, 40, tmp_path, absent=3.2)
    assert f"the sensor says: {MISSING}" in found.said
    assert "the sensor says: MPU6050 found at 0x68" in found.said
    assert found.said.count(MISSING) == 1
    assert found.reps == truth_of(EASY)[0]
    assert found.summary["lost_samples"] == 0
    assert found.values == served(tmp_path)[: len(found.values)]


def test_without_a_sensor_there_are_hellos_and_words_but_no_samples(built: Built) -> None:
    host, _ = heard(built, EASY, 400, absent=1e9, after=-1e9 + 5)
    assert host.seq == []
    assert {hello["sensor"] for hello in host.hellos} == {"none"}
    assert host.frames(0) >= 2
    assert host.decoder.words.count(MISSING) >= 4


def test_a_hung_bus_is_freed_and_costs_one_sample(at_40_hz: Built, tmp_path: Path) -> None:
    found, report = counted(at_40_hz, EASY, 40, tmp_path, hang=12)
    assert f"the sensor says: {FREED}" in found.said
    assert report["scl_pulses"] == 9 + 1
    assert found.reps == truth_of(EASY)[0]
    assert found.summary["lost_samples"] == 1
    assert found.values == served(tmp_path)[: len(found.values)]


def test_a_bus_that_cannot_be_freed_is_told_of(built: Built) -> None:
    host, report = heard(built, EASY, 100, hang=2, pulses=1_000_000)
    assert any(STUCK in word for word in host.decoder.words)
    assert len(host.seq) == pytest.approx(200, abs=3)
    assert host.hellos[-1]["sensor"] == "none"
    assert host.decoder.bad_frames == 0
    status = host.decoder.status
    assert status is not None
    assert status.sensor_errors == pytest.approx(report["ticks"] - len(host.seq), abs=250)


def test_a_bus_that_is_freed_late_goes_on_in_the_same_count(built: Built) -> None:
    # 18 clock pulses a try, two tries a second: free after two and a half seconds.
    host, report = heard(built, EASY, 100, hang=2, pulses=100)
    assert host.decoder.words[-1] == "MPU6050 found at 0x68"
    seq = np.array(host.seq)
    (gap,) = np.flatnonzero(np.diff(seq) > 1)
    lost = int(seq[gap + 1] - seq[gap]) - 1
    assert 200 < lost < 400
    assert len(seq) + lost == pytest.approx(report["ticks"], abs=1)
    took_us = host.t_us[gap + 1] - host.t_us[gap]
    assert took_us == pytest.approx((lost + 1) * 10_000, abs=2_000)


def test_a_sensor_that_lost_its_power_is_set_up_again(at_40_hz: Built, tmp_path: Path) -> None:
    found, report = counted(at_40_hz, EASY, 40, tmp_path, restart=12)
    assert "MPU6050 had lost its settings: set up again" in found.said
    assert found.reps == truth_of(EASY)[0]
    assert found.summary["lost_samples"] == 3
    assert report["registers"]["1C"] == 8
    assert [0, 0, 0] not in [row[:3] for row in found.values]


def test_a_line_that_is_too_slow_loses_whole_frames_and_says_so(
    at_9600_baud: Built, at_100_hz: Path, tmp_path: Path
) -> None:
    found, report = counted(at_9600_baud, at_100_hz, 100, tmp_path)
    assert "damaged" not in found.said
    assert "9600 baud carry 41 a second, the rate is 100 Hz" in found.said
    arrived, lost = len(found.rows), found.summary["lost_samples"]
    assert arrived + lost == found.rows[-1][0] - found.rows[0][0] + 1
    # What is still in the ring and on the line at the end is neither: under a second of ticks.
    assert 0 <= report["ticks"] - arrived - lost <= 100
    assert arrived / (arrived + lost) == pytest.approx(0.37, abs=0.04)
    assert np.all(np.diff([row[0] for row in found.rows]) > 0)
    read = served(tmp_path)
    assert found.values == [read[row[0]] for row in found.rows]
    assert found.reps == truth_of(at_100_hz)[0]


def test_what_was_dropped_is_in_the_status(at_9600_baud: Built) -> None:
    host, report = heard(at_9600_baud, EASY, 100)
    status = host.decoder.status
    assert status is not None
    assert status.sensor_errors == 0
    missing = report["ticks"] - len(host.seq)
    assert status.dropped_frames == pytest.approx(missing, abs=250)
    assert host.decoder.bad_frames == 0


SPEED = 8


@pytest.mark.parametrize("buffer", [0, 2000], ids=["kept", "lost"])
def test_a_host_that_stops_reading_for_five_seconds_knows_what_it_missed(
    built: Built,
    at_100_hz: Path,
    tmp_path: Path,
    buffer: int,
) -> None:
    """A computer keeps for a program what it does not read; a poor one forgets, here after 2 kB."""
    options: dict[str, object] = {"wait": 1, "speed": SPEED, "buffer": buffer}
    with (
        uno(built, at_100_hz, 100, served=tmp_path / "served", **options) as board,
        live(board.port, tmp_path / "live.imu.csv", "--movement", "bridge") as running,
    ):
        time.sleep(16 / SPEED)
        running.pause()
        time.sleep(5 / SPEED)
        running.go_on()
        report = board.report()
        time.sleep(0.5)
        found = running.end()
    loses = buffer > 0
    arrived, lost = len(found.rows), found.summary["lost_samples"]
    assert found.status == 130, found.said
    assert arrived + lost == found.rows[-1][0] - found.rows[0][0] + 1
    assert report["ticks"] - arrived - lost <= 1
    assert (lost > 0) == (report["bytes_lost"] > 0) == loses
    assert ("gap" in [event["event"] for event in found.events]) == loses
    assert np.all(np.diff([row[0] for row in found.rows]) > 0)
    read = served(tmp_path)
    assert found.values == [read[row[0]] for row in found.rows]
    if not loses:
        assert found.reps == truth_of(at_100_hz)[0]
