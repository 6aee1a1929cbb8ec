"""The wiring: sensors are found, listened to, counted, recorded; recordings are read again.

A session by a plan (coach, guide, tally), corrections, the history, and what `doctor` looks at.
"""
