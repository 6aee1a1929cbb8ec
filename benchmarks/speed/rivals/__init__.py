"""What one would otherwise write: each file a script of its own, run as a whole process."""
