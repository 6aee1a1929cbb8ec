"""The synthetic athlete and the synthetic sensor."""
