"""Cues spoken by a speech program that is installed."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Callable

from imu_reps.core.errors import BadUsage
from imu_reps.session.coaching.cues import Cue, Kind

PATIENCE_S = 10.0
"""No sentence of ours takes longer; a speech program that hangs is given up."""

VOICES = ("say", "espeak-ng", "espeak", "spd-say")
"""Speech programs that take a text as their only argument."""

_UNSPOKEN = {Kind.WARNING}


def voice(program: str) -> Callable[[Cue], None]:
    """Speaks each cue with a speech program."""

    def speak(cue: Cue) -> None:
        if cue.kind in _UNSPOKEN:
            return
        text = cue.text.split(",")[0] if cue.kind is Kind.REP else cue.text
        try:
            subprocess.run(
                [program, text],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return

    return speak


def voice_program() -> str:
    """The speech program of this computer; raises `BadUsage` that names one to install."""
    for name in VOICES:
        found = shutil.which(name)
        if found is not None:
            return found
    mend = "" if platform.system() == "Darwin" else " (Debian, Ubuntu: apt install espeak-ng)"
    raise BadUsage(f"there is no speech program for --voice; install espeak-ng{mend}")
