"""Cues to the ear: tones made here, a sound card, the terminal's bell, a speech program."""
