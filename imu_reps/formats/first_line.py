"""The first line of the program's own text files: `# imu-reps-WHAT VERSION {json}`."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imu_reps.core.errors import BadInput
from imu_reps.formats.said import object_in

_REST = re.compile(rb"(\d{1,9}) (\{.*\})\s*\n")


@dataclass(frozen=True, slots=True)
class FirstLine:
    """That of one kind of file: `what` it holds, in the latest `version` that is understood.

    `again` says how such a file is made anew, `other` what to do with one that is none.
    """

    what: str
    version: int
    again: str
    other: str = "copy it anew"

    @property
    def begin(self) -> str:
        return f"# imu-reps-{self.what} "

    def text(self, told: Mapping[str, Any]) -> str:
        """The line that tells this."""
        return f"{self.begin}{self.version} {json.dumps(told)}\n"

    def told_in(self, path: Path, line: bytes) -> dict[str, Any]:
        """What a file's first line tells; raises `BadInput` with the cause."""
        line, begin = line.removeprefix(BOM_UTF8), self.begin.encode()
        is_ours = line.startswith(begin)
        if not line.strip():
            raise BadInput(f"{path}: the file is empty; {self.again}")
        if is_ours and not line.endswith(b"\n"):
            raise BadInput(f"{path}: cut off within its first line; nothing is in it, {self.again}")
        found = _REST.fullmatch(line, len(begin)) if is_ours else None
        if found is None:
            mend = "copy it anew" if is_ours else self.other
            raise BadInput(f"{path}: the first line is not that of an imu-reps {self.what}; {mend}")
        if int(found[1]) > self.version:
            raise BadInput(
                f"{path}: {self.what} version {int(found[1])} is newer than this program "
                f"(which reads up to {self.version}); update imu-reps"
            )
        try:
            return object_in(found[2])
        except ValueError as error:
            raise damaged(path, error) from None


def damaged(path: Path, error: Exception) -> BadInput:
    """What is said of a first line that tells what cannot be."""
    return BadInput(f"{path}: the first line is damaged ({error}); copy it anew")
