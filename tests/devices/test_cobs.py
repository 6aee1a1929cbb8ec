"""Stuffing: both ways of taking it out say the same of any bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imu_reps.devices import cobs

codes = st.sampled_from([1, 2, 3, 9, 22, 254, 255])


@given(st.binary(max_size=600))
def test_what_was_stuffed_comes_back(data: bytes) -> None:
    stuffed = cobs.encode(data)
    assert b"\0" not in stuffed
    assert cobs.decode(stuffed) == data


@given(st.lists(st.one_of(codes, st.integers(1, 255)), max_size=300))
def test_damaged_bytes_are_judged_alike(values: list[int]) -> None:
    data = bytes(values)
    assert cobs.decode(data) == cobs._decode_blocks(data)
