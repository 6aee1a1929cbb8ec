"""Samples in, excursion out: the clock, gaps, tilt, rest pose, smoothing."""
