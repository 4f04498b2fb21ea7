"""One decision, from what is seen to what is told: pure, without a clock, a network or Home Assistant."""
