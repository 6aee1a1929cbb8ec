"""From a port to a sensor: found, recognised, told which leg it is on, and decoded as it sends.

Nothing is counted here.
"""
