"""A serial line at one baud rate, heard at another one: what a real receiver would make of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 10
"""A start bit, eight of data, a stop bit (8N1)."""


def line(data: bytes, begin_s: NDArray[np.float64], baud: int) -> NDArray[np.float64]:
    """The moments (n,) at which the line changes; it is high before the first one.

    `begin_s` (len(data),) is when each byte is handed to the sender, which sends one at a time.
    """
    edges: list[float] = []
    free_s = 0.0
    for byte, at_s in zip(data, begin_s.tolist(), strict=True):
        start_s = max(at_s, free_s)
        bits = (1 << 9) | (byte << 1)
        level = 1
        for place in range(BITS):
            bit = bits >> place & 1
            if bit != level:
                edges.append(start_s + place / baud)
                level = bit
        free_s = start_s + BITS / baud
    return np.array(edges)


def heard(edges: NDArray[np.float64], baud: int, until_s: float) -> list[tuple[int, float]]:
    """The bytes that a receiver makes of these edges, each with its moment.

    It begins at a falling edge and looks at the middle of each bit. Where there is no stop bit the
    byte is handed on all the same (n_tty without INPCK), and the next falling edge waited for.
    """
    found: list[tuple[int, float]] = []
    place = 0
    while place < len(edges):
        start_s = float(edges[place])
        middles = start_s + (np.arange(1, BITS) + 0.5) / baud
        if middles[-1] > until_s:
            break
        levels = (np.searchsorted(edges, middles, side="right") + 1) % 2
        byte = int((levels[:8] << np.arange(8)).sum())
        found.append((byte, float(middles[-1])))
        # The next start bit is the next falling edge: those stand at even places.
        place = int(np.searchsorted(edges, middles[-1], side="right"))
        place += place % 2
    return found


class Line:
    """A line that somebody listens to, at one baud rate after the other."""

    def __init__(self, edges: NDArray[np.float64]) -> None:
        self._edges = edges
        self._baud = 0
        self._bytes: list[tuple[int, float]] = []

    def hear(self, baud: int, from_s: float, until_s: float) -> bytes:
        if baud != self._baud:
            self._baud = baud
            first = int(np.searchsorted(self._edges, from_s))
            # The receiver waits for the line to fall.
            self._bytes = heard(self._edges[first + first % 2 :], baud, 10.0)
        return bytes(byte for byte, at_s in self._bytes if from_s <= at_s < until_s)
