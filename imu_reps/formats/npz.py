"""numpy's archive: `time_s`, `acc_ms2`, `gyr_rads` in SI units, and the header as JSON."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Header
from imu_reps.formats import Format
from imu_reps.formats.files import created_binary
from imu_reps.formats.rows import opened
from imu_reps.formats.whole import Collector, Whole, header_of, told

TIME, ACC, GYR, HEADER = "time_s", "acc_ms2", "gyr_rads", "header"


@contextmanager
def read(path: Path) -> Iterator[Whole]:
    """Open a numpy archive; raises `BadInput` with the cause."""
    try:
        with opened(path) as file, np.load(file, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (ValueError, EOFError, KeyError, AttributeError, TypeError, zipfile.BadZipFile):
        raise BadInput(f"{path}: this is no whole numpy archive; copy it anew") from None
    values = [arrays[name] for name in (ACC, GYR) if name in arrays]
    time_s = arrays.get(TIME)
    if time_s is None or ACC not in arrays or {v.shape for v in values} != {(len(time_s), 3)}:
        raise BadInput(f"{path}: an archive has {TIME} (n,), {ACC} (n, 3) and perhaps {GYR} (n, 3)")
    header = header_of(path, str(arrays[HEADER])) if HEADER in arrays else Header()
    yield Whole(path, header, time_s, np.hstack(values).astype(np.float64))


@contextmanager
def create(path: Path, header: Header) -> Iterator[Collector]:
    """Begin a new archive; it is written when the context ends without an error."""
    with created_binary(path) as file:
        collector = Collector(header)
        yield collector
        samples = collector.samples
        arrays = {TIME: samples.time_s, ACC: samples.acc_ms2, HEADER: np.array(told(header))}
        if samples.gyr_rads is not None:
            arrays[GYR] = samples.gyr_rads
        np.savez_compressed(file, allow_pickle=False, **arrays)


FORMAT = Format("numpy archive", ".npz", read, create)
