"""From poses to reps and sets: the search for patterns, the rep cycle, the measures."""

from imu_reps.counting.counter import RepCounter

__all__ = ["RepCounter"]
