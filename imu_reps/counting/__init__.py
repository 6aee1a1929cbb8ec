"""Excursion in, events out: the rep cycle, the hold, the set gate."""
