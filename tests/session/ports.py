"""A port that a test fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class FakePort:
    """Gives these pieces, each with the moment of its arrival; keeps what is written to it."""

    def __init__(self, pieces: Iterable[tuple[bytes, int]]) -> None:
        self.lost: str | None = None
        self.written = b""
        self._pieces = pieces

    def __iter__(self) -> Iterator[tuple[bytes, int]]:
        yield from self._pieces

    def write(self, data: bytes) -> None:
        self.written += data
