"""What can be wrong with other programs' files, and what a person is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames
from imu_reps.core.samples import Samples
from imu_reps.formats import open_recording
from tests.formats import examples


def _frames(path: Path) -> list[Frames]:
    with open_recording(path) as recording:
        return [item for item in recording if isinstance(item, Frames)]


def _told(path: Path) -> str:
    with pytest.raises(BadInput) as error:
        _frames(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def _scaled(factor: float) -> Samples:
    true = examples.samples()
    return Samples(true.time_s, true.acc_ms2 * factor, true.gyr_rads)


@pytest.mark.parametrize("factor", [0.1, 0.02, 9.8, 1000.0])
def test_another_unit_is_noticed(factor: float, tmp_path: Path) -> None:
    assert "another unit" in _told(examples.ximu3(tmp_path, _scaled(factor)))


@pytest.mark.parametrize("name", ["Accelerometer", "Gyroscope", "Gravity", "GyroscopeUncalibrated"])
def test_sensor_loggers_other_files_are_told_apart(name: str, tmp_path: Path) -> None:
    path = examples.sensor_logger_acc(tmp_path, examples.samples()).rename(tmp_path / f"{name}.csv")
    assert "TotalAcceleration.csv" in _told(path)


def test_linear_acceleration_is_of_no_use(tmp_path: Path) -> None:
    path = tmp_path / "Raw Data.csv"
    names = [f"Linear Acceleration {axis} (m/s^2)" for axis in "xyz"]
    path.write_text(",".join(["Time (s)", *names]) + "\n0,1,2,3\n")
    assert "with g" in _told(path)


def test_free_acceleration_is_of_no_use(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("PacketCounter,SampleTimeFine,FreeAcc_X,FreeAcc_Y,FreeAcc_Z\n1,2,0,0,0\n")
    assert "--map" in _told(path)


def test_the_gyro_beside_must_be_one(tmp_path: Path) -> None:
    path = examples.sensor_logger_acc(tmp_path, examples.samples())
    (tmp_path / "Gyroscope.csv").write_text("what,is,this\n1,2,3\n")
    with pytest.raises(BadInput, match=r"Gyroscope\.csv: these are no turning rates"):
        _frames(path)


def _gyro(path: Path, own_s: list[float], gyr_x: list[float]) -> Path:
    rows = [f"{time_s},{time_s},0,0,{x}\n" for time_s, x in zip(own_s, gyr_x, strict=True)]
    path.write_text("time,seconds_elapsed,z,y,x\n" + "".join(rows))
    return path


def test_the_gyros_times_may_not_run_backwards(tmp_path: Path) -> None:
    path = examples.sensor_logger_acc(tmp_path, examples.samples())
    gyro = _gyro(tmp_path / "Gyroscope.csv", [0, 5, 1], [1, 1, 1])
    with pytest.raises(BadInput, match="line 4: time runs backwards here, by 4 s") as error:
        _frames(path)
    assert str(gyro) in str(error.value)


def test_the_gyros_late_rows_are_left_out(tmp_path: Path) -> None:
    path = examples.sensor_logger_acc(tmp_path, examples.samples())
    _gyro(tmp_path / "Gyroscope.csv", [0, 0.5, 0.45, 0.5, 1], [0, 1, 99, 99, 2])
    (frames,) = _frames(path)
    assert frames.values[:, 3] == pytest.approx(frames.host_us / 500_000)


def test_samples_without_gyro_at_the_edges_are_left_out(tmp_path: Path) -> None:
    true = examples.samples(100)
    path = examples.sensor_logger_acc(tmp_path, true)
    gyro = Samples(true.time_s[20:80], true.acc_ms2[20:80], np.ones((60, 3)))
    names = ["time", "seconds_elapsed", "z", "y", "x"]
    own_s = gyro.time_s[:, None] + 0.05
    assert gyro.gyr_rads is not None
    text = examples.table(names, np.hstack([own_s, own_s, gyro.gyr_rads]))
    (tmp_path / "Gyroscope.csv").write_text(text)
    (frames,) = _frames(path)
    assert len(frames) == 60
    assert (frames.values[:, 3:] == 1).all()


def test_a_long_table_is_read_in_pieces(tmp_path: Path) -> None:
    found = _frames(examples.dot(tmp_path, examples.samples(40_000)))
    assert len(found) > 1
    times_us = np.concatenate([frames.host_us for frames in found])
    assert (np.diff(times_us) == 10_000).all()


def test_a_zip_without_a_recording_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("device.csv", "property,value\nmodel,phone\n")
    assert "no table in it" in _told(path)


def test_a_zip_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/TotalAcceleration.csv", "seconds_elapsed,z,y,x\n0,9.8,0,0\n1,?,0,0\n")
    assert _told(path).startswith(f"{path}/b/TotalAcceleration.csv: line 3: '?'")


def _zip(path: Path, **tables: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            archive.write(table, name.replace("__", "/") + ".csv")
    return path


def test_a_zip_of_two_recordings_names_both(tmp_path: Path) -> None:
    left = examples.ximu3(tmp_path, examples.samples())
    both = _zip(tmp_path / "a.zip", left=left, b__right=left)
    assert "several recordings (right.csv, left.csv); unpack it and name one" in _told(both)


@pytest.mark.parametrize("place", [100, 400, 700])
def test_a_damaged_zip_is_told(place: int, tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", a=examples.ximu3(tmp_path, examples.samples()))
    content = bytearray(path.read_bytes())
    content[place : place + 20] = b"\xff" * 20
    path.write_bytes(content)
    assert "no whole zip file" in _told(path)


def test_a_zip_that_cannot_be_unpacked_does_not_tell_where_to(tmp_path: Path) -> None:
    table = examples.ximu3(tmp_path, examples.samples())
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(table, "a.csv/b.csv")
        archive.write(table, "a.csv")
    assert "cannot be unpacked" in _told(path)
    assert "imu-reps-" not in _told(path)


def test_text_in_columns_that_are_not_needed_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("note,seconds_elapsed,z,y,x\nhello,0,9.8,0,0.5\n,0.01,9.8,0,0.5\n")
    (frames,) = _frames(path)
    assert frames.values.tolist() == [[0.5, 0, 9.8]] * 2
