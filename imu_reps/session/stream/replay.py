"""A recording's events, the same that live gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Event
from imu_reps.core.frames import Note
from imu_reps.core.samples import Samples
from imu_reps.devices import Device
from imu_reps.formats import Recording
from imu_reps.motion.clock import clock_of
from imu_reps.session.setup import Setup, Wishes, setup
from imu_reps.session.stream.captured import recording_in
from imu_reps.session.stream.counted import counted
from imu_reps.session.stream.steps import clocked, of_one_leg


class Replay:
    """An open recording and what is counted in it."""

    def __init__(self, recording: Recording, chosen: Setup, *, one_leg: bool = False) -> None:
        self.header = recording.header
        self.setup = chosen
        self._recording = recording
        self._one_leg = one_leg
        self._clock = clock_of(recording.header)

    def samples(self) -> Iterator[Samples | Note]:
        """The recording's samples and notes, in order."""
        stream = clocked(self._recording, self._clock)
        return of_one_leg(stream) if self._one_leg else stream

    def events(self, stream: Iterable[Samples | Note]) -> Iterator[Event]:
        """The events of `samples()`, however it is paced or cut, the summary last."""
        return counted(stream, self.setup, self.lost_samples)

    def lost_samples(self) -> int:
        """How many samples the sensor sent that have not come, so far."""
        return self.header.lost_samples + self._clock.lost_samples


@contextmanager
def replayed(path: Path, wishes: Wishes, device: Device | None = None) -> Iterator[Replay]:
    """Open a recording to count in it; `device` decodes a raw capture, whatever it says itself."""
    try:
        with recording_in(path, device) as recording:
            chosen = setup(wishes, recording.header)
            yield Replay(recording, chosen, one_leg=wishes.leg is not None)
    except BadInput as error:
        # The rooms below know samples, not files; a person with three files wants the name.
        told = str(error)
        raise error if str(path) in told else BadInput(f"{path}: {told}") from None


def replay(
    path: str | PathLike[str],
    movement: str | None = None,
    leg: str | None = None,
    mount: str | None = None,
) -> Iterator[Event]:
    """The events of a recording, the summary last.

    What is not said is taken from the recording, else `generic`, `left` and `thigh`. Raises
    `BadInput` where the file does not hold a recording, `BadUsage` for unknown words.
    """
    with replayed(Path(path), Wishes(movement, leg, mount)) as opened:
        yield from opened.events(opened.samples())
