"""Any bytes of a file are others, or gone: it is read, or one line says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.errors import BadInput
from imu_reps.core.frames import Frames, Header, Note, Piece, Scale
from imu_reps.core.truth import TrueRep, Truth
from imu_reps.core.words import Leg, Mount
from imu_reps.formats import native, open_recording, plain, raw, truth
from imu_reps.motion.clock import DeviceClock
from tests.formats import examples

FRAMES = Frames(
    host_us=np.arange(5) * 10_000,
    values=np.arange(30).reshape(5, 6) + 9,
    seq=np.arange(5) + 65_533,
    device_us=np.arange(5) * 10_000,
)
HEADER = Header(
    movement="generic",
    leg=Leg.LEFT,
    mount=Mount.THIGH,
    rate_hz=100.0,
    scale=Scale(1.0, 0.5, seq_wrap=1 << 16, device_us_wrap=1 << 32),
)


def _native(folder: Path) -> Path:
    with native.create(folder / "a.imu.csv", HEADER) as writer:
        for item in (FRAMES[:3], Note(35_000, "leg", {"leg": "right"}), FRAMES[3:]):
            writer.write(item)
    return folder / "a.imu.csv"


def _plain(folder: Path) -> Path:
    with plain.create(folder / "a.csv", HEADER) as writer:
        writer.write(FRAMES)
    return folder / "a.csv"


def _raw(folder: Path) -> Path:
    with raw.create(folder / "a.imu.raw", raw.About(baud=9600, leg=Leg.LEFT)) as writer:
        for item in (Piece(b"123", 5), Note(6, "leg", {"leg": "right"}), Piece(b"4", 7)):
            writer.write(item)
    return folder / "a.imu.raw"


def _truth(folder: Path) -> Path:
    reps = (TrueRep("rep", 1.0, 4.5, 1.2, 33.0), TrueRep("partial", 6.0, 8.0, 0.5, 12.0))
    truth.write_truth(folder / "a.truth.json", Truth("generic", Leg.LEFT, Mount.THIGH, reps))
    return folder / "a.truth.json"


def _ximu3(folder: Path) -> Path:
    return examples.ximu3(folder, examples.samples(5))


def _zip(folder: Path) -> Path:
    return examples.zipped(_small)(folder, examples.samples(5))


def _small(folder: Path, _told: object) -> Path:
    return _ximu3(folder)


WRITERS: list[Callable[[Path], Path]] = [_native, _plain, _raw, _truth, _ximu3, _zip]

NOISE = st.one_of(
    st.binary(max_size=5),
    st.sampled_from([b"9" * 30, b"-1e300", b"nan", b"[" * 2000, b"null", b'"', b"\n", b",", b"{}"]),
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), NOISE), min_size=1, max_size=3)


def _read_all(path: Path) -> None:
    """All that is in the file, as far as samples."""
    if path.name.endswith(".imu.raw"):
        with raw.read(path) as capture:
            list(capture)
    elif path.name.endswith(".json"):
        truth.read_truth(path)
    else:
        with open_recording(path) as recording:
            assert recording.header.scale is not None
            clock = DeviceClock(recording.header.scale, recording.header.rate_hz or 100.0)
            for item in recording:
                if isinstance(item, Frames):
                    assert np.isfinite(clock.update(item).acc_ms2).all()


def _why_not(path: Path) -> str | None:
    try:
        _read_all(path)
    except BadInput as error:
        return str(error)
    return None


@pytest.mark.parametrize("write", WRITERS)
@settings(max_examples=150, deadline=None)
@given(changes=CHANGES)
def test_a_changed_file_is_read_or_told_in_a_line(
    write: Callable[[Path], Path],
    changes: list[tuple[float, int, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = write(tmp_path_factory.mktemp("damage"))
    content = path.read_bytes()
    for place, gone, noise in changes:
        at = int(place * len(content))
        content = content[:at] + noise + content[at + gone :]
    path.write_bytes(content)
    told = _why_not(path)
    assert told is None or (str(path) in told and len(told.splitlines()) == 1)
