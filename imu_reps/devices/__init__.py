"""One file, one sensor: bytes in, frames out, no I/O."""
