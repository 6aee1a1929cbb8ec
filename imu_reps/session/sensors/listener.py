"""Listening to an open port until it is known what speaks there, and at which baud rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note, Piece
from imu_reps.devices.hearing import Hearing
from imu_reps.devices.recognise import Recognised
from imu_reps.devices.records import shape_of
from imu_reps.motion.grid import LEAST_HZ
from imu_reps.ports.serial_port import PortLost, SerialPort
from imu_reps.session.stopping import Stop

SILENT_S, TIPS_S = 1.0, 3.0
"""A port that gives nothing is told of, and then what to try."""

TIPS = (
    "is the sensor switched on and charged? Is the cable one for data? "
    "Press its reset button, or try another port"
)

PRINT = (
    "let the sketch print ax, ay and az in one line, in g or m/s², as "
    'Serial.println(String(ax) + "," + ay + "," + az), and hold the sensor still'
)

Say = Callable[[str], None]
Tap = Callable[[Piece | Note], None]
"""Is given what comes from a port, before it is decoded."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sensor on an open port; `pieces` are those that were heard of it until it was known.

    `said` are the words of the sensor that were passed on meanwhile.
    """

    port: SerialPort
    sensor: Recognised
    pieces: list[Piece] = field(repr=False)
    said: Sequence[str] = ()

    def __str__(self) -> str:
        """One line for a person."""
        baud = "" if "://" in self.port.name else f", {self.port.baud} baud"
        return f"found {self.sensor} on {self.port.name}{baud}"


class Listener:
    """Hears what comes on one open port."""

    def __init__(self, port: SerialPort, hearing: Hearing, say: Say) -> None:
        self._port = port
        self._hearing = hearing
        self._say = say
        self._said: list[str] = []
        self._after_s = [SILENT_S, TIPS_S]
        self._has_told_text = False

    def listen(self, stop: Stop, tap: Tap) -> Found | None:
        """What speaks; None if it was stopped, or if no sensor is known that speaks so.

        Silence is told and waited out. Raises `BadInput` where a board says that it cannot be read,
        and where the port is lost.
        """
        heard_us: int | None = None
        try:
            for piece in self._port:
                tap(piece)
                if piece.data or heard_us is None:
                    heard_us = piece.host_us
                known = self._hearing.feed(piece)
                self._pass_on()
                if known is not None:
                    return self._found(known)
                if stop() or self._hearing.is_over:
                    return None
                self._keep_baud()
                self._tell_text()
                self._tell_silence((piece.host_us - heard_us) / 1e6)
        except PortLost as lost:
            name = self._port.name
            raise BadInput(f"{name}: is gone ({lost}); plug the sensor in again") from None
        return None

    def _found(self, known: Recognised) -> Found:
        # Asked again, now that the baud rate is right; the answer comes with the samples.
        self._port.write(known.device.ask)
        return Found(self._port, known, self._hearing.pieces, self._said)

    def _keep_baud(self) -> None:
        for _ in range(len(self._hearing.bauds)):
            if self._port.baud == self._hearing.baud or self._port.set_baud(self._hearing.baud):
                return
            self._hearing.pass_over()

    def _tell_text(self) -> None:
        text = text_in_words(self._hearing)
        if text is not None and not self._has_told_text:
            self._has_told_text = True
            self._say(f"{self._port.name}: {text}")

    def _tell_silence(self, silent_s: float) -> None:
        while self._after_s and silent_s > self._after_s[0]:
            self._after_s.pop(0)
            self._say(f"{self._port.name}{self._silence()}")

    def _silence(self) -> str:
        """What is wrong, and the second time what to try."""
        if self._hearing.heard_bytes:
            first, then = " sent a few bytes, and then nothing more", "too few bytes came to tell"
        else:
            first, then = " is open, but nothing comes yet", "still nothing"
        return first if self._after_s else f": {then}: {TIPS}"

    def _pass_on(self) -> None:
        """What a board says of itself, each once; one that speaks a later version is refused."""
        talker = self._hearing.talker
        if talker is None:
            return
        if talker.refusal is not None:
            raise BadInput(talker.refusal)
        for text in talker.words:
            if text not in self._said:
                self._said.append(text)
                self._say(f"the sensor says: {text}")


def text_in_words(hearing: Hearing) -> str | None:
    """What is wrong with the text that comes, and what mends it; None where none comes."""
    if hearing.text is None:
        return None
    if hearing.text_hz < LEAST_HZ:
        return (
            f"lines of text come, such as {hearing.text!r}, but only {hearing.text_hz:.0f} a "
            "second; let the sketch print 50 or more, without a delay"
        )
    what = "with one number each"
    if shape_of(hearing.text).count("#") != 1:
        what = "and no acceleration that is as long as gravity"
    return f"lines of text come, such as {hearing.text!r}, {what}; {PRINT}"
