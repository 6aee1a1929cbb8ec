"""Captures in `tests/captures/`, each of a stream that a decoder once got wrong, or might.

`NAME.imu.raw` is the wire, `NAME.json` what must come of it: the decoder, the samples and damaged
frames, and the first and last sample's numbers. They were made by `tests/devices/wires.py`: no
sensor sent them. A capture of a real one is put here in the same way.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from imu_reps.core.frames import Frames
from imu_reps.session.stream.captured import captured

CAPTURES = sorted((Path(__file__).parent.parent / "captures").glob("*.imu.raw"))


def decoded(path: Path) -> dict[str, object]:
    """What `NAME.json` holds of a capture."""
    with captured(path) as recording:
        frames = [item for item in recording if isinstance(item, Frames) and len(item)]
        values = np.concatenate([each.values for each in frames])
        return {
            "decoder": recording.header.decoder,
            "samples": len(values),
            "first": values[0].tolist(),
            "last": values[-1].tolist(),
        }


def test_there_are_captures() -> None:
    assert CAPTURES


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_a_capture_is_decoded_as_it_must_be(path: Path) -> None:
    expected = json.loads(path.with_name(path.name.replace(".imu.raw", ".json")).read_text())
    found = decoded(path)
    assert found["decoder"] == expected["decoder"]
    assert found["samples"] == expected["samples"]
    for row in ("first", "last"):
        assert found[row] == pytest.approx(expected[row])
