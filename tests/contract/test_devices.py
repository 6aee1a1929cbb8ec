"""What holds for every sensor's decoder, whichever there are: `tests/devices/wires.py` feeds them.

A sensor without a wire there fails the first test.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imu_reps.core.frames import Frames
from imu_reps.core.samples import GRAVITY_MS2
from imu_reps.devices import Decoder, all_devices
from imu_reps.motion.clock import DeviceClock
from tests.devices.wires import WIRES, Told, Wire, leg

every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
every_device = pytest.mark.parametrize("name", sorted(all_devices()))

MOST_UNTIL_KNOWN = 12
"""Samples that a decoder may need until it knows what the sensor sends."""


def _decoder(wire: Wire) -> Decoder:
    return all_devices()[wire.device].decoder()


def _told(seed: int = 1, n: int = 60) -> Told:
    return leg(n, 100.0, np.random.default_rng(seed))


def _values(found: list[Frames]) -> list[list[float]]:
    """All that was decoded but its arrival, a row a sample."""
    rows = []
    for frames in found:
        columns = [c[:, None] for c in (frames.seq, frames.device_us) if c is not None]
        rows += np.hstack([*columns, frames.values]).tolist()
    return rows


def _si(wire: Wire, decoder: Decoder, frames: Frames) -> tuple[np.ndarray, np.ndarray]:
    scale = decoder.scale or all_devices()[wire.device].scale
    return frames.values[:, :3] * scale.acc_ms2, frames.values[:, 3:] * (scale.gyr_rads or 0.0)


def test_every_device_has_a_wire() -> None:
    assert {wire.device for wire in WIRES} == set(all_devices())


@every_wire
def test_what_is_sent_is_decoded(wire: Wire) -> None:
    told = _told()
    decoder = _decoder(wire)
    frames = decoder.feed(wire.before + b"".join(wire.frames(told)) + wire.after, 5)
    acc, gyr = _si(wire, decoder, frames)
    assert len(frames) >= len(told) - MOST_UNTIL_KNOWN
    sent = slice(len(told) - len(frames), None)
    assert acc / GRAVITY_MS2 == pytest.approx(told.acc_g[sent], abs=0.01)
    assert gyr.shape[1] == (3 if wire.gyro else 0)
    if wire.gyro:
        assert np.degrees(gyr) == pytest.approx(told.gyr_dps[sent], abs=0.6)
    assert decoder.bad_frames <= (1 if wire.before.startswith(b"boot") else 0) + 1
    assert set(frames.host_us.tolist()) == {5}


@every_wire
def test_it_has_what_it_says(wire: Wire) -> None:
    decoder = _decoder(wire)
    frames = decoder.feed(wire.before + b"".join(wire.frames(_told())), 0)
    assert decoder.has.gyro == (frames.values.shape[1] == 6) == wire.gyro
    assert decoder.has.counter == (frames.seq is not None)
    assert decoder.has.clock == (frames.device_us is not None)
    scale = decoder.scale or all_devices()[wire.device].scale
    assert (scale.gyr_rads is not None) == wire.gyro
    # Counts, times and units are the clock's to make samples of.
    samples = DeviceClock(scale, 100.0).update(frames)
    assert len(samples) == len(frames)
    assert samples.time_s[-1] == pytest.approx(len(frames) / 100, abs=0.05)


@every_wire
def test_good_bytes_are_all_but_the_edges(wire: Wire) -> None:
    sent = b"".join(wire.frames(_told()))
    decoder = _decoder(wire)
    decoder.feed(wire.before + sent, 0)
    assert 0.85 * len(sent) <= decoder.good_bytes <= len(sent) + len(wire.before)


@every_wire
@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, 40), min_size=1, max_size=20), seed=st.integers(0, 99))
def test_any_split_gives_the_same(wire: Wire, cuts: list[int], seed: int) -> None:
    sent = wire.before + b"".join(wire.frames(_told(seed, 30)))
    whole, pieces = _decoder(wire), _decoder(wire)
    found: list[Frames] = []
    place = 0
    while place < len(sent):
        size = cuts[len(found) % len(cuts)]
        found.append(pieces.feed(sent[place : place + size], 0))
        place += size
    assert _values(found) == _values([whole.feed(sent, 0)])
    assert (pieces.bad_frames, pieces.good_bytes) == (whole.bad_frames, whole.good_bytes)


@every_device
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.binary(max_size=400), max_size=6))
def test_garbage_never_raises(name: str, pieces: list[bytes]) -> None:
    decoder = all_devices()[name].decoder()
    for piece in pieces:
        decoder.feed(piece, 0)


STARTS = [
    b"\x55\x51",
    b"\x55\x61",
    b"\xaa\xaa",
    b"I,1,",
    b"\n\xc9",
    b"\xfa\xff\x36",
    b"\0",
    b"1,2,3\n",
]


@every_device
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.one_of(st.sampled_from(STARTS), st.binary(max_size=30)), max_size=60))
def test_garbage_with_starts_in_it_never_raises(name: str, pieces: list[bytes]) -> None:
    decoder = all_devices()[name].decoder()
    decoder.feed(b"".join(pieces), 0)
    assert decoder.good_bytes <= sum(map(len, pieces))


@every_wire
@settings(max_examples=25, deadline=None)
@given(garbage=st.binary(min_size=1, max_size=200), seed=st.integers(0, 99))
def test_after_garbage_it_is_in_step_again(wire: Wire, garbage: bytes, seed: int) -> None:
    told = _told(seed, 80)
    sent = wire.frames(told)
    decoder = _decoder(wire)
    decoder.feed(wire.before + b"".join(sent[:30]), 0)
    decoder.feed(garbage, 0)
    after = decoder.feed(b"".join(sent[30:]) + wire.after, 0)
    # What garbage may pretend to begin costs the message it runs into, at the most 2 kB of it.
    hidden = 12 if wire.device != "mtdata2" else 60
    assert len(after) >= 50 - hidden
    acc, _ = _si(wire, decoder, after[-20:] if len(after) > 20 else after)
    tail = told.acc_g[-len(acc) :] if len(acc) else told.acc_g[:0]
    assert acc / GRAVITY_MS2 == pytest.approx(tail, abs=0.01)


@every_wire
def test_a_lost_byte_costs_a_sample_or_two(wire: Wire) -> None:
    sent = wire.frames(_told(3, 60))
    for place in range(len(sent[40])):
        cut = [*sent[:40], sent[40][:place] + sent[40][place + 1 :], *sent[41:]]
        whole, decoder = _decoder(wire), _decoder(wire)
        expected = len(whole.feed(wire.before + b"".join(sent), 0))
        found = len(decoder.feed(wire.before + b"".join(cut), 0))
        assert expected - 3 <= found <= expected


@every_device
def test_noise_does_not_pile_up(name: str) -> None:
    decoder = all_devices()[name].decoder()
    rng = np.random.default_rng(5)
    for _ in range(60):
        decoder.feed(rng.integers(1, 256, 1000, dtype=np.uint8).tobytes(), 0)
    rest = getattr(decoder, "_rest", b"")
    assert len(rest) <= 4096
