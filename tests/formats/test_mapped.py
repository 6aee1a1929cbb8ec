"""Any table by `--map`: its words, its units, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames
from imu_reps.core.samples import GRAVITY_MS2, Samples, joined
from imu_reps.formats.mapped import layout_of, read_mapped
from imu_reps.motion.clock import DeviceClock

ACC = "ax=a,ay=b,az=c"


def _read(tmp_path: Path, text: str, *pairs: str) -> Samples:
    path = tmp_path / "table.txt"
    path.write_text(text)
    with read_mapped(path, layout_of(pairs)) as recording:
        assert recording.header.scale is not None
        clock = DeviceClock(recording.header.scale, 100.0)
        return joined([clock.update(item) for item in recording if isinstance(item, Frames)])


def test_columns_by_name(tmp_path: Path) -> None:
    samples = _read(
        tmp_path,
        "when;c;b;a;w1;w2;w3\n100;0,8;0,0;0,6;10;20;30\n110;0,8;0,0;0,6;10;20;30\n",
        f"time=when,time_unit=ms,{ACC},acc_unit=g",
        "gx=w1,gy=w2,gz=w3,gyr_unit=dps",
    )
    assert samples.time_s.tolist() == pytest.approx([0.0, 0.01])
    assert samples.acc_ms2[0] == pytest.approx(np.array([0.6, 0.0, 0.8]) * GRAVITY_MS2)
    assert samples.gyr_rads is not None
    assert np.degrees(samples.gyr_rads[0]) == pytest.approx([10, 20, 30])


@pytest.mark.parametrize("head", ["", "t,x,y,z\n"])
def test_columns_by_number(head: str, tmp_path: Path) -> None:
    samples = _read(tmp_path, f"{head}0,0,0,9.8\n0.02,0,0,9.8\n", "time=1,ax=2,ay=3,az=4")
    assert samples.time_s.tolist() == pytest.approx([0.0, 0.02])


def test_raw_counts_at_a_rate(tmp_path: Path) -> None:
    text = "a,b,c\n0,0,8192\n0,8192,0\n0,0,8192\n"
    samples = _read(tmp_path, text, f"rate_hz=50,{ACC},acc_unit=8192")
    assert samples.time_s.tolist() == pytest.approx([0.0, 0.02, 0.04])
    assert samples.acc_ms2[0].tolist() == pytest.approx([0, 0, GRAVITY_MS2])


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ("tme=t", "did you mean time"),
        (f"time,{ACC}", "time=NAME"),
        (f"time=,{ACC}", "time=NAME"),
        ("time=t,ax=a,ay=b", "az missing"),
        (f"time=t,{ACC},gx=w", "gy, gz missing"),
        (ACC, "either time=COLUMN or rate_hz"),
        (f"time=t,rate_hz=9,{ACC}", "either time=COLUMN or rate_hz"),
        (f"rate_hz=0,{ACC}", "from 1 to 10000"),
        (f"rate_hz=fast,{ACC}", "from 1 to 10000"),
        (f"time=t,{ACC},acc_unit=mgs", "did you mean mg"),
        (f"time=t,{ACC},acc_unit=-5", "positive"),
        (f"time=t,{ACC},acc_unit=1e-320", "positive"),
        (f"time=t,{ACC},acc_unit=nan", "positive"),
        (f"time=t,time_unit=min,{ACC}", "unknown time_unit"),
    ],
)
def test_wrong_words_are_told(pairs: str, told: str) -> None:
    with pytest.raises(BadUsage) as error:
        layout_of([pairs])
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no column 't'"),
        ("t,a,b\n", "no column 'c'"),
        ("t,a,b,c\n", "a header and no rows"),
        ("t,a,b,c\n0,0,0,1\n", "another unit"),
        ("t,a,b,c\n0,0,0,9.8\n1,2\n", "line 3 has 2 values"),
        ("t,a,b,c\n1700000000000000000,0,0,9.8\n", "line 2: a time of 1.7e+18 s is not in sec"),
        ("t,a,b,c\n5,0,0,9.8\n6,0,0,9.8\n4,0,0,9.8\n", "line 4: time runs backwards here, by 2 s"),
        ("t;a;b;c\n0;0;0;9,8\n\n1;0;1e300;9,8\n", "line 4 has a number beyond 9e+18"),
    ],
)
def test_a_table_that_does_not_fit_is_told(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        _read(tmp_path, text, f"time=t,{ACC}")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_nanoseconds_since_1970_are_a_time(tmp_path: Path) -> None:
    rows = "".join(f"{1_700_000_000_000_000_000 + i * 10_000_000},0,0,9.8\n" for i in range(5))
    samples = _read(tmp_path, f"t,a,b,c\n{rows}", f"time=t,time_unit=ns,{ACC}")
    assert samples.time_s == pytest.approx([0.0, 0.01, 0.02, 0.03, 0.04], abs=1e-6)


def test_rows_that_come_late_or_twice_are_left_out(tmp_path: Path) -> None:
    times_s = (0, 0.02, 0.01, 0.02, 0.03)
    rows = "".join(f"{time_s},0,0,{9.8 + time_s}\n" for time_s in times_s)
    samples = _read(tmp_path, f"t,a,b,c\n{rows}", f"time=t,{ACC}")
    assert samples.time_s == pytest.approx([0.0, 0.02, 0.03])
    assert samples.acc_ms2[:, 2] == pytest.approx([9.8, 9.82, 9.83])
