"""What the first reps of a set tell: which movement it is, and which leg wears the strap."""
