"""The plausibility gate, and what it is worth behind each checksum."""

from __future__ import annotations

import numpy as np
import pytest

from imu_reps.devices import all_devices
from imu_reps.devices.gate import Gate
from tests.devices.wires import WIRES, Wire, leg


def _passed(gate: Gate, rows: list[float]) -> list[float]:
    table = np.array(rows)[:, None]
    return [float(value) for value in table[gate.passes(table), 0]]


def test_a_leap_is_held_back() -> None:
    gate = Gate([5.0])
    assert _passed(gate, [0, 4, 90, 8, 9]) == [0, 4, 8, 9]
    assert gate.refused == 1


def test_two_that_agree_are_believed() -> None:
    assert _passed(Gate([5.0]), [0, 90, 91, 92]) == [0, 91, 92]


def test_a_first_one_that_is_wrong_does_not_shut_out_the_rest() -> None:
    assert _passed(Gate([5.0]), [90, 0, 1, 2]) == [90, 1, 2]


def test_pieces_change_nothing() -> None:
    rows = [0.0, 4, 90, 8, 60, 61, 9, 62, 63]
    gate = Gate([5.0])
    assert [x for row in rows for x in _passed(gate, [row])] == _passed(Gate([5.0]), rows)


CHECKED = [wire for wire in WIRES if wire.device in {"witmotion", "bno08x-rvc", "mtdata2"}]


@pytest.mark.parametrize("wire", CHECKED, ids=lambda wire: wire.name)
def test_of_frames_with_lost_bytes_hardly_any_is_wrong(wire: Wire) -> None:
    """At 1 % of bytes lost a sum alone lets 230 to 700 in a million through."""
    rng = np.random.default_rng(8)
    told = leg(20_000, 100.0, rng)
    sent = np.frombuffer(b"".join(wire.frames(told)), dtype=np.uint8)
    decoder = all_devices()[wire.device].decoder()
    frames = decoder.feed(sent[rng.random(len(sent)) > 0.01].tobytes(), 0)
    scale = decoder.scale
    assert scale is not None
    acc_g = frames.values[:, :3] * scale.acc_ms2 / 9.80665
    far = np.abs(acc_g[:, None, :] - told.acc_g[None, ::50]).max(axis=2).min(axis=1)
    assert len(frames) > 0.5 * len(told)
    assert int((far > 1.0).sum()) <= 1
