"""Notes as lines of a file: `# @<host_us> {json}`, what happened between two samples."""

from __future__ import annotations

import json
import re
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note

END, INTERRUPTED, LABEL = "end", "interrupted", "label"
"""The recording was ended; what a reader says where that note is missing; and what a person has
said of it afterwards."""

_NOTE = re.compile(rb"# @(-?\d+) (\{.*\})\s*")


def note_in(path: Path, number: int, line: bytes) -> Note | None:
    """The note in this line of a file, None where it is a comment.

    Raises `BadInput` where it is damaged.
    """
    found = _NOTE.fullmatch(line)
    if found is None:
        return None
    try:
        fields: dict[str, object] = json.loads(found[2])
    except ValueError:
        raise BadInput(f"{path}: line {number}: a damaged note; delete it") from None
    return Note(int(found[1]), str(fields.pop("event", "")), fields)


def note_line(note: Note) -> str:
    """The line of a note."""
    return f"# @{note.host_us} {json.dumps({'event': note.kind, **note.fields})}\n"
