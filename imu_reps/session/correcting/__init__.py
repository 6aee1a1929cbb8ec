"""What a person corrects in a count, while it goes on or afterwards: labels, and what they change.

A label is a note in the recording. Nothing that was counted or recorded is overwritten.
"""
