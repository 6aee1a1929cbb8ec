"""The words of the program: samples, frames, legs, mounts, movements, events, errors."""
