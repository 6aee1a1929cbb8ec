"""Reading on a thread of its own: what comes waits in a queue, and a lost port is looked for.

A stalled screen, or a slow disk, keeps nobody from reading. What happens to the port comes in the
same queue, as notes between the pieces: `gap` when it is lost, `reconnect` when it is back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from queue import Empty, Queue
from threading import Event, Lock, Thread
from typing import Self

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Warn
from imu_reps.core.frames import Note, Piece
from imu_reps.ports.names import again, there_are
from imu_reps.ports.serial_port import WAIT_S, PortLost, SerialPort, now_us, open_port

MOST_PIECES = 120_000
"""A hundred pieces a second make twenty minutes, the thousand of a fast sensor two; 20 MB."""

LOOK_S = 0.2
"""Between two looks for a port that was lost."""

JOIN_S = 1.0
"""Longer than any read; a port that hangs while it is opened again is not waited for."""

PASS_OVER_US = 5_000_000
"""So long a port is left alone on which another sensor has answered."""

SETTLE_US = 500_000
"""A port that opens again but says nothing is back after this; one that closes before was not."""


class Taken:
    """The names of the ports that are in use: who looks for a lost one passes them over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._names: set[str] = set()

    def take(self, name: str) -> bool:
        """Have the port, unless somebody has it already."""
        with self._lock:
            free = name not in self._names
            self._names.add(name)
            return free

    def give_back(self, name: str) -> None:
        """Let others have it."""
        with self._lock:
            self._names.discard(name)

    def names(self) -> set[str]:
        """Those in use now."""
        with self._lock:
            return set(self._names)


class Reader:
    """Reads an open port while in its `with`, and closes it. Iterate for pieces and notes.

    An empty piece comes whenever nothing has come for `WAIT_S`. A port that is lost is opened again
    wherever it turns up, and sent `ask`. `most` bounds the pieces that wait; what comes on top of
    that is lost, and told by a note. Pieces may gather for `gather_s` before they are handed on: to
    wake for each of them costs more than to deal with it.
    """

    def __init__(
        self,
        port: SerialPort,
        taken: Taken | None = None,
        ask: bytes = b"",
        most: int = MOST_PIECES,
        gather_s: float = 0.0,
    ) -> None:
        self._port = port
        self._wanted = port.info
        self._taken = taken or Taken()
        self._ask = ask
        self._most = most
        self._gather_s = gather_s
        # A signal at the end of a SimpleQueue's timeout makes it wait for ever (CPython 3.11).
        self._queue: Queue[Piece | Note | Exception] = Queue()
        self._dropped = 0
        self._reopened_us: int | None = None
        self._closing = Event()
        self._refused = Event()
        self._passed_over: dict[str, int] = {}
        self._thread = Thread(target=self._run, name=f"read {port.name}", daemon=True)

    def __enter__(self) -> Self:
        self._taken.take(self._port.name)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join(JOIN_S)
        self._port.close()
        self._taken.give_back(self._port.name)

    def refuse(self) -> None:
        """Leave the port: it is not the sensor that was lost. Look elsewhere for a while."""
        self._refused.set()

    def __iter__(self) -> Iterator[Piece | Note]:
        while True:
            if self._gather_s and self._queue.empty():
                time.sleep(self._gather_s)
            try:
                item = self._queue.get(timeout=WAIT_S)
            except Empty:
                item = Piece(b"", now_us())
            if isinstance(item, Exception):
                raise item
            yield item

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._read()
        except Exception as error:
            # Whoever iterates is told: this thread has nobody to tell.
            self._queue.put(error)

    def _read(self) -> None:
        """Until the port is lost, and found again."""
        try:
            while not self._closing.is_set():
                piece = self._port.read()
                if self._refused.is_set():
                    self._refused.clear()
                    self._passed_over[self._port.name] = piece.host_us + PASS_OVER_US
                    raise PortLost("another sensor answers there")
                self._settle(piece)
                if piece.data:
                    self._put(piece)
        except PortLost as lost:
            if self._reopened_us is None:
                fields: dict[str, object] = {"port": self._port.name, "reason": str(lost)}
                self._queue.put(Note(now_us(), "gap", fields))
            self._port.close()
            self._taken.give_back(self._port.name)
            self._look_for(self._port.baud)

    def _settle(self, piece: Piece) -> None:
        """Tell that the port is back, once it has spoken or stayed open for a while."""
        if self._reopened_us is None:
            return
        if piece.data or piece.host_us - self._reopened_us > SETTLE_US:
            self._reopened_us = None
            self._queue.put(Note(piece.host_us, "reconnect", {"port": self._port.name}))

    def _put(self, piece: Piece) -> None:
        if self._queue.qsize() >= self._most:
            self._dropped += 1
            return
        if self._dropped:
            text = (
                f"{self._dropped} pieces were lost: the program could not keep up; "
                "close other programs"
            )
            self._queue.put(Warn("overflow", text).note(piece.host_us))
            self._dropped = 0
        self._queue.put(piece)

    def _look_for(self, baud: int) -> None:
        """Open it wherever it turns up; one that is there but does not open is tried again."""
        while not self._closing.wait(LOOK_S):
            there = self._place()
            if there is None or not self._taken.take(there):
                continue
            try:
                self._port = open_port(there, baud)
            except BadInput:
                self._taken.give_back(there)
                continue
            self._port.write(self._ask)
            self._reopened_us = now_us()
            return

    def _place(self) -> str | None:
        """The name under which it is there now; one that no list has may have come back."""
        over = {name for name, until_us in self._passed_over.items() if now_us() < until_us}
        if self._wanted.ids is None:
            return None if self._wanted.name in over else self._wanted.name
        found = again(self._wanted, there_are(), self._taken.names() | over)
        return None if found is None else found.name
