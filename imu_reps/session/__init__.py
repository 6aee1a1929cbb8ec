"""The wiring: sensors are found, heard, counted and recorded; recordings are read again.

One room for each part of it, named in CONTRIBUTING. The files beside them are what all of them
need: what is counted (`setup`), how it ends (`stopping`), where things are kept, past poses.
"""
