"""Who makes the sounds: the sound card where there is one, else the terminal's bell; and a voice.

A cue is handed over and forgotten: sounds are made in a thread of their own, and what comes while
one is still played takes its place. Whoever counts never waits for them.
"""

from __future__ import annotations

import importlib
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from imu_reps.display.sound.tones import RATE_HZ, TONES, wave
from imu_reps.display.sound.voice import voice
from imu_reps.session.coaching.cues import Cue

Ear = Callable[[Cue], None]


@dataclass(frozen=True, slots=True)
class Sound:
    """What is to be heard: tones or none, and the speech program where one is to speak."""

    tones: bool = True
    voice: str | None = None


JOIN_S = 10.0
"""The last sentence may be finished."""


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
        self._thread.join(JOIN_S)

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


def sound_card() -> ModuleType | None:
    """The module that plays on a sound card; None where it, or its library, is not installed."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError):
        return None


@contextmanager
def ears(sounds: Ear, spoken: Ear) -> Iterator[Ear]:
    """What is to be called with each cue: it is sounded and spoken, each when it can be."""
    with Queue(sounds) as play, Queue(spoken) as speak:

        def hear(cue: Cue) -> None:
            play(cue)
            speak(cue)

        yield hear


@contextmanager
def heard(
    tell: Ear, ring: Callable[[], None], warn: Callable[[str], None], sound: Sound
) -> Iterator[Ear]:
    """As `tell`, and heard besides; `ring` rings the terminal's bell."""
    tones = sounds(ring, warn) if sound.tones else silent
    spoken = voice(sound.voice) if sound.voice else silent
    with ears(tones, spoken) as hear:

        def both(cue: Cue) -> None:
            tell(cue)
            hear(cue)

        yield both


def sounds(ring: Callable[[], None], warn: Callable[[str], None]) -> Ear:
    """The sound card where there is one, else the bell that `ring` rings."""
    device = sound_card()
    return bell(ring) if device is None else card(device, bell(ring), warn)


def silent(_cue: Cue) -> None:
    """No sound at all."""
