"""A whole training, exercise by exercise: led by a guide, counted and recorded from its sensors.

The demo is one, with a sensor that is made up.
"""
