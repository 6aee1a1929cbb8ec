"""`imu_reps_frame.h`, built with every warning an error and asked over its standard input."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from tests.tools import needed

HERE = Path(__file__).parent
PROTOCOL = HERE.parents[1] / "firmware_protocol"
FLAGS = ("-std=c99", "-O1", "-g", "-Wall", "-Wextra", "-Wpedantic", "-Werror")
SANITIZERS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")


def build(into: Path, header: Path = PROTOCOL) -> FrameTool:
    """The tool with the header that is in the folder `header`."""
    program = into / "frame_tool"
    source = HERE / "frame_tool.c"
    command: list[str | Path] = [
        needed("gcc"),
        *FLAGS,
        *SANITIZERS,
        f"-I{header}",
        "-o",
        program,
        source,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return FrameTool(program)


class FrameTool:
    """The built tool."""

    def __init__(self, program: Path) -> None:
        self.program = program

    def answer(self, *lines: str) -> str:
        asked = "".join(f"{line}\n" for line in lines)
        done = subprocess.run(
            [self.program], input=asked, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def sample(self, vector: dict[str, Any]) -> str:
        values = map(str, vector["values"])
        return self.answer(f"sample {vector['seq']} {vector['t_us']} {' '.join(values)}")

    def status(self, vector: dict[str, Any]) -> str:
        keys = ("battery_mv", "temperature_cc", "dropped_frames", "sensor_errors")
        return self.answer(f"status {' '.join(str(vector[key]) for key in keys)}")

    def hello(self, vector: dict[str, Any]) -> str:
        keys = ("rate_hz", "acc_lsb_per_g", "gyr_tenth_lsb_per_dps")
        texts = (vector[key].encode().hex() for key in ("firmware", "sensor", "id"))
        return self.answer(f"hello {' '.join(str(vector[key]) for key in keys)}", *texts)

    def log(self, vector: dict[str, Any]) -> str:
        return self.answer(f"log {vector['text']}")

    def wishes(self, data: bytes) -> list[str]:
        return [wish for wish in self.answer(f"requests {data.hex()}").split(";") if wish]

    def wire(self, kind: str, vector: dict[str, Any]) -> str:
        """The frame of a vector of that kind, a key of vectors.json, in hex."""
        encoders = {
            "samples": self.sample,
            "statuses": self.status,
            "hellos": self.hello,
            "logs": self.log,
        }
        return encoders[kind](vector)
