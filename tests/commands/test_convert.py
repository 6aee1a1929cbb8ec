"""`imu-reps convert` between formats, as it is typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("suffix", [".imu.csv", ".csv", ".npz", ".parquet"])
def test_a_full_disk_is_told_and_leaves_nothing_behind(suffix: str, tmp_path: Path) -> None:
    source = examples.ximu3(tmp_path, examples.samples(3000))
    target = tmp_path / f"out{suffix}"
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        f"sys.argv = ['imu-reps', 'convert', {str(source)!r}, {str(target)!r}]\n"
        "from imu_reps.commands import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {target}: cannot be written (File too large); make room")
    assert not target.exists()
