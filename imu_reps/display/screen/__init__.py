"""The live screen: board (what is drawn), app (the terminal), feed (between two threads)."""
