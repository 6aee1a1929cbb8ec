"""Parquet: the plain table's columns, and the header as metadata. Needs `imu-reps[parquet]`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
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
from imu_reps.formats.whole import Collector, Whole, header_of, told

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
            table = parquet.read_table(file)
        names = set(table.column_names)
        if not {TIME, *ACC} <= names:
            raise BadInput(f"{path}: a table has the columns {', '.join((TIME, *ACC))}")
        columns = (*ACC, *(GYR if set(GYR) <= names else ()))
        values = np.column_stack([table[name].to_numpy() for name in columns])
        time_s = table[TIME].to_numpy()
    except (arrow.ArrowException, OSError):
        raise BadInput(f"{path}: this is no whole Parquet file; copy it anew") from None
    said = (table.schema.metadata or {}).get(_METADATA)
    header = Header() if said is None else header_of(path, said.decode(errors="replace"))
    yield Whole(path, header, time_s, values)


@contextmanager
def create(path: Path, header: Header) -> Iterator[Collector]:
    """Begin a new Parquet file; it is written when the context ends without an error."""
    arrow, parquet = _arrow(path, "pyarrow"), _arrow(path, "pyarrow.parquet")
    with created_binary(path) as file:
        collector = Collector(header)
        yield collector
        samples = collector.samples
        columns = dict(zip(ACC, samples.acc_ms2.T, strict=True))
        if samples.gyr_rads is not None:
            columns |= dict(zip(GYR, samples.gyr_rads.T, strict=True))
        table = arrow.table({TIME: samples.time_s, **columns})
        parquet.write_table(table.replace_schema_metadata({_METADATA: told(header)}), file)


FORMAT = Format("Parquet table", ".parquet", read, create)
