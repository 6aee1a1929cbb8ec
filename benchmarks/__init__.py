"""What is measured of the program, each file a run of its own: `python -m benchmarks.NAME`."""
