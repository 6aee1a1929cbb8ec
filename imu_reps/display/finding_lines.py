"""What `doctor` found, a line a finding: it ends in ok, or in what to do."""

from __future__ import annotations

from imu_reps.session.doctor.checkup import Finding

WIDTH = 16
"""The longest check's name and two spaces."""


def finding_line(finding: Finding) -> str:
    """The finding for a person; an exclamation mark before what is to be mended."""
    mark = " " if finding.is_ok else "!"
    return f"{mark} {finding.check:<{WIDTH}}{finding.text}: {finding.mend or 'ok'}"
