"""A sensor that was found: what comes from its wire in, frames and notes out.

No thread and no port in here: the pieces may come from a port, from memory or from a capture. What
a person should know of the sensor goes into the stream as notes, so that a recording has it, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from imu_reps.core.errors import BadInput
from imu_reps.core.events import Warn
from imu_reps.core.frames import Frames, Header, Note, Piece, Scale
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Decoder, Device, Has, Talks, battery_v
from imu_reps.devices.health import Health
from imu_reps.session.sensors.same import SameSensor
from imu_reps.session.stopping import Stop

PATIENCE_US = 2_500_000
"""A hello comes every 2 s: after this there will be none, and the defaults hold."""

SILENCE_US, TIPS_US = 1_000_000, 3_000_000
"""A sensor that sends no samples for so long is told of, and then what to try."""

TAIL_BYTES = 20
"""What may follow the last whole frame of a sensor that has fallen silent."""

RATE_PART = 0.1
"""A crystal is right within a thousandth: a rate that is further off is not the declared one."""


class Sensor:
    """Frames and notes of one sensor. `listen` first, then iterate.

    `heard` are pieces and notes as a port's reader gives them, an empty piece at least every now
    and then; `rate_hz` is the measured rate, where there is one; `said` are words of the sensor
    that have been passed on already. `refuse` is called when another sensor answers after a gap.
    """

    def __init__(
        self,
        heard: Iterable[Piece | Note],
        device: Device,
        rate_hz: float | None = None,
        said: Iterable[str] = (),
        refuse: Callable[[], None] = lambda: None,
    ) -> None:
        self.device = device
        self.decoder: Decoder = device.decoder()
        # Asked once: it takes longer than decoding ten samples.
        self._talker = self.decoder if isinstance(self.decoder, Talks) else None
        self._heard = iter(heard)
        self._measured_hz = rate_hz
        self._waiting: list[Frames | Note] = []
        self._silence = _Silence()
        self._same = SameSensor(self.decoder, refuse)
        self._said = list(said)
        self._told = ""

    @property
    def scale(self) -> Scale:
        return self.decoder.scale or self.device.scale

    @property
    def rate_hz(self) -> float:
        """The rate to reckon with: the measured one, where what is declared is another."""
        declared = self.decoder.rate_hz or self.device.rate_hz
        measured = self._measured_hz
        if measured is None or abs(measured / declared - 1) < RATE_PART:
            return declared
        return measured

    @property
    def header(self) -> Header:
        """What the sensor alone tells of a recording."""
        return Header(
            rate_hz=self.rate_hz,
            scale=self.scale,
            device=self.description,
            decoder=self.device.name,
        )

    @property
    def description(self) -> str:
        return self.decoder.description or self.device.title

    @property
    def battery_v(self) -> float | None:
        """Its battery's voltage, where it tells it."""
        return battery_v(self.decoder)

    @property
    def bad_frames(self) -> int:
        return self.decoder.bad_frames

    def listen(self, stop: Stop) -> None:
        """Until the sensor has told its scale and rate, or its samples come without a word.

        Raises `BadInput` where it says that it cannot be read.
        """
        deadline_us: int | None = None
        for item, host_us in self._decoded():
            self._waiting.append(item)
            self._check_refusal()
            if self.decoder.scale is not None or stop():
                return
            if isinstance(item, Frames) and len(item) and deadline_us is None:
                deadline_us = host_us + PATIENCE_US
            if deadline_us is not None and host_us > deadline_us:
                text = f"the sensor does not tell its scale, so taken: {_told(self.scale)}"
                self._waiting.append(Warn("no_hello", text).note(host_us))
                return

    def __iter__(self) -> Iterator[Frames | Note]:
        """Frames and notes, those of listening first; empty frames while nothing comes."""
        health = Health(self.scale, self.rate_hz)
        ranges = _Ranges(self.scale)
        begun = False
        for heard, host_us in self._stream():
            if isinstance(heard, Note):
                yield heard
                if heard.kind == "gap":
                    health.after_a_gap()
                continue
            item = ranges.as_at_first(heard, self.scale)
            if ranges.news is not None:
                yield ranges.news.note(host_us)
            yield item
            if len(item) and not begun:
                begun = True
                yield from (warn.note(host_us) for warn in self._at_the_beginning())
            for warn in health.update(item, self.decoder.bad_frames):
                yield warn.note(host_us)

    def _stream(self) -> Iterator[tuple[Frames | Note, int]]:
        waiting, self._waiting = self._waiting, []
        for item in waiting:
            if isinstance(item, Note):
                yield item, item.host_us
            elif len(item):
                yield item, int(item.host_us[-1])
        yield from self._decoded()

    def _decoded(self) -> Iterator[tuple[Frames | Note, int]]:
        for heard in self._heard:
            if isinstance(heard, Note):
                self._silence.broken_at(heard.host_us, is_away=heard.kind == "gap")
                self._same.note(heard)
                yield _in_words(heard), heard.host_us
                continue
            frames = self.decoder.feed(heard.data, heard.host_us)
            for warn in (*self._words(), *self._silence.update(frames, heard)):
                yield warn.note(heard.host_us), heard.host_us
            # Who waits for frames looks at other things, too: it is told that there are none.
            for passed in self._same.passed(frames, heard.host_us) or [frames[:0]]:
                yield passed, heard.host_us
            if self._same.stranger is not None:
                text = f"another sensor ({self._same.stranger}) answers: plug the right one in"
                yield Warn("other_sensor", text).note(heard.host_us), heard.host_us
                self._same.stranger = None

    def _words(self) -> Iterator[Warn]:
        """What the device says in words, once as long as it repeats itself."""
        if self._talker is None or not self._talker.words:
            return
        words, self._talker.words = self._talker.words, []
        for text in words:
            if text in self._said:
                self._said.remove(text)
            elif text != self._told:
                yield Warn("sensor_says", f"the sensor says: {text}")
            self._told = text

    def _check_refusal(self) -> None:
        if self._talker is not None and self._talker.refusal is not None:
            raise BadInput(self._talker.refusal)

    def _at_the_beginning(self) -> Iterator[Warn]:
        """What this sensor lacks, and a rate that is not the declared one."""
        declared, has = self.decoder.rate_hz, self.decoder.has
        if declared is not None and self.rate_hz != declared:
            yield Warn(
                "rate",
                f"the sensor declares {declared:.0f} samples a second and sends "
                f"{self.rate_hz:.0f}: what was measured is used",
            )
        yield from lacks(has)


def lacks(has: Has) -> Iterator[Warn]:
    """What is lost with a sensor that has no gyro, or no checksum."""
    if not has.gyro:
        yield Warn(
            "no_gyro",
            "the sensor has no gyro: ranges and speeds of fast reps are less exact; "
            "go slowly, or let it send its turning rates",
        )
    if not has.checksum:
        yield Warn(
            "no_checksum",
            "the sensor sends no checksum: damage on the line shows only where it is gross",
        )


class _Ranges:
    """Holds a stream to the scale that it began with: a recording has but one.

    A board may tell another after a restart, or after the scale had to be guessed.
    """

    def __init__(self, first: Scale) -> None:
        self._first = self._now = first
        self.news: Warn | None = None

    def as_at_first(self, frames: Frames, scale: Scale) -> Frames:
        """The frames, sent at this scale; `news` says so where it is a new one."""
        self.news = None
        if not len(frames):
            return frames
        if scale != self._now:
            self._now = scale
            text = f"the sensor tells another range than before ({_told(scale)}): it is converted"
            self.news = Warn("range", text)
        return frames if scale == self._first else self._converted(frames, scale)

    def _converted(self, frames: Frames, scale: Scale) -> Frames:
        parts = [scale.acc_ms2 / self._first.acc_ms2] * 3
        parts += [(scale.gyr_rads or 0.0) / (self._first.gyr_rads or 1.0)] * 3
        values = frames.values.astype(np.float64)
        return replace(frames, values=values * parts[: values.shape[1]])


class _Silence:
    """Tells of samples that do not come, once, and then what to try. Unplugged is not silent."""

    def __init__(self) -> None:
        self._last_us: int | None = None
        self._bytes = 0
        self._told = 0
        self._is_away = False

    def broken_at(self, host_us: int, *, is_away: bool) -> None:
        self._last_us, self._is_away, self._told = host_us, is_away, 0

    def update(self, frames: Frames, piece: Piece) -> Iterator[Warn]:
        if len(frames) or self._last_us is None:
            self._last_us, self._told, self._bytes = piece.host_us, 0, 0
            return
        self._bytes += len(piece.data)
        silent_us = piece.host_us - self._last_us
        if self._is_away or silent_us < (SILENCE_US, TIPS_US, silent_us + 1)[self._told]:
            return
        self._told += 1
        yield Warn("silent", self._text(silent_us / 1e6))

    def _text(self, silent_s: float) -> str:
        what = "sends bytes but no samples" if self._bytes > TAIL_BYTES else "is silent"
        if self._told == 1:
            return f"the sensor {what} for {silent_s:.0f} s: is it switched on?"
        return (
            f"the sensor still {what}: look at its battery and its cable, go nearer, or switch it "
            "off and on; the count goes on when it is back"
        )


def _in_words(note: Note) -> Note:
    """What has happened to the port, with the sentence that a person is told."""
    port = note.fields.get("port")
    texts = {
        "gap": f"the sensor on {port} is gone: plug it in again, the set goes on",
        "reconnect": f"the sensor is back, on {port}: the set goes on",
    }
    if note.kind not in texts:
        return note
    return Note(note.host_us, note.kind, {**note.fields, "text": texts[note.kind]})


def _told(scale: Scale) -> str:
    """What its counts are worth, as datasheets say it."""
    text = f"{GRAVITY_MS2 / scale.acc_ms2:.0f} counts for 1 g"
    if scale.gyr_rads is None:
        return text
    return f"{text}, {math.radians(1.0) / scale.gyr_rads:.1f} for 1 °/s"
