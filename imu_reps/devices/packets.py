"""Packets of one size out of a stream: where one begins, whether it is whole, what was skipped.

Strategy: a packet that directly follows a whole one is believed at once. After anything else it
must also be followed by what a next packet begins with: so a chance match costs nothing, and a
stream in step is not delayed. Packets without a checksum may ask for that always: a lost byte
shows in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Packet(NamedTuple):
    """A whole packet, and whether it directly follows the one before."""

    data: bytes
    follows: bool


class Packets:
    """Bytes in any pieces in, whole packets out.

    `start` is what each begins with and `size` its length; `is_whole` judges the bytes of one, and
    `followed_by` must stand after each, also in step.
    """

    def __init__(
        self,
        start: bytes,
        size: int,
        is_whole: Callable[[bytes], bool],
        followed_by: bytes = b"",
    ) -> None:
        self.bad_frames = 0
        self.good_bytes = 0
        self._start = start
        self._size = size
        self._is_whole = is_whole
        self._followed_by = followed_by
        self._rest = b""
        self._in_step = False
        self._skipped = False

    def cut(self, data: bytes) -> list[Packet]:
        """The packets that end in `data`, or that it shows to be whole."""
        buffer, place = self._rest + data, 0
        found: list[Packet] = []
        while (begin := buffer.find(self._start, place)) >= 0:
            if begin > place:
                self._lose_step()
            place = begin
            packet = Packet(buffer[place : place + self._size], self._in_step)
            if len(packet.data) < self._size or not self._can_be_judged(buffer, place):
                break
            if self._is_good(buffer, place, packet.data):
                found.append(packet)
                self._keep_step()
                place += self._size
            else:
                self._lose_step()
                place += 1
        else:
            # Of what holds no start only its own first bytes, split by the piece's end, may matter.
            place = self._tail(buffer, place)
        self._rest = buffer[place:]
        return found

    def _can_be_judged(self, buffer: bytes, place: int) -> bool:
        return len(buffer) >= place + self._size + len(self._what_follows())

    def _is_good(self, buffer: bytes, place: int, packet: bytes) -> bool:
        follows = buffer.startswith(self._what_follows(), place + self._size)
        return follows and self._is_whole(packet)

    def _what_follows(self) -> bytes:
        return self._followed_by if self._in_step else self._start

    def _tail(self, buffer: bytes, place: int) -> int:
        for length in range(min(len(self._start) - 1, len(buffer) - place), 0, -1):
            if buffer.endswith(self._start[:length]):
                tail = len(buffer) - length
                break
        else:
            tail = len(buffer)
        if tail > place:
            self._lose_step()
        return tail

    def _keep_step(self) -> None:
        self.bad_frames += self._skipped and self.good_bytes > 0
        self.good_bytes += self._size
        self._in_step, self._skipped = True, False

    def _lose_step(self) -> None:
        self._in_step, self._skipped = False, True
