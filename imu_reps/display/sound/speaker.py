"""Who makes the sounds: the sound card where there is one, else the terminal's bell; and a voice.

A cue is handed over and forgotten: sounds are made in a thread of their own, and what comes while
one is still played takes its place. Whoever counts never waits for them.
"""

from __future__ import annotations

import importlib
import platform
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from imu_reps.core.errors import BadUsage
from imu_reps.display.sound.tones import RATE_HZ, TONES, wave
from imu_reps.session.cues import Cue, Kind

Ear = Callable[[Cue], None]

PATIENCE_S = 10.0
"""No sentence of ours takes longer; a speech program that hangs is given up."""

VOICES = ("say", "espeak-ng", "espeak", "spd-say")
"""Speech programs that take a text as their only argument."""

_UNSPOKEN = {Kind.WARNING}


class Queue:
    """Cues handed to a thread that deals with one after the other; of many it skips the oldest."""

    def __init__(self, do: Ear) -> None:
        self._do = do
        self._waiting: queue.SimpleQueue[Cue | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)

    def __enter__(self) -> Ear:
        self._thread.start()
        return self._waiting.put

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        while (cue := self._waiting.get()) is not None:
            if self._waiting.qsize() < 2:
                self._do(cue)


def bell(ring: Callable[[], None]) -> Ear:
    """Rings the terminal's bell for every cue that has a sound."""
    return lambda cue: ring() if cue.kind in TONES else None


def card(device: ModuleType, otherwise: Ear, warn: Callable[[str], None]) -> Ear:
    """Plays on the sound card with the module `sounddevice`; where that fails, `otherwise`."""
    is_broken = threading.Event()

    def play(cue: Cue) -> None:
        if cue.kind not in TONES:
            return
        if not is_broken.is_set():
            try:
                device.play(wave(cue.kind), RATE_HZ)
                return
            except Exception as error:
                is_broken.set()
                warn(f"no sound card can be used ({error}): the terminal's bell rings instead")
        otherwise(cue)

    return play


def voice(program: str) -> Ear:
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


def sound_card() -> ModuleType | None:
    """The module that plays on a sound card; None where it, or its library, is not installed."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError):
        return None


@contextmanager
def ears(sounds: Ear, program: str | None) -> Iterator[Ear]:
    """What is to be called with each cue: makes the sounds, and speaks where a program is named."""
    spoken = voice(program) if program else silent
    with Queue(sounds) as play, Queue(spoken) as speak:

        def hear(cue: Cue) -> None:
            play(cue)
            speak(cue)

        yield hear


def sounds(ring: Callable[[], None], warn: Callable[[str], None]) -> Ear:
    """The sound card where there is one, else the bell that `ring` rings."""
    device = sound_card()
    return bell(ring) if device is None else card(device, bell(ring), warn)


def silent(_cue: Cue) -> None:
    """No sound at all."""
