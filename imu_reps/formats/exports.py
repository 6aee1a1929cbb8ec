"""Tables of results for other programs: CSV, JSON or Parquet, the same columns in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.formats.files import created_binary

Kind = Literal["csv", "json", "parquet"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Cell = str | int | float | None
Record = dict[str, Cell]


def kind_of(path: Path) -> Kind:
    """The kind of table that a file's name stands for; raises `BadUsage` where it is none."""
    for kind in KINDS:
        if path.name.lower().endswith(f".{kind}"):
            return kind
    known = ", ".join(f".{kind}" for kind in KINDS)
    raise BadUsage(f"{path}: the name does not tell the kind of table; end it in one of {known}")


def table(records: Sequence[Record], names: Sequence[str], kind: Kind) -> bytes:
    """The records as a file's content; `names` are its columns, even where there is no record."""
    if kind == "parquet":
        return _parquet(records, names)
    text = _csv(records, names) if kind == "csv" else _json(records)
    return text.encode(errors="replace")


def write_table(path: Path, content: bytes) -> None:
    """Write a new file; raises `BadInput` where one of that name exists or none can be made."""
    with created_binary(path) as file:
        file.write(content)


def _csv(records: Sequence[Record], names: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def _json(records: Sequence[Record]) -> str:
    lines = ",\n".join(json.dumps(record) for record in records)
    return f"[\n{lines}\n]\n" if records else "[]\n"


def _parquet(records: Sequence[Record], names: Sequence[str]) -> bytes:
    try:
        # An optional dependency of 40 MB: only who wants Parquet needs it.
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise BadInput(
            "Parquet needs pyarrow; install it with `pip install 'imu-reps[parquet]'`, or take "
            "CSV or JSON"
        ) from None
    columns = {name: [record[name] for record in records] for name in names}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()
