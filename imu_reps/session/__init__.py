"""The wiring: source, counter, sinks, recorder."""
