"""numpy's archive: `time_s`, `acc_ms2`, `gyr_rads` in SI units, and header and notes as JSON."""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Header
from imu_reps.formats import Format
from imu_reps.formats.files import created_binary
from imu_reps.formats.rows import opened
from imu_reps.formats.whole import Collector, Whole, floats

TIME, ACC, GYR, HEADER = "time_s", "acc_ms2", "gyr_rads", "header"

_DAMAGE = (
    ValueError,
    EOFError,
    KeyError,
    AttributeError,
    TypeError,
    OSError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What numpy and zipfile raise at damaged bytes, by where these stand (tried with flipped bits)."""


@contextmanager
def read(path: Path) -> Iterator[Whole]:
    """Open a numpy archive; raises `BadInput` with the cause."""
    try:
        with opened(path) as file, np.load(file, allow_pickle=False) as archive:
            names = [name for name in (TIME, ACC, GYR, HEADER) if name in archive]
            arrays = {name: archive[name] for name in names}
    except _DAMAGE:
        raise BadInput(f"{path}: this is no whole numpy archive; copy it anew") from None
    told = str(arrays.pop(HEADER)) if HEADER in arrays else None
    shapes = {name: array.shape for name, array in arrays.items()}
    n = shapes.get(TIME, ())[:1]
    if shapes != {TIME: n, ACC: (*n, 3)} | ({GYR: (*n, 3)} if GYR in shapes else {}):
        raise BadInput(f"{path}: an archive has {TIME} (n,), {ACC} (n, 3) and perhaps {GYR} (n, 3)")
    columns = {name: floats(path, name, array) for name, array in arrays.items()}
    time_s = columns.pop(TIME)
    yield Whole(path, told, time_s, np.hstack(list(columns.values())))


@contextmanager
def create(path: Path, header: Header) -> Iterator[Collector]:
    """Begin a new archive; it is written when the context ends without an error."""
    with created_binary(path) as file:
        collector = Collector(path, header)
        yield collector
        samples = collector.samples()
        told = np.array(collector.told())
        arrays = {TIME: samples.time_s, ACC: samples.acc_ms2, HEADER: told}
        if samples.gyr_rads is not None:
            arrays[GYR] = samples.gyr_rads
        np.savez_compressed(file, allow_pickle=False, **arrays)


FORMAT = Format("numpy archive", ".npz", read, create)
