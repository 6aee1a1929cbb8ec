"""The simulated Uno: built once for each set of settings, run beside a host on its serial line."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from imu_reps.devices import cobs
from imu_reps.devices.imu_reps_frame import FrameDecoder
from imu_reps.formats.truth import read_truth, truth_path
from tests.firmware.frame_tool import PROTOCOL
from tests.tools import missing, needed

BUILD = PROTOCOL / "simavr" / "build"
CORE = Path("/usr/share/arduino/hardware/arduino/avr/cores/arduino/Arduino.h")
SIMAVR = Path("/usr/include/simavr/sim_avr.h")
PATIENCE_S = 60.0
RECORDINGS = PROTOCOL.parent / "recordings"
EASY = RECORDINGS / "bridge-thigh-left-easy.imu.csv"
HARD = RECORDINGS / "bridge-thigh-left-hard.imu.csv"


@dataclass(frozen=True)
class Built:
    """The folder that has the sketch's ELF and the simulated Uno."""

    folder: Path

    @property
    def elf(self) -> Path:
        return self.folder / "sender.elf"

    def sizes(self) -> tuple[int, int]:
        """Bytes of flash, and bytes of RAM that variables take."""
        command: list[str | Path] = [needed("avr-size"), self.elf]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        text, data, bss = map(int, done.stdout.splitlines()[1].split()[:3])
        return text + data, data + bss


def build(folder: Path, *settings: str) -> Built:
    """The sketch with these settings (`RATE_HZ=40`), and the Uno."""
    for tool in ("avr-gcc", "gcc"):
        needed(tool)
    for file, package in ((CORE, "arduino-core-avr"), (SIMAVR, "libsimavr-dev")):
        if not file.exists():
            missing(f"no {package} here")
    flags = [f"-DIMU_REPS_{setting}" for setting in settings]
    done = subprocess.run(
        [BUILD, folder, *flags], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return Built(folder)


class Uno:
    """A running Uno."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.out = process.stdout
        self.port = self._line(PATIENCE_S)

    def report(self) -> dict[str, Any]:
        """What was measured, when the recording is over and the host has read everything."""
        told: dict[str, Any] = json.loads(self._line(PATIENCE_S))
        return told

    def _line(self, patience_s: float) -> str:
        ready, _, _ = select.select([self.out], [], [], patience_s)
        line = self.out.readline() if ready else ""
        assert line, "the Uno says nothing"
        return line.strip()


@contextmanager
def uno(built: Built, recording: Path, rate_hz: float, **options: object) -> Iterator[Uno]:
    """An Uno whose sensor is moved as the recording has it; uno.c has the options."""
    words = [str(word) for pair in options.items() for word in pair]
    process = subprocess.Popen(
        [built.folder / "uno", built.elf, recording, str(rate_hz), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Uno(process)
    finally:
        process.kill()
        process.communicate()


class Host:
    """Reads what comes on a port as a program of ours would, and keeps all of it."""

    def __init__(self, port: str) -> None:
        self._file = os.open(port, os.O_RDWR | os.O_NOCTTY)
        self.decoder = FrameDecoder()
        self.seq: list[int] = []
        self.t_us: list[int] = []
        self.values: list[list[int]] = []
        self.hellos: list[dict[str, Any]] = []
        self.data = bytearray()

    def say(self, words: bytes) -> None:
        os.write(self._file, words)

    def hear(self, until: IO[str], patience_s: float = PATIENCE_S) -> None:
        """Everything until something can be read from `until`, and nothing more comes."""
        end_s = time.monotonic() + patience_s
        over = False
        while time.monotonic() < end_s:
            if select.select([self._file], [], [], 0.1)[0]:
                self._take(os.read(self._file, 65536))
            elif over:
                return
            else:
                over = bool(select.select([until], [], [], 0)[0])
        raise AssertionError("the Uno does not come to an end")

    def frames(self, kind: int) -> int:
        """How many of that type have come, whole or not."""
        bodies = (cobs.decode(bytes(piece)) for piece in self.data.split(b"\0") if piece)
        return sum(body is not None and body[:1] == bytes([kind]) for body in bodies)

    def close(self) -> None:
        os.close(self._file)

    def _take(self, data: bytes) -> None:
        self.data += data
        frames = self.decoder.feed(data, 0)
        assert frames.seq is not None
        assert frames.device_us is not None
        self.seq += frames.seq.tolist()
        self.t_us += frames.device_us.tolist()
        self.values += frames.values.tolist()
        if self.decoder.hello and self.decoder.hello not in self.hellos[-1:]:
            self.hellos.append(dict(self.decoder.hello))


@dataclass(frozen=True)
class Counted:
    """What `imu-reps live` has made of it."""

    status: int
    events: list[dict[str, Any]]
    said: str
    rows: list[list[int]]

    @property
    def reps(self) -> int:
        return sum(event["event"] == "rep" for event in self.events)

    @property
    def partials(self) -> int:
        return sum(event["event"] == "partial" for event in self.events)

    @property
    def values(self) -> list[list[int]]:
        return [row[3:] for row in self.rows]

    @property
    def summary(self) -> dict[str, Any]:
        return self.events[-1]


class Live:
    """`imu-reps live` on a port, recording."""

    def __init__(self, port: str, record: Path, *words: str) -> None:
        command = [sys.executable, "-m", "imu_reps", "live", "--json", "--port", port]
        self._record = record
        self._errors = record.with_suffix(".errors").open("w+")
        self._process = subprocess.Popen(
            [*command, "--record", str(record), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> Counted:
        """Ctrl-C, and what has come out of it."""
        self._process.send_signal(signal.SIGINT)
        out, _ = self._process.communicate(timeout=PATIENCE_S)
        self._errors.seek(0)
        lines = [line for line in self._record.read_text().splitlines() if line[0].isdigit()]
        return Counted(
            status=self._process.returncode,
            events=[json.loads(line) for line in out.splitlines()],
            said=self._errors.read(),
            rows=[[int(word) for word in line.split(",")] for line in lines],
        )

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()


@contextmanager
def live(port: str, record: Path, *words: str) -> Iterator[Live]:
    """`imu-reps live` with these options, ended whatever happens."""
    running = Live(port, record, *words)
    try:
        yield running
    finally:
        running.kill()


def copied(folder: Path, into: Path) -> Path:
    """The built core and Uno, so that another set of settings compiles only the sketch."""
    shutil.copytree(folder, into)
    return into


def counted(
    built: Built, recording: Path, rate_hz: float, folder: Path, **options: object
) -> tuple[Counted, dict[str, Any]]:
    """What `imu-reps live` makes of an Uno, and what the Uno tells; its samples go to `folder`."""
    words = ("--movement", "bridge", "--leg", "left", "--mount", "thigh")
    options = {"wait": 1, "served": folder / "served"} | options
    with (
        uno(built, recording, rate_hz, **options) as board,
        live(board.port, folder / "live.imu.csv", *words) as running,
    ):
        report = board.report()
        return running.end(), report


def rows_of(recording: Path) -> list[list[int]]:
    """The six values of every sample of a native recording."""
    lines = [line for line in recording.read_text().splitlines() if line[0].isdigit()]
    return [[int(word) for word in line.split(",")[3:]] for line in lines]


def served(folder: Path) -> list[list[int]]:
    """The samples that the sketch has read, as the sensor had them."""
    lines = (folder / "served").read_text().split()
    return [[int(word) for word in line.split(",")] for line in lines]


def heard(
    built: Built, recording: Path, rate_hz: float, **options: object
) -> tuple[Host, dict[str, Any]]:
    """Everything that an Uno sends, read by a host that says nothing, and what the Uno tells."""
    with uno(built, recording, rate_hz, **options) as board:
        host = Host(board.port)
        try:
            host.hear(board.out)
        finally:
            host.close()
        return host, board.report()


def truth_of(recording: Path) -> tuple[int, int]:
    """Reps and partials that are in a recording."""
    kinds = [rep.kind for rep in read_truth(truth_path(recording)).reps]
    return kinds.count("rep"), kinds.count("partial")
