"""A recording as each program would write it, of samples that a test knows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from imu_reps.core.samples import GRAVITY_MS2, Samples

Write = Callable[[Path, Samples], Path]

PHYPHOX_ACC = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
PHYPHOX_GYR = [f"Gyroscope {axis} (rad/s)" for axis in "xyz"]


@dataclass(frozen=True, slots=True)
class Example:
    """A program's way to write samples; `form` is the format that must be found."""

    name: str
    form: str
    write: Write
    gyro: bool = True


def samples(n: int = 60, rate_hz: float = 100.0) -> Samples:
    """A slow turn; the axes are told apart by their values."""
    at_s = np.arange(n) / rate_hz
    angle = np.sin(at_s)
    acc = np.stack([np.sin(angle), np.full(n, 0.1), np.cos(angle)], axis=1) * GRAVITY_MS2
    return Samples(at_s, acc, turning(at_s))


def turning(at_s: np.ndarray) -> np.ndarray:
    """The turning rates (n, 3) at these times."""
    return np.stack([np.full(len(at_s), 0.1), np.cos(at_s), np.full(len(at_s), -0.2)], axis=1)


def table(names: Iterable[str], columns: np.ndarray, sep: str = ",", decimal: str = ".") -> str:
    """A table as text, a row of names above."""
    rows = [sep.join(f"{value:.9g}".replace(".", decimal) for value in row) for row in columns]
    return "\n".join([sep.join(names), *rows]) + "\n"


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _gyr(told: Samples) -> np.ndarray:
    assert told.gyr_rads is not None
    return told.gyr_rads


def ximu3(folder: Path, told: Samples) -> Path:
    names = ["Timestamp (us)"]
    names += [f"Gyroscope {axis} (deg/s)" for axis in "XYZ"]
    names += [f"Accelerometer {axis} (g)" for axis in "XYZ"]
    time_us = told.time_s[:, None] * 1e6 + 5_000_000
    columns = np.hstack([time_us, np.degrees(_gyr(told)), told.acc_ms2 / GRAVITY_MS2])
    return _written(folder / "Inertial.csv", table(names, columns))


def dot(folder: Path, told: Samples) -> Path:
    names = ["PacketCounter", "SampleTimeFine", "Euler_X", "Euler_Y", "Euler_Z"]
    names += ["Acc_X", "Acc_Y", "Acc_Z", "Gyr_X", "Gyr_Y", "Gyr_Z"]
    n = len(told)
    # The clock passes its 32 bits in the middle.
    time_us = (np.round(told.time_s * 1e6) + (1 << 32) - n // 2 * 10_000) % (1 << 32)
    counters = np.column_stack([np.arange(n), time_us, np.zeros((n, 3))])
    columns = np.hstack([counters, told.acc_ms2, np.degrees(_gyr(told))])
    text = "DeviceTag:,7\nFirmwareVersion:,2.4.0\n\n"
    rows = [",".join(names), *(",".join(map(repr, row)) for row in columns.tolist())]
    return _written(folder / "7_20260101.csv", text + "\n".join(rows) + "\n")


def sensor_logger(folder: Path, told: Samples) -> Path:
    sensor_logger_gyro(folder, told)
    return sensor_logger_acc(folder, told)


def sensor_logger_acc(folder: Path, told: Samples) -> Path:
    names = ["time", "seconds_elapsed", "z", "y", "x"]
    elapsed = told.time_s[:, None] + 0.05
    columns = np.hstack([elapsed * 1e9 + 1.7e18, elapsed, told.acc_ms2[:, ::-1]])
    return _written(folder / "TotalAcceleration.csv", table(names, columns))


def sensor_logger_gyro(folder: Path, told: Samples) -> Path:
    """The gyro runs at its own moments, a little before to a little after."""
    names = ["time", "seconds_elapsed", "z", "y", "x"]
    own_s = np.arange(-5, 2 * len(told) + 5) / 200 + 0.0523
    gyr = turning(own_s - 0.05)
    columns = np.hstack([own_s[:, None] * 1e9 + 1.7e18, own_s[:, None], gyr[:, ::-1]])
    return _written(folder / "Gyroscope.csv", table(names, columns))


def phyphox(sep: str = ",", decimal: str = ".") -> Write:
    def write(folder: Path, told: Samples) -> Path:
        names = ["Time (s)", *PHYPHOX_ACC, "Absolute acceleration (m/s^2)"]
        length = np.linalg.norm(told.acc_ms2, axis=1)[:, None]
        columns = np.hstack([told.time_s[:, None], told.acc_ms2, length])
        quoted = [f'"{name}"' for name in names]
        path = _written(folder / "Raw Data.csv", table(quoted, columns, sep, decimal))
        columns = np.hstack([told.time_s[:, None], _gyr(told)])
        names = ["Time (s)", *PHYPHOX_GYR]
        _written(folder / "Gyroscope.csv", table(names, columns, sep, decimal))
        return path

    return write


def phyphox_alone(folder: Path, told: Samples) -> Path:
    columns = np.hstack([told.time_s[:, None], told.acc_ms2])
    return _written(folder / "Raw Data.csv", table(["Time (s)", *PHYPHOX_ACC], columns))


def phyphox_one_table(folder: Path, told: Samples) -> Path:
    columns = np.hstack([told.time_s[:, None], told.acc_ms2, _gyr(told)])
    names = ["Time (s)", *PHYPHOX_ACC, *PHYPHOX_GYR]
    return _written(folder / "both.csv", table(names, columns, "\t"))


def zipped(write: Write) -> Write:
    def write_zip(folder: Path, told: Samples) -> Path:
        inside = folder / "inside"
        write(inside, told)
        _written(inside / "meta" / "device.csv", "property,value\nmodel,phone\n")
        for other in ("Accelerometer", "AccelerometerUncalibrated"):
            text = "time,seconds_elapsed,z,y,x\n1,0,0.1,0.1,0.1\n"
            _written(inside / f"{other}.csv", text)
        path = folder / "recording.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(inside.rglob("*.csv")):
                archive.write(file, file.relative_to(inside))
        return path

    return write_zip


EXAMPLES = [
    Example("x-IMU3 logger", "x-IMU3 logger", ximu3),
    Example("Movella DOT", "Movella DOT", dot),
    Example("Sensor Logger", "Sensor Logger", sensor_logger),
    Example("Sensor Logger without gyro", "Sensor Logger", sensor_logger_acc, gyro=False),
    Example("phyphox", "phyphox", phyphox()),
    Example("phyphox semicolon, comma", "phyphox", phyphox(";", ",")),
    Example("phyphox tab, comma", "phyphox", phyphox("\t", ",")),
    Example("phyphox without gyro", "phyphox", phyphox_alone, gyro=False),
    Example("phyphox one table", "phyphox", phyphox_one_table),
    Example("zip of Sensor Logger", "zip of tables", zipped(sensor_logger)),
    Example("zip of phyphox", "zip of tables", zipped(phyphox())),
]
