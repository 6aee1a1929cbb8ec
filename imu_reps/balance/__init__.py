"""Left against right: metrics, intervals, verdicts; pure functions."""
