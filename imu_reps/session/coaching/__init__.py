"""What leads somebody through a training: a coach who knows the plan, and the guide that feeds it.

Keys, samples and events in; cues and pictures out. No port and no screen.
"""
