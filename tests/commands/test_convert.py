"""`imu-reps convert` between formats, as it is typed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from imu_reps.commands import imu_reps
from imu_reps.core.errors import BadInput, BadUsage
from tests.formats import examples


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(imu_reps, [str(word) for word in words], catch_exceptions=True)


@pytest.mark.parametrize("suffix", [".imu.csv", ".csv", ".npz", ".parquet"])
@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda example: example.name)
def test_others_files_become_ours(example: examples.Example, suffix: str, tmp_path: Path) -> None:
    source = example.write(tmp_path, examples.samples())
    target, table = tmp_path / f"out{suffix}", tmp_path / "again.csv"
    assert _run("convert", source, target, "--leg", "right").exit_code == 0
    assert _run("convert", target, table).exit_code == 0
    assert len(table.read_text().splitlines()) == 61


LEFT = Path(__file__).parents[2] / "recordings" / "bridge-thigh-left-easy.imu.csv"


def _eventful(folder: Path) -> Path:
    """A recording with a change of the leg, a mark, labels, and no end."""
    path = folder / "eventful.imu.csv"
    lines = LEFT.read_text().splitlines(keepends=True)[:-1]
    lines.insert(800, '# @1 {"event": "leg", "leg": "right"}\n')
    lines.insert(300, '# @1 {"event": "mark"}\n')
    path.write_text("".join(lines))
    assert _run("label", path, "--remove", "5", "--partial", "10").exit_code == 0
    return path


def _rows(path: Path) -> list[str]:
    """What is exported of it, without the name of the file."""
    lines = _run("export", path).stdout.splitlines()
    return [line.partition(",")[2] for line in lines]


@pytest.mark.parametrize("suffix", [".imu.csv", ".npz", ".parquet"])
def test_events_and_corrections_are_the_same_in_another_format(suffix: str, tmp_path: Path) -> None:
    source, target = _eventful(tmp_path), tmp_path / f"out{suffix}"
    assert _run("convert", source, target).exit_code == 0
    told, again = _run("replay", source, "--json"), _run("replay", target, "--json")
    assert again.stdout == told.stdout
    assert '"leg": "right"' in told.stdout
    assert '"interrupted"' in told.stdout
    assert _rows(target) == _rows(source)
    assert _rows(source) != _rows(LEFT)


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_a_device_without_a_clock_counts_the_same_in_another_format(
    suffix: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "a.imu.csv", tmp_path / f"out{suffix}"
    first, *rows = LEFT.read_text().splitlines(keepends=True)
    rows = [row if row[0] == "#" else row.replace(row.split(",")[1] + ",", "", 1) for row in rows]
    source.write_text("".join([first, *rows]))
    assert _run("convert", source, target).exit_code == 0
    assert _run("replay", target, "--json").stdout == _run("replay", source, "--json").stdout


def test_what_a_plain_table_leaves_out_is_told(tmp_path: Path) -> None:
    result = _run("convert", _eventful(tmp_path), tmp_path / "out.csv")
    assert result.stderr.splitlines()[-1] == (
        "a plain table holds no movement, leg or mount: name them when it is read; left out: "
        "1 leg change, 1 mark, 2 labels, 1 interruption (.imu.csv, .npz and .parquet keep them)"
    )
    plain = _run("convert", LEFT, tmp_path / "plain.csv").stderr.splitlines()[-1]
    assert plain == "a plain table holds no movement, leg or mount: name them when it is read"


@pytest.mark.parametrize("suffix", [".csv", ".npz", ".parquet"])
def test_samples_of_equal_times_are_not_left_out_in_silence(suffix: str, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    rows = "".join(f"{at // 2 / 100},0,0,9.8\n" for at in range(500))
    source.write_text(f"time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n{rows}")
    result = _run("convert", source, tmp_path / f"out{suffix}")
    assert result.exit_code == 0
    (line,) = [line for line in result.stderr.splitlines() if "are left out" in line]
    assert line.startswith("250 of 500 samples are left out, being no later than the one before")
    assert "rate_hz" in line
    native = _run("convert", source, tmp_path / "out.imu.csv")
    assert "left out" not in native.stderr


@pytest.mark.parametrize("suffix", [".csv", ".npz", ".parquet"])
def test_a_recording_without_samples_becomes_no_file(suffix: str, tmp_path: Path) -> None:
    source, target = tmp_path / "a.imu.csv", tmp_path / f"out{suffix}"
    source.write_text("".join(LEFT.read_text().splitlines(keepends=True)[:2]))
    result = _run("convert", source, target)
    assert isinstance(result.exception, BadInput)
    assert "no samples to write" in str(result.exception)
    assert not target.exists()
    assert _run("convert", source, tmp_path / "out.imu.csv").exit_code == 0


@pytest.mark.parametrize("suffix", [".imu.csv", ".npz", ".parquet"])
def test_a_plain_table_comes_back_to_the_bit(suffix: str, tmp_path: Path) -> None:
    first, between, last = tmp_path / "a.csv", tmp_path / f"b{suffix}", tmp_path / "c.csv"
    for source, target in ((LEFT, first), (first, between), (between, last)):
        assert _run("convert", source, target).exit_code == 0
    assert last.read_bytes() == first.read_bytes()


def test_a_plain_table_keeps_what_a_sensor_sends(tmp_path: Path) -> None:
    table, direct, by_text = tmp_path / "a.csv", tmp_path / "a.npz", tmp_path / "b.npz"
    for source, target in ((LEFT, direct), (LEFT, table), (table, by_text)):
        assert _run("convert", source, target).exit_code == 0
    with np.load(direct) as told, np.load(by_text) as read:
        for name in ("time_s", "acc_ms2", "gyr_rads"):
            assert read[name] == pytest.approx(told[name], rel=1e-14)


def test_that_samples_were_lost_is_told_where_it_is_left_out(tmp_path: Path) -> None:
    lossy = LEFT.with_name("back-extension-chest-right-hard.imu.csv")
    told = _run("convert", lossy, tmp_path / "a.csv").stderr
    assert "left out: how many samples were lost (45)" in told
    assert "left out" not in _run("convert", lossy, tmp_path / "a.npz").stderr


def test_any_table_by_its_columns(tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "a.csv"
    source.write_text("ms;x;y;z\n0;0;0;1\n20;0;0;1\n")
    words = ["--map", "time=ms,time_unit=ms", "--map", "ax=x,ay=y,az=z,acc_unit=g"]
    assert _run("convert", source, target, *words).exit_code == 0
    assert target.read_text().splitlines()[-1] == "0.02,0,0,9.80665"


def test_a_failed_conversion_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("seconds_elapsed,z,y,x\n0,9.8,0,0\n1,9.8,0,what\n")
    for suffix in (".imu.csv", ".csv", ".npz", ".parquet"):
        target = tmp_path / f"out{suffix}"
        result = _run("convert", source, target)
        assert isinstance(result.exception, BadInput)
        assert not target.exists()


def test_what_is_only_read_is_not_written(tmp_path: Path) -> None:
    source = examples.ximu3(tmp_path, examples.samples())
    result = _run("convert", source, tmp_path / "out.zip")
    assert isinstance(result.exception, BadUsage)
    assert not (tmp_path / "out.zip").exists()
    result = _run("convert", source, tmp_path / "out.imu.raw")
    assert isinstance(result.exception, BadUsage)
    assert "live --capture" in str(result.exception)


def _on_a_full_disk(target: Path, *words: str | Path) -> None:
    """See to it that what cannot be written as a whole is told, and not there."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        f"sys.argv = ['imu-reps', *{list(map(str, words))!r}]\n"
        "from imu_reps.commands import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {target}: cannot be written (File too large); make room")
    assert not target.exists()


@pytest.mark.parametrize("suffix", [".imu.csv", ".csv", ".npz", ".parquet"])
def test_a_full_disk_is_told_and_leaves_nothing_behind(suffix: str, tmp_path: Path) -> None:
    source = examples.ximu3(tmp_path, examples.samples(3000))
    target = tmp_path / f"out{suffix}"
    _on_a_full_disk(target, "convert", source, target)


def test_a_full_disk_leaves_neither_a_simulated_set_nor_its_truth(tmp_path: Path) -> None:
    target = tmp_path / "a.imu.csv"
    _on_a_full_disk(target, "simulate", "bridge", target)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As where nobody has trained, whose history would have no room for its journal, or drawn,
    # whose list of fonts has none.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "fonts"))
    recording, report = tmp_path / "a.imu.csv", tmp_path / "a.html"
    assert _run("simulate", "bridge", recording, "--reps", "4").exit_code == 0
    _on_a_full_disk(report, "summary", recording, "--html", report)


def test_a_set_is_not_simulated_beside_anothers_truth(tmp_path: Path) -> None:
    (tmp_path / "a.truth.json").write_text("mine")
    result = _run("simulate", "bridge", tmp_path / "a.npz")
    assert isinstance(result.exception, BadInput)
    assert "a.truth.json: exists" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["a.truth.json"]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("suffix", [".imu.csv", ".csv"])
def test_who_stops_it_finds_nothing_half_done(
    by: signal.Signals, suffix: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "a.csv", tmp_path / f"out{suffix}"
    rows = "".join(f"{i / 100},0,0,9.8\n" for i in range(400_000))
    source.write_text("time_s,acc_x_ms2,acc_y_ms2,acc_z_ms2\n" + rows)
    command = [sys.executable, "-m", "imu_reps", "convert", str(source), str(target)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not (target.exists() and target.stat().st_size):
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(by)
    assert process.communicate()[1].strip() == b""
    assert process.returncode == 128 + by
    assert not target.exists()


def test_a_word_of_the_map_is_said_once(tmp_path: Path) -> None:
    result = _run("convert", tmp_path / "a.csv", tmp_path / "b.csv", "--map", "time=t,time=u")
    assert isinstance(result.exception, BadUsage)
    assert "time is said twice, t and u" in str(result.exception)


def test_an_empty_word_is_no_movement(tmp_path: Path) -> None:
    source = examples.ximu3(tmp_path, examples.samples())
    result = _run("convert", source, tmp_path / "b.imu.csv", "--movement", "")
    assert isinstance(result.exception, BadUsage)
