"""Keeping the bytes of a wire while they are counted, for `live --capture`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Note, Piece
from imu_reps.core.samples import Samples
from imu_reps.formats import raw
from imu_reps.formats.notes import END, INTERRUPTED
from imu_reps.formats.raw import About
from imu_reps.session.sensors.finding import Wanted
from imu_reps.session.setup import Setup
from imu_reps.session.stream.recorder import Recorder, Say, recording

OF_THE_SENSOR = ("gap", "reconnect", "warning", END, INTERRUPTED)
"""Notes that come from the wire, or of it. All others are a person's: a capture has them, too, and
is counted as the session was."""


class Capture:
    """Takes down what comes from a wire; `failure` says why it has stopped, where it has."""

    def __init__(self, recorder: Recorder[Piece | Note]) -> None:
        self._recorder = recorder
        self._last_us = 0

    @property
    def failure(self) -> str | None:
        return self._recorder.failure

    def tap(self, item: Piece | Note) -> None:
        """Take down a piece, or what happened to the port."""
        self._last_us = item.host_us
        self._recorder.write(item)

    def sink(self, item: Samples | Note) -> None:
        """Take down what a person did, of all that is counted."""
        if isinstance(item, Note) and item.kind not in OF_THE_SENSOR:
            self._recorder.write(item)

    def end(self) -> None:
        """Say that the capture was ended, and not interrupted."""
        self._recorder.write(Note(self._last_us, END))


@contextmanager
def capturing(path: Path | None, wanted: Wanted, chosen: Setup, say: Say) -> Iterator[Capture]:
    """Capture into a new file, or nothing at all where it has no name.

    Raises `BadInput` where it cannot begin, and at the end where it had to stop.
    """
    if path is None:
        yield Capture(Recorder(Path(), say))
        return
    about = About(
        device=None if wanted.device is None else wanted.device.name,
        port=wanted.port,
        baud=wanted.baud,
        movement=chosen.word,
        leg=chosen.leg,
        mount=chosen.mount,
        started_utc=datetime.now(UTC).isoformat(timespec="seconds"),
        software=f"imu-reps {version('imu-reps')}",
    )
    with recording(raw.create(path, about), path, say) as recorder:
        capture = Capture(recorder)
        try:
            yield capture
        finally:
            capture.end()
    if capture.failure is not None:
        raise BadInput(capture.failure)
