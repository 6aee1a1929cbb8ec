"""How fast everything is: `python -m benchmarks.speed`. Needs `pip install '.[bench]'`."""
