"""One decision, from readings to commands: pure, without a clock, a network or Home Assistant."""
