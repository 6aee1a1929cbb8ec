"""What holds for every other program's format that is read: `tests/formats/examples.py` has them.

A format without an example there fails the first test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Frames, Note
from imu_reps.core.samples import Samples, joined
from imu_reps.formats import all_formats, format_of, open_recording
from imu_reps.motion.clock import DeviceClock
from tests.formats.examples import EXAMPLES, Example, samples

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def _read(path: Path) -> Samples:
    with open_recording(path) as recording:
        assert recording.header.scale is not None
        clock = DeviceClock(recording.header.scale, 100.0)
        return joined([clock.update(item) for item in recording if isinstance(item, Frames)])


def test_every_format_that_is_only_read_has_an_example() -> None:
    only_read = {form.name for form in all_formats().values() if not form.is_written}
    assert {example.form for example in EXAMPLES} == only_read


@every_example
def test_what_was_recorded_is_read(example: Example, tmp_path: Path) -> None:
    told = samples()
    read = _read(example.write(tmp_path, told))
    assert len(read) == len(told)
    assert read.time_s == pytest.approx(told.time_s, abs=2e-6)
    assert read.acc_ms2 == pytest.approx(told.acc_ms2, abs=1e-5)
    assert (read.gyr_rads is not None) == example.gyro
    if example.gyro:
        assert read.gyr_rads == pytest.approx(told.gyr_rads, abs=1e-4)


@every_example
def test_one_format_knows_it(example: Example, tmp_path: Path) -> None:
    path = example.write(tmp_path, samples())
    if path.suffix != ".csv":
        assert format_of(path).name == example.form
        return
    head = path.read_bytes()[:8192]
    found = [f.name for f in all_formats().values() if f.head is not None and f.head(head)]
    assert found == [example.form]


@every_example
def test_the_end_is_noted(example: Example, tmp_path: Path) -> None:
    with open_recording(example.write(tmp_path, samples())) as recording:
        *_, last = recording
    assert isinstance(last, Note)
    assert last.kind == "end"


def _rows_or_reason(path: Path) -> int | str:
    try:
        return len(_read(path))
    except BadInput as error:
        return str(error)


@every_example
def test_cut_at_any_byte_it_opens_or_says_why(example: Example, tmp_path: Path) -> None:
    path = example.write(tmp_path, samples(8))
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        told = _rows_or_reason(path)
        assert told <= 8 if isinstance(told, int) else str(path) in told and "\n" not in told
    path.write_bytes(whole)
    assert len(_read(path)) == 8


@every_example
def test_it_is_not_written(example: Example, tmp_path: Path) -> None:
    form = all_formats()[example.form]
    path = example.write(tmp_path, samples())
    with open_recording(path) as recording, pytest.raises(BadUsage, match="only read"):
        form.create(tmp_path / "new", recording.header)


def test_a_table_that_nobody_knows_is_a_plain_one() -> None:
    assert format_of(Path("a.csv")).name == "plain table"
