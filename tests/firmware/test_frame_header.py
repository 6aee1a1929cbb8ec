"""`imu_reps_frame.h` against the vectors, and a million random samples through both languages."""

from __future__ import annotations

import json
import struct
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from imu_reps.devices import cobs
from imu_reps.devices.imu_reps_frame import FrameDecoder
from tests.firmware import frame_tool
from tests.firmware.frame_tool import FrameTool
from tests.tools import needed

VECTORS = json.loads((frame_tool.PROTOCOL / "vectors.json").read_text(encoding="utf-8"))
KINDS = ("samples", "statuses", "hellos", "logs")
EVERY = [(kind, vector) for kind in KINDS for vector in VECTORS[kind]]
COUNT = 1_000_000


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> FrameTool:
    return frame_tool.build(tmp_path_factory.mktemp("frame_tool"))


@pytest.mark.parametrize(("kind", "vector"), EVERY, ids=[kind for kind, _ in EVERY])
def test_c_writes_the_vectors(tool: FrameTool, kind: str, vector: dict[str, Any]) -> None:
    assert tool.wire(kind, vector) == vector["wire"]


def test_c_has_the_crc(tool: FrameTool) -> None:
    for vector in VECTORS["crc"]:
        assert tool.answer(f"crc {vector['data']}") == str(vector["crc"])


@pytest.mark.parametrize("vector", VECTORS["requests"], ids=lambda vector: repr(vector["bytes"]))
def test_c_understands_the_host(tool: FrameTool, vector: dict[str, Any]) -> None:
    assert tool.wishes(vector["bytes"].encode()) == vector["wishes"]


def test_a_hello_is_json_whatever_the_names_are(tool: FrameTool) -> None:
    hello = {"firmware": 'a"\\\n' * 20, "sensor": "", "id": "{}", "rate_hz": 65535}
    rest = {"acc_lsb_per_g": 65535, "gyr_tenth_lsb_per_dps": 65535}
    decoder = FrameDecoder()
    decoder.feed(b"\0" + bytes.fromhex(tool.hello(hello | rest)), 0)
    assert decoder.bad_frames == 0
    assert decoder.hello["gyr_lsb_per_dps"] == 6553.5
    assert decoder.hello["firmware"] == 'a"\\\n'.replace('"\\\n', "___") * 6


def test_a_long_log_is_cut_and_stays_whole(tool: FrameTool) -> None:
    decoder = FrameDecoder()
    decoder.feed(b"\0" + bytes.fromhex(tool.answer("log " + "y" * 900)), 0)
    assert decoder.words == ["y" * 250]


def test_a_million_samples_come_back_the_same(tool: FrameTool, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    done = subprocess.run(
        [tool.program, str(COUNT), numbers], capture_output=True, check=True, timeout=100
    )
    expected = np.fromfile(numbers, dtype=[("seq", "<u2"), ("t_us", "<u4"), ("values", "<i2", 6)])
    decoder = FrameDecoder()
    frames = decoder.feed(b"\0" + done.stdout, 0)
    assert len(frames) == len(expected) == COUNT
    assert decoder.bad_frames == 0
    assert frames.seq is not None
    assert frames.device_us is not None
    assert np.array_equal(frames.seq, expected["seq"])
    assert np.array_equal(frames.device_us, expected["t_us"])
    assert np.array_equal(frames.values, expected["values"])


def test_the_random_samples_are_hard_ones(tool: FrameTool, tmp_path: Path) -> None:
    done = subprocess.run([tool.program, "1000", tmp_path / "n"], capture_output=True, check=True)
    bodies = [cobs.decode(piece) for piece in done.stdout.split(b"\0") if piece]
    zeros = [body.count(0) for body in bodies if body is not None]
    assert min(zeros) == 0
    assert max(zeros) >= 8


def test_the_copy_that_the_sketch_needs_is_the_same() -> None:
    ours = (frame_tool.PROTOCOL / "imu_reps_frame.h").read_bytes()
    copy = frame_tool.PROTOCOL / "imu_reps_sender" / "imu_reps_frame.h"
    assert copy.read_bytes() == ours


def test_it_is_good_for_a_second_file_and_for_cpp(tmp_path: Path) -> None:
    gxx = needed("g++")
    source = tmp_path / "two.cpp"
    source.write_text('#include "imu_reps_frame.h"\n#include "imu_reps_frame.h"\n')
    flags = ("-std=c++11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only")
    subprocess.run([gxx, *flags, f"-I{frame_tool.PROTOCOL}", source], check=True)


def test_the_sample_is_as_long_as_promised() -> None:
    lengths = {len(bytes.fromhex(vector["wire"])) for vector in VECTORS["samples"]}
    assert lengths == {23}
    assert struct.calcsize("<BHI6h") + 4 == 23
