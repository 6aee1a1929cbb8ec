"""Which sensor speaks, and at which baud rate: one rate after the other until the bytes make sense.

Strategy: bytes at a wrong rate make no sense to any decoder, and show it within some tenths of a
second; at the right one they may need longer to be sure, and get it. The width of the start bit
tells which rate to try next. What a board says while it starts, before a pause, counts for nothing.
No I/O: the caller sets the port to `baud`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from imu_reps.core.frames import Piece
from imu_reps.devices import Device, Talks, all_devices
from imu_reps.devices.recognise import LISTEN_US, TEXT_LINE, Recognised, Recogniser

SENSELESS_US, SENSELESS_BYTES = 300_000, 200
"""Of data that nobody understands: the next baud rate. Three samples of the slowest sensor, or two
whole frames of the longest, whichever comes first."""

DUE_US = 1_700_000
"""Of data, all rates together: a person begins to wonder, and from here on what is likely is taken.
In two seconds it is told."""

PAUSE_US = 1_500_000
"""Longer than any burst: what comes after it is another thing than what came before."""

ROUNDS, OVER_US = 2, 4_000_000
"""A board that resets when it is opened may speak at another rate until it has started: so often
and so long all rates are tried."""

SHOWN_BYTES = 64

TEXT_PART = 0.5
"""What is text for so large a part is a board that prints, and no baud rate is to blame."""

WIDTH_BYTES = 64
"""So many bytes tell how wide a start bit is."""


class Hearing:
    """The bytes of one port in, the sensor out; `bauds` are tried in turn, `baud` is the one now.

    `pieces` are those that came at this baud rate: they belong to the sensor that was found.
    """

    def __init__(self, bauds: Sequence[int], devices: Iterable[Device] | None = None) -> None:
        self.bauds = list(bauds)
        self._untried = self.bauds[1:]
        self.baud = self.bauds[0]
        self._devices = list(all_devices().values() if devices is None else devices)
        self._tried = 0
        self._first_us: int | None = None
        self._last_us: int | None = None
        self._recogniser = self._fresh()
        self.heard_bytes = 0
        self.first_bytes = b""
        """The first ones at the first baud rate, to be shown to a person."""
        self.text: str | None = None
        """A line of text, where text came for two seconds and no sensor's numbers were in it."""
        self.text_hz = 0.0
        """How many lines of it came a second."""

    @property
    def is_over(self) -> bool:
        """Whether every baud rate was tried, and tried again: it is no sensor that is known."""
        return self._heard_us > OVER_US and self._tried >= ROUNDS * len(self.bauds)

    @property
    def _heard_us(self) -> int:
        """How long data have come, all rates together."""
        if self._first_us is None or self._last_us is None:
            return 0
        return self._last_us - self._first_us

    @property
    def pieces(self) -> list[Piece]:
        return self._recogniser.pieces

    @property
    def talker(self) -> Talks | None:
        return self._recogniser.talker

    def feed(self, piece: Piece) -> Recognised | None:
        """The sensor, once it is known."""
        if piece.data:
            self._begin_anew_after_a_pause(piece.host_us)
            self._first_us = piece.host_us if self._first_us is None else self._first_us
            self._last_us = piece.host_us
            self.heard_bytes += len(piece.data)
            if not self._tried:
                self.first_bytes = (self.first_bytes + piece.data)[:SHOWN_BYTES]
        found = self._recogniser.feed(*piece)
        if found is None and self._heard_us > DUE_US and self._recogniser.is_likely:
            found = self._recogniser.verdict()
        if found is None and self._is_senseless():
            self._try_another(start_bit(self._recogniser.heard))
        return found

    def pass_over(self) -> None:
        """Try another baud rate: the port cannot be set to this one."""
        self._try_another(1)

    def _try_another(self, width: int) -> None:
        """The untried rate at which this line's start bits are as wide as they should be."""
        self._tried += 1
        self._keep_text()
        untried = self._untried or self.bauds
        right = self.baud / width
        faster = [baud for baud in untried if baud > self.baud]
        if width > 1:
            self.baud = min(untried, key=lambda baud: abs(math.log(baud / right)))
        else:
            self.baud = min(faster, default=untried[0])
        self._untried = [baud for baud in untried if baud != self.baud]
        self._recogniser = self._fresh()

    def _keep_text(self) -> None:
        if not any(device.any_text for device in self._devices):
            return
        lines = TEXT_LINE.findall(self._recogniser.heard)
        if sum(map(len, lines)) > TEXT_PART * self._recogniser.heard_bytes:
            self.text = lines[-1].decode().strip()
            self.text_hz = len(lines) * 1e6 / self._recogniser.heard_us

    def _begin_anew_after_a_pause(self, host_us: int) -> None:
        paused = self._last_us is not None and host_us - self._last_us > PAUSE_US
        if paused and self.talker is None:
            self._recogniser = self._fresh()

    def _is_senseless(self) -> bool:
        """Whether to try the next baud rate. A sensor that talks but sends no samples is ours."""
        pieces = self._recogniser.pieces
        if not pieces or self._last_us is None or self.talker is not None:
            return False
        at_this_rate_us = self._last_us - pieces[0].host_us
        heard = self._recogniser.heard
        if at_this_rate_us > LISTEN_US:
            return True
        # Text of zeros and even digits has wide start bits, too.
        is_wide = len(heard) > WIDTH_BYTES and start_bit(heard) > 1 and not heard.isascii()
        is_enough = at_this_rate_us > SENSELESS_US or len(heard) >= SENSELESS_BYTES
        is_enough |= is_wide and len(self.bauds) > 1
        return is_enough and not self._recogniser.is_plausible

    def _fresh(self) -> Recogniser:
        return Recogniser(self.baud, self._devices)


def start_bit(heard: bytes) -> int:
    """How many bits wide the start bit of a line is, as it is heard: 1 at its own rate or above.

    A byte begins where the line falls; until the start bit is over, its bits are zeros. A tenth of
    the bytes may be otherwise: noise, and what was heard from the middle on.
    """
    zeros = sorted((byte & -byte).bit_length() - 1 if byte else 8 for byte in heard)
    return 1 + zeros[len(zeros) // 10] if zeros else 1


def bauds_of(devices: Iterable[Device]) -> list[int]:
    """The baud rates that these sensors speak at, the likeliest first."""
    weights: Counter[int] = Counter()
    for device in devices:
        weights[device.baud] += 100
        for place, baud in enumerate(device.other_bauds, start=1):
            weights[baud] += 12 // place
    return [baud for baud, _ in weights.most_common()]
