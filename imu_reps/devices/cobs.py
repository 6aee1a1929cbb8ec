"""Consistent overhead byte stuffing (Cheshire and Baker 1999): bytes without a zero among them."""

from __future__ import annotations


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
    """The bytes that were stuffed into `data` (no zero in it), None where it cannot be."""
    out = bytearray()
    place = 0
    while place < len(data):
        code = data[place]
        end = place + code
        if code == 0 or end > len(data):
            return None
        out += data[place + 1 : end]
        place = end
        if code < 255 and place < len(data):
            out.append(0)
    return bytes(out)
