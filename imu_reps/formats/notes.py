"""Notes as lines of a file: `# @<host_us> {json}`, what happened between two samples."""

from __future__ import annotations

import json
import re
from pathlib import Path

from imu_reps.core.errors import BadInput, BadUsage
from imu_reps.core.frames import Note
from imu_reps.formats.rows import MOST
from imu_reps.formats.said import object_in

END, INTERRUPTED, LABEL, LEG = "end", "interrupted", "label", "leg"
"""The recording was ended; what a reader says where that note is missing; what a person has said
of it afterwards; and that the other leg works from here on."""

_NOTE = re.compile(rb"# @(-?\d+) (\{.*\})\s*")


def note_in(path: Path, number: int, line: bytes) -> Note | None:
    """The note in this line of a file, None where it is a comment.

    Raises `BadInput` where it is damaged.
    """
    found = _NOTE.fullmatch(line)
    if found is None:
        return None
    try:
        host_us, fields = int(found[1]), object_in(found[2])
        kind = str(fields.pop("event", ""))
        if abs(host_us) >= MOST:
            raise ValueError
        note = Note(host_us, kind, fields)
        if kind == LEG:
            # Whoever counts relies on it.
            _ = note.leg
    except ValueError:
        raise BadInput(f"{path}: line {number}: a damaged note; delete it") from None
    except BadUsage as error:
        raise BadInput(f"{path}: line {number}: {error}; mend that note") from None
    return note


def note_line(note: Note) -> str:
    """The line of a note."""
    return f"# @{note.host_us} {json.dumps({'event': note.kind, **note.fields})}\n"
