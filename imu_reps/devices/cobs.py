"""Consistent overhead byte stuffing (Cheshire and Baker 1999): bytes without a zero among them."""

from __future__ import annotations

FULL = 255
"""The code of a block of 254 bytes without a zero, and without one behind it."""


def encode(data: bytes) -> bytes:
    """The bytes, stuffed; without the zero that ends a frame."""
    out = bytearray()
    place = 0
    while place <= len(data):
        zero = data.find(0, place, place + 254)
        block = data[place : zero if zero >= 0 else place + 254]
        out += bytes([len(block) + 1]) + block
        # A full block stands for itself alone, a shorter one for the zero that ended it.
        place += len(block) + (len(block) < 254)
        if len(block) == 254 and place == len(data):
            break
    return bytes(out)


def decode(data: bytes) -> bytes | None:
    """The bytes that were stuffed into `data` (no zero in it), None where it cannot be.

    Each code is put back to the zero that it stands for, in place; a full block stands for none.
    """
    out, place, size = bytearray(data), 0, len(data)
    while place < size:
        code = out[place]
        if code == FULL:
            return _decode_blocks(data)
        out[place] = 0
        place += code or size + 1
    return bytes(out[1:]) if place == size else None


def _decode_blocks(data: bytes) -> bytes | None:
    out = bytearray()
    place = 0
    while place < len(data):
        code = data[place]
        end = place + code
        if code == 0 or end > len(data):
            return None
        out += data[place + 1 : end]
        place = end
        if code < FULL and place < len(data):
            out.append(0)
    return bytes(out)
