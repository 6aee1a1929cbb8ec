"""Frames in, samples out, and samples in, poses out: the clock; grid, gaps, tilt, steadiness.

What poses tell beside a count is here, too: a walk, how a segment leans, where it turns about.
"""
