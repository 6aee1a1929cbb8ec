"""What is to be trained: a plan, sets with their targets, of what was said or from a file."""
