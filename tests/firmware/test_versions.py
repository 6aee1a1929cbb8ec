"""The wire changes only together: header, decoder, vectors, PROTOCOL.md and the version."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imu_reps.devices import imu_reps_frame
from imu_reps.devices.imu_reps_frame import Status, encode_sample, encode_status
from tests.firmware import frame_tool

FINGERPRINTS = {1: "17a018fc68694faf"}
"""What each version looks like. A line is added, never changed: boards with it are out there."""

FILES = ("PROTOCOL.md", "vectors.json", "imu_reps_frame.h")
KINDS = ("samples", "statuses", "hellos", "logs")
TYPES = {"u8": "B", "u16": "H", "u32": "I", "i16": "h"}


class Wire:
    """The wire as one folder has it: page, vectors and header."""

    def __init__(self, folder: Path, build_in: Path) -> None:
        self.page = (folder / "PROTOCOL.md").read_text(encoding="utf-8")
        self.vectors = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
        self.header = (folder / "imu_reps_frame.h").read_text(encoding="utf-8")
        self._folder = folder
        self._build_in = build_in

    def encoded(self) -> list[str]:
        """Every vector, as the header writes it."""
        tool = frame_tool.build(self._build_in, self._folder)
        return [tool.wire(kind, vector) for kind in KINDS for vector in self.vectors[kind]]

    def expected(self) -> list[str]:
        return [vector["wire"] for kind in KINDS for vector in self.vectors[kind]]

    def versions(self) -> set[int]:
        """The version, as each of them has it."""
        page = re.search(r"^Version (\d+)\.", self.page, re.MULTILINE)
        header = re.search(r"^#define IMU_REPS_PROTOCOL (\d+)$", self.header, re.MULTILINE)
        assert page is not None
        assert header is not None
        rows = list(self.fingerprints())
        return {int(page[1]), int(header[1]), self.vectors["protocol"], rows[-1]}

    def fingerprints(self) -> dict[int, str]:
        """The page's table of versions."""
        rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", self.page, re.MULTILINE)
        return {int(version): fingerprint for version, fingerprint in rows}

    def layout(self, kind: str) -> struct.Struct:
        """The page's table of the fields of a type."""
        table = self.page.split(f"### {kind}:")[1].split("\n\n")[1]
        return struct.Struct("<" + "".join(TYPES[t] for t in re.findall(r"` \| (\w+) \|", table)))


def check(wire: Wire) -> None:
    """Fails where something of the wire was changed and not all of it."""
    assert wire.encoded() == wire.expected(), "header and vectors differ"
    decoder = [_python(kind, vector) for kind in KINDS[:2] for vector in wire.vectors[kind]]
    assert decoder == wire.expected()[: len(decoder)], "decoder and vectors differ"
    assert wire.versions() == {imu_reps_frame.PROTOCOL}, "versions differ"
    print_of = hashlib.sha256(bytes.fromhex("".join(wire.expected()))).hexdigest()[:16]
    assert wire.fingerprints()[imu_reps_frame.PROTOCOL] == print_of, "page and vectors differ"
    assert wire.fingerprints() == FINGERPRINTS, "a version that is out there was changed"
    for kind, fields in (("sample", _sample), ("status", _status)):
        layout, plural = wire.layout(kind), {"sample": "samples", "status": "statuses"}[kind]
        for vector in wire.vectors[plural]:
            body = layout.pack(*fields(vector))
            assert imu_reps_frame.encode(body).hex().upper() == vector["wire"], "page differs"


def _sample(vector: dict[str, Any]) -> list[int]:
    return [imu_reps_frame.SAMPLE, vector["seq"], vector["t_us"], *vector["values"]]


def _status(vector: dict[str, Any]) -> list[int]:
    return [imu_reps_frame.STATUS, *(vector[key] for key in Status._fields)]


def _python(kind: str, vector: dict[str, Any]) -> str:
    if kind == "samples":
        return encode_sample(vector["seq"], vector["t_us"], vector["values"]).hex().upper()
    return encode_status(Status(*_status(vector)[1:])).hex().upper()


def test_all_of_the_wire_agrees(tmp_path: Path) -> None:
    check(Wire(frame_tool.PROTOCOL, tmp_path))


def test_the_worked_example_is_a_vector() -> None:
    page = (frame_tool.PROTOCOL / "PROTOCOL.md").read_text(encoding="utf-8")
    example = re.search(r"^07 01 [0-9A-F ]+$", page, re.MULTILINE)
    assert example is not None
    vectors = json.loads((frame_tool.PROTOCOL / "vectors.json").read_text(encoding="utf-8"))
    assert example[0].replace(" ", "") in [vector["wire"] for vector in vectors["samples"]]


Change = Callable[[dict[str, str]], None]


def _replaced(file: str, old: str, new: str) -> Change:
    def change(texts: dict[str, str]) -> None:
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new)

    return change


HEADER = "imu_reps_frame.h"
CHANGES: dict[str, Change] = {
    "crc": _replaced(HEADER, "high = 0xFF", "high = 0x00"),
    "bytes of a number": _replaced(HEADER, "(uint8_t)(value >> 8)", "(uint8_t)(value >> 9)"),
    "field order": _replaced(HEADER, "values[i]", "values[5 - i]"),
    "type number": _replaced(HEADER, "IMU_REPS_LOG 3", "IMU_REPS_LOG 4"),
    "key of the hello": _replaced(HEADER, 'rate_hz\\":', 'rate\\":'),
    "version of the header": _replaced(HEADER, "PROTOCOL 1", "PROTOCOL 2"),
    "version of the page": _replaced("PROTOCOL.md", "Version 1.", "Version 2."),
    "version of the vectors": _replaced("vectors.json", '"protocol": 1', '"protocol": 2'),
    "layout on the page": _replaced("PROTOCOL.md", "| `t_us` | u32 |", "| `t_us` | u16 |"),
    "fingerprint on the page": _replaced("PROTOCOL.md", FINGERPRINTS[1], "0" * 16),
    "one digit of the vectors": _replaced("vectors.json", "D3FE00", "D3FD00"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_one_alone_is_caught(change: Change, tmp_path: Path) -> None:
    texts = {name: (frame_tool.PROTOCOL / name).read_text(encoding="utf-8") for name in FILES}
    change(texts)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises((AssertionError, struct.error)):
        check(Wire(tmp_path, tmp_path))


def test_header_and_vectors_changed_together_are_caught(tmp_path: Path) -> None:
    texts = {name: (frame_tool.PROTOCOL / name).read_text(encoding="utf-8") for name in FILES}
    texts[HEADER] = texts[HEADER].replace('{\\"protocol\\":', '{\\"version\\":')
    (tmp_path / HEADER).write_text(texts[HEADER], encoding="utf-8")
    tool = frame_tool.build(tmp_path, tmp_path)
    vectors = json.loads(texts["vectors.json"])
    for vector in vectors["hellos"]:
        vector["wire"] = tool.hello(vector)
    (tmp_path / "vectors.json").write_text(json.dumps(vectors), encoding="utf-8")
    (tmp_path / "PROTOCOL.md").write_text(texts["PROTOCOL.md"], encoding="utf-8")
    with pytest.raises(AssertionError, match="page and vectors differ"):
        check(Wire(tmp_path, tmp_path))
