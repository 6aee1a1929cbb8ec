"""The sketch, run on a simulated Uno: what it counts, what it sends, and what it costs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from imu_reps.devices.imu_reps_frame import HELLO, STATUS, Status
from tests.firmware.frame_tool import PROTOCOL
from tests.firmware.uno import (
    EASY,
    HARD,
    Built,
    build,
    copied,
    counted,
    heard,
    rows_of,
    served,
    truth_of,
)

FLASH_BYTES, RAM_BYTES = 32256, 2048
"""What an Uno has, less half a kilobyte for the boot loader."""


@pytest.mark.parametrize("recording", [EASY, HARD], ids=["easy", "hard"])
def test_live_counts_a_recording_exactly(at_40_hz: Built, recording: Path, tmp_path: Path) -> None:
    found, report = counted(at_40_hz, recording, 40, tmp_path)
    assert found.status == 130, found.said
    assert (found.reps, found.partials) == truth_of(recording)
    assert found.summary["lost_samples"] == 0
    assert "damaged" not in found.said
    rows, read = found.values, served(tmp_path)
    assert found.summary["samples"] == len(rows)
    assert rows == read[: len(rows)]
    assert 0 <= report["ticks"] - len(rows) <= 1
    assert rows[: report["rows"]] == rows_of(recording)


def test_run_by_hand_it_ends_by_itself_and_leaves_nothing_in_the_history(tmp_path: Path) -> None:
    build(tmp_path / "needed")
    recording, home = tmp_path / "short.imu.csv", tmp_path / "home"
    recording.write_text("".join(EASY.read_text().splitlines(keepends=True)[:200]))
    done = subprocess.run(
        [sys.executable, PROTOCOL / "simavr" / "run.py", recording],
        env=os.environ | {"XDG_DATA_HOME": str(home), "TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "summary" in done.stdout
    assert len(list(tmp_path.glob("simulated-uno-*/live.imu.csv"))) == 1
    assert not home.exists()


def test_at_100_hz_it_counts_as_exactly(built: Built, at_100_hz: Path, tmp_path: Path) -> None:
    found, _ = counted(built, at_100_hz, 100, tmp_path)
    assert (found.reps, found.partials) == truth_of(at_100_hz)
    assert found.summary["lost_samples"] == 0
    assert found.values == served(tmp_path)[: len(found.values)]


@pytest.mark.parametrize("rate_hz", [25, 50, 100, 200])
def test_the_host_sets_the_rate(built: Built, rate_hz: int) -> None:
    host, report = heard(built, EASY, rate_hz * 2, say=f"r{rate_hz}\n", after=0.1)
    assert host.hellos[-1]["rate_hz"] == rate_hz
    assert f"rate is {rate_hz} Hz" in host.decoder.words
    steps_us = np.diff(host.t_us[5:])
    assert np.median(steps_us) == pytest.approx(1e6 / rate_hz, rel=1e-3)
    assert abs(steps_us - 1e6 / rate_hz).max() < 1500
    assert np.all(np.diff(host.seq) == 1)
    low_pass = {25: 5, 50: 4, 100: 3, 200: 2}[rate_hz]
    assert report["registers"] == {"19": 0, "1A": low_pass, "1B": 8, "1C": 8, "1D": 0, "6B": 1}


def test_a_rate_that_cannot_be_had_is_refused(built: Built) -> None:
    host, _ = heard(built, EASY, 400, say="r400\nr5\nrubbish")
    assert {hello["rate_hz"] for hello in host.hellos} == {100}
    refusals = [word for word in host.decoder.words if "no such rate" in word]
    assert refusals
    assert refusals[0] == "no such rate: 25 to 200 Hz can be had, 100 stays"


def test_it_tells_of_itself(built: Built) -> None:
    host, report = heard(built, EASY, 100, say="??")
    assert host.hellos[-1] == {
        "protocol": 1,
        "firmware": "1.0.0",
        "sensor": "MPU6050",
        "rate_hz": 100,
        "acc_lsb_per_g": 8192,
        "gyr_lsb_per_dps": 65.5,
        "id": "1",
    }
    assert "MPU6050 found at 0x68" in host.decoder.words
    every_2_s = int(report["seconds"] / 2)
    assert every_2_s + 1 <= host.frames(HELLO) <= every_2_s + 4
    assert every_2_s - 1 <= host.frames(STATUS) <= every_2_s
    assert host.decoder.status == Status(5001, 3303, 0, 0)
    assert host.data[0] == 0
    assert host.decoder.bad_frames == 0


def test_a_6500_at_the_second_address_is_set_up_as_one(built: Built) -> None:
    host, report = heard(built, EASY, 1000, address=0x69, who=0x70)
    assert host.decoder.words == ["MPU6500 found at 0x69"]
    assert host.hellos[-1]["sensor"] == "MPU6500"
    assert report["registers"]["1D"] == report["registers"]["1A"] == 3
    assert len(host.seq) > 200


def test_an_id_can_be_given(built: Built, tmp_path: Path) -> None:
    other = build(copied(built.folder, tmp_path / "other"), 'ID="left"')
    host, _ = heard(other, EASY, 1000)
    assert host.hellos[-1]["id"] == "left"


@pytest.mark.parametrize("rate_hz", [100, 200])
def test_it_fits_and_has_time_to_spare(
    built: Built, rate_hz: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report = heard(built, EASY, rate_hz, say=f"r{rate_hz}\n")
    flash, variables = built.sizes()
    ram = RAM_BYTES - report["ram_untouched"]
    worst_us, period_us = report["busy_worst_us"], 1e6 / rate_hz
    with capsys.disabled():
        print(
            f"\nUno at {rate_hz} Hz: flash {flash} of {FLASH_BYTES} bytes, RAM {variables}, with "
            f"the deepest stack {ram} of {RAM_BYTES}; a sample takes {report['busy_mean_us']:.0f}, "
            f"at the most {worst_us:.0f} of {period_us:.0f} us, and is read at the most "
            f"{report['read_late_worst_us']:.0f} us after its tick"
        )
    assert flash < FLASH_BYTES / 2
    assert ram < RAM_BYTES * 0.75
    assert worst_us < period_us


def test_the_readme_has_what_it_costs(built: Built) -> None:
    """To a tenth: another version of the compiler makes another number of bytes."""
    _, report = heard(built, EASY, 100)
    readme = (PROTOCOL / "imu_reps_sender" / "README.md").read_text(encoding="utf-8")
    flash, variables = built.sizes()
    measured = {
        "flash": flash,
        "RAM, variables": variables,
        "RAM with the deepest stack": RAM_BYTES - report["ram_untouched"],
        "awake for a sample, mean": report["busy_mean_us"],
        "awake for a sample, worst (with a hello)": report["busy_worst_us"],
    }
    for name, value in measured.items():
        row = re.search(rf"^\| {re.escape(name)} \|[^|]*\| (\d+)", readme, re.MULTILINE)
        assert row is not None, name
        assert int(row[1]) == pytest.approx(value, rel=0.1), name
