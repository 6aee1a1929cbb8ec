"""Cues to the ear, without a sound card."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from imu_reps.core.errors import BadUsage
from imu_reps.display.sound import speaker
from imu_reps.display.sound.tones import RATE_HZ, TONES, wave
from imu_reps.display.sound.voice import voice, voice_program
from imu_reps.session.coaching.cues import Cue, Kind

SOUNDED = [Kind.REP, Kind.HOLD, Kind.PARTIAL, Kind.LAST_REP, Kind.REST_OVER, Kind.LOST]


def _cue(kind: Kind, text: str = "") -> Cue:
    return Cue(kind, text or kind.value, 1.0)


def test_each_sound_is_short_soft_at_its_ends_and_its_own() -> None:
    assert set(TONES) == set(SOUNDED)
    waves = {kind: wave(kind) for kind in SOUNDED}
    for made in waves.values():
        assert made.dtype == np.float32
        assert 0.05 < len(made) / RATE_HZ < 1.0
        assert 0.2 < np.abs(made).max() <= 0.5
        assert abs(made[0]) + abs(made[-1]) < 1e-3
    assert len({made.tobytes() for made in waves.values()}) == len(SOUNDED)
    assert len(wave(Kind.KEY)) == 0


def test_sounds_differ_in_rhythm_or_direction_not_in_pitch_alone() -> None:
    shapes = {
        kind: (len(tones), tuple(round(s, 2) for _, s in tones), _falls(tones))
        for kind, tones in TONES.items()
    }
    assert len(set(shapes.values())) == len(shapes)


def _falls(tones: tuple[tuple[float, float], ...]) -> bool:
    return tones[-1][0] < tones[0][0]


def test_the_bell_rings_for_what_has_a_sound() -> None:
    rung: list[int] = []
    ear = speaker.bell(lambda: rung.append(1))
    for kind in Kind:
        ear(_cue(kind))
    assert len(rung) == len(SOUNDED)


def _card(play: Any) -> ModuleType:
    return SimpleNamespace(play=play)  # type: ignore[return-value]


def test_the_sound_card_is_given_the_samples() -> None:
    played: list[tuple[int, float]] = []
    device = _card(lambda samples, rate: played.append((len(samples), rate)))
    ear = speaker.card(device, lambda _: pytest.fail("rang"), pytest.fail)
    ear(_cue(Kind.REP))
    ear(_cue(Kind.KEY))
    assert played == [(len(wave(Kind.REP)), RATE_HZ)]


def test_a_sound_card_that_fails_is_told_once_and_the_bell_rings() -> None:
    def broken(_samples: object, _rate: float) -> None:
        raise RuntimeError("no default output device")

    told: list[str] = []
    rung: list[Cue] = []
    ear = speaker.card(_card(broken), rung.append, told.append)
    ear(_cue(Kind.REP))
    ear(_cue(Kind.HOLD))
    assert [cue.kind for cue in rung] == [Kind.REP, Kind.HOLD]
    assert len(told) == 1
    assert "no default output device" in told[0]


def test_without_the_library_the_bell_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    rung: list[int] = []
    speaker.sounds(lambda: rung.append(1), pytest.fail)(_cue(Kind.REP))
    assert rung == [1]


def _program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{folder}/spoken"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
def test_a_voice_says_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = _program(tmp_path, "espeak-ng")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert voice_program() == str(program)
    speak = voice(str(program))
    monkeypatch.setenv("PATH", "/bin:/usr/bin")
    speak(_cue(Kind.REP, "5, 3 to go"))
    speak(_cue(Kind.NEXT, "now the right leg: move the strap"))
    speak(_cue(Kind.WARNING, "a long text"))
    assert (tmp_path / "spoken").read_text().splitlines() == [
        "5",
        "now the right leg: move the strap",
    ]


def test_without_a_speech_program_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadUsage, match="install espeak-ng"):
        voice_program()


def test_a_slow_ear_keeps_nobody_waiting() -> None:
    go = threading.Event()
    heard: list[str] = []

    def slow(cue: Cue) -> None:
        go.wait(10)
        heard.append(cue.text)

    with speaker.ears(slow, speaker.silent) as hear:
        for number in range(50):
            hear(_cue(Kind.REP, str(number)))
        go.set()
    # Of those that waited the newest are heard.
    assert heard[-1] == "49"
    assert len(heard) < 5
