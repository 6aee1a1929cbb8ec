"""From poses to reps and sets: the rep cycle, the search for the rest pose, the measures."""

from imu_reps.counting.counter import RepCounter

__all__ = ["RepCounter"]
