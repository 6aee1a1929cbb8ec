"""Parquet: the plain table's columns; header and notes as metadata. Needs `imu-reps[parquet]`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Header
from imu_reps.formats import Format
from imu_reps.formats.files import created_binary
from imu_reps.formats.plain import ACC, GYR, TIME
from imu_reps.formats.rows import opened
from imu_reps.formats.whole import Collector, Whole, floats

_METADATA = b"imu-reps"


def _arrow(path: Path, module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BadInput(f"{path}: Parquet needs pyarrow; pip install 'imu-reps[parquet]'") from None


@contextmanager
def read(path: Path) -> Iterator[Whole]:
    """Open a Parquet file; raises `BadInput` with the cause."""
    arrow, parquet = _arrow(path, "pyarrow"), _arrow(path, "pyarrow.parquet")
    try:
        with opened(path) as file:
            parts = parquet.ParquetFile(file, page_checksum_verification=True)
            names = _wanted(path, parts.schema_arrow.names)
            table = parts.read(columns=names)
        columns = [floats(path, name, table[name].to_numpy()) for name in names]
    except (arrow.ArrowException, OSError, UnicodeDecodeError):
        raise BadInput(f"{path}: this is no whole Parquet file; copy it anew") from None
    said = (table.schema.metadata or {}).get(_METADATA)
    told = None if said is None else said.decode(errors="replace")
    yield Whole(path, told, columns[0], np.column_stack(columns[1:]))


def _wanted(path: Path, names: Sequence[str]) -> list[str]:
    """The columns to read; raises `BadInput` where not each of them is there once."""
    wanted = [TIME, *ACC, *(GYR if set(GYR) & set(names) else ())]
    if any(names.count(name) != 1 for name in wanted):
        raise BadInput(
            f"{path}: the columns are {', '.join(names)[:120]!r}; a table has "
            f"{', '.join((TIME, *ACC))} and, with a gyro, {', '.join(GYR)}, each once"
        )
    return wanted


@contextmanager
def create(path: Path, header: Header) -> Iterator[Collector]:
    """Begin a new Parquet file; it is written when the context ends without an error."""
    arrow, parquet = _arrow(path, "pyarrow"), _arrow(path, "pyarrow.parquet")
    with created_binary(path) as file:
        collector = Collector(path, header)
        yield collector
        samples = collector.samples()
        columns = dict(zip(ACC, samples.acc_ms2.T, strict=True))
        if samples.gyr_rads is not None:
            columns |= dict(zip(GYR, samples.gyr_rads.T, strict=True))
        table = arrow.table({TIME: samples.time_s, **columns})
        table = table.replace_schema_metadata({_METADATA: collector.told()})
        parquet.write_table(table, file, write_page_checksum=True)


FORMAT = Format("Parquet table", ".parquet", read, create)
