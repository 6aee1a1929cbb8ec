"""From a sensor or a recording to events: counted and recorded live, and counted again later.

One stream, one way: frames -> samples -> events, whatever they come from.
"""
