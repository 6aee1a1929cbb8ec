"""What is done with recordings afterwards: read whole, corrected, compared, scored, exported."""
